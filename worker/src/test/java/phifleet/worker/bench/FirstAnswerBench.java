package phifleet.worker.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import phifleet.benchmark.Photos;
import phifleet.common.FleetHeaders;
import phifleet.inference.engine.onnx.RandomFolder;
import phifleet.inference.testing.LinearStack;
import phifleet.inference.testing.SharedFiles;
import phifleet.worker.WorkerUnderTest;

/**
 * From a request for a model that nobody holds to its answer, over HTTP: as its files are mapped at first ({@code resident: soon}) against
 * the form that it keeps ({@code resident: fast}), in turns, of an encoder from safetensors, a graph of tensors whose weights are beside
 * it, and a classifier of images whose weights are in it. Arguments: the folder for models and caches, rounds.
 */
public final class FirstAnswerBench {
    private static final String JSON = "application/json";

    /** Of 436 MB of weights. */
    private static final LinearStack STACK = new LinearStack(2048, 26, 1);

    private static final int PHOTO_WIDTH = 640;
    private static final int PHOTO_HEIGHT = 480;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI worker;

    private FirstAnswerBench(URI worker) {
        this.worker = worker;
    }

    /**
     * What is asked of a model.
     *
     * @param request by the model's id
     */
    private record Question(String kind, Function<String, HttpRequest> request) {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[0])).toAbsolutePath();
        int rounds = Integer.parseInt(arguments[1]);
        Path bert = folder.resolve("bert");
        if (!Files.exists(bert.resolve("model.safetensors"))) {
            RandomFolder.bertBase(bert);
        }
        Path stack = folder.resolve("stack");
        if (!Files.exists(stack.resolve("model.onnx"))) {
            STACK.write(stack);
        }
        Map<String, String> kinds = new LinkedHashMap<>();
        kinds.put("text", "path: " + bert);
        kinds.put("tensors", "path: " + stack);
        kinds.put(
                "image",
                "path: " + SharedFiles.file("models/mobilenet_v2_fp32.onnx")
                        + ", task: image-classification, labels: imagenet-1k");
        StringBuilder models = new StringBuilder("models:\n");
        kinds.forEach((kind, entry) -> {
            for (String form : List.of("soon", "fast")) {
                models.append(String.format(
                        "  - {id: %s-%s, %s, load: demand, resident: %s, idle-unload: 1s}%n", kind, form, entry, form));
            }
        });
        // What earlier loads took is not to be expected of these.
        Path cache = Files.createTempDirectory(folder, "cache");
        Map<String, String> settings = new HashMap<>(Driven.PATIENT);
        settings.put("MODELS_MEMORY_MB", "8000");
        // A connection on which nothing moves ends, whoever waits on it.
        settings.put("HTTP_IDLE_TIMEOUT_MS", "600000");
        try (WorkerUnderTest worker = WorkerUnderTest.start(cache, models.toString(), settings)) {
            new FirstAnswerBench(worker.uri()).run(rounds);
        }
    }

    private List<Question> questions() throws Exception {
        String row = String.join(",", Collections.nCopies(STACK.width(), "0.5"));
        byte[] photo = Photos.jpegs(SharedFiles.file("data/photos"), PHOTO_WIDTH, PHOTO_HEIGHT)
                .getFirst();
        return List.of(
                new Question(
                        "text",
                        id -> post(
                                "/embed",
                                JSON,
                                BodyPublishers.ofString("{\"texts\": [\"a text of some words, as texts are\"],"
                                        + " \"model\": \"" + id + "\"}"))),
                new Question(
                        "tensors",
                        id -> post(
                                "/predict/" + id,
                                JSON,
                                BodyPublishers.ofString("{\"inputs\": {\"x\": [[" + row + "]]}}"))),
                new Question("image", id -> post("/predict/" + id, "image/jpeg", BodyPublishers.ofByteArray(photo))));
    }

    private HttpRequest post(String path, String type, BodyPublisher body) {
        return HttpRequest.newBuilder(worker.resolve(path))
                .header("Content-Type", type)
                // The first load in the lasting form has batches tried.
                .header(FleetHeaders.REQUEST_TIMEOUT_MS, "600000")
                .POST(body)
                .build();
    }

    private void run(int rounds) throws Exception {
        System.out.printf("| model | `soon`, ms | `fast`, ms | soon / fast |%n|---|--:|--:|--:|%n");
        for (Question question : questions()) {
            List<Double> soon = new ArrayList<>();
            List<Double> fast = new ArrayList<>();
            // The first of each has its files read, and its batches tried.
            firstAnswer(question, question.kind() + "-soon");
            firstAnswer(question, question.kind() + "-fast");
            for (int round = 0; round < rounds; round++) {
                soon.add(firstAnswer(question, question.kind() + "-soon"));
                fast.add(firstAnswer(question, question.kind() + "-fast"));
            }
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.0f (%.0f to %.0f) | %.0f (%.0f to %.0f) | %.2f |%n",
                    question.kind(),
                    quantile(soon, 0.5),
                    quantile(soon, 0.25),
                    quantile(soon, 0.75),
                    quantile(fast, 0.5),
                    quantile(fast, 0.25),
                    quantile(fast, 0.75),
                    quantile(soon, 0.5) / quantile(fast, 0.5));
        }
    }

    private static double quantile(List<Double> values, double share) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }

    private void awaitGone(String id) throws Exception {
        while (!isGone(id)) {
            Thread.sleep(100);
        }
    }

    /** Milliseconds; returns once it is not loaded any more. */
    private double firstAnswer(Question question, String id) throws Exception {
        HttpRequest request = question.request().apply(id);
        long start = System.nanoTime();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        double taken = (System.nanoTime() - start) / 1e6;
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(id + ": " + answer.statusCode() + " " + answer.body());
        }
        awaitGone(id);
        return taken;
    }

    private boolean isGone(String id) throws Exception {
        HttpRequest info = HttpRequest.newBuilder(worker.resolve("/info")).build();
        JsonNode standings = new JsonMapper()
                .readTree(client.send(info, BodyHandlers.ofString()).body())
                .path("on_demand");
        for (JsonNode standing : standings) {
            if (standing.path("name").asText().equals(id)) {
                return standing.path("state").asText().equals("on_disk");
            }
        }
        throw new IllegalStateException("nothing is known of " + id);
    }
}
