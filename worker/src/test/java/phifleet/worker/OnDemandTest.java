package phifleet.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.MessageLite;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import phifleet.inference.testing.LinearStack;
import phifleet.inference.testing.SharedFiles;
import phifleet.inference.testing.Workbench;
import phifleet.protocol.InferTensorContents;
import phifleet.protocol.ModelInferRequest;
import phifleet.protocol.ModelStreamInferResponse;
import phifleet.worker.http.ApiDescription;
import phifleet.worker.http.GrpcAnswers;
import phifleet.worker.http.GrpcClient;

/** Models that are loaded when a request names them. */
@Timeout(120)
class OnDemandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    private Path folder;

    @AfterAll
    static void stop() {
        CLIENT.close();
    }

    private WorkerUnderTest start(String models, Map<String, String> settings) throws Exception {
        Path list = Files.writeString(folder.resolve("models.yaml"), "models:\n" + models);
        return WorkerUnderTest.start(Workbench.cache(), list, null, settings);
    }

    /** Adds a number; takes about so much memory as the padding beside it makes believe. */
    private String model(String id, int added, int bytes, String more) throws Exception {
        Path graph = TinyGraph.write(folder.resolve(id).resolve("model.onnx"), added);
        Files.write(graph.resolveSibling("model.onnx.data"), new byte[bytes]);
        return "  - {id: " + id + ", path: " + id + ", load: demand" + more + "}\n";
    }

    private static HttpRequest.Builder predict(WorkerUnderTest worker, String id) {
        return HttpRequest.newBuilder(worker.uri().resolve("/predict/" + id))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"inputs\": {\"x\": [[1]]}}"));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return ApiDescription.checked(CLIENT.send(request.build(), BodyHandlers.ofString()));
    }

    private static double answer(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).at("/outputs/y/data/0").asDouble();
    }

    private static JsonNode info(WorkerUnderTest worker) throws Exception {
        return JSON.readTree(
                send(HttpRequest.newBuilder(worker.uri().resolve("/info"))).body());
    }

    private static JsonNode standing(WorkerUnderTest worker, String id) throws Exception {
        for (JsonNode model : info(worker).path("on_demand")) {
            if (model.path("name").asText().equals(id)) {
                return model;
            }
        }
        throw new AssertionError(id + " is not there");
    }

    private static double metric(WorkerUnderTest worker, String name, String... labels) throws Exception {
        String all =
                send(HttpRequest.newBuilder(worker.uri().resolve("/metrics"))).body();
        return all.lines()
                .filter(line ->
                        line.startsWith(name + "{") && List.of(labels).stream().allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void requests_atOnce_loadTheModelOnce_andAreAnswered() throws Exception {
        String models = model("one", 1, 0, "") + model("two", 2, 0, "");
        try (WorkerUnderTest worker = start(models, Map.of())) {
            assertThat(standing(worker, "one").path("state").asText()).isEqualTo("on_disk");
            assertThat(standing(worker, "one").path("kind").asText()).isEqualTo("tensors");
            assertThat(send(HttpRequest.newBuilder(worker.uri().resolve("/v1/models")))
                            .body())
                    .contains("\"one\"", "\"two\"");
            assertThat(send(HttpRequest.newBuilder(worker.uri().resolve("/v1/models/one")))
                            .statusCode())
                    .isEqualTo(200);
            List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                asked.add(CLIENT.sendAsync(predict(worker, "one").build(), BodyHandlers.ofString()));
            }
            for (CompletableFuture<HttpResponse<String>> answer : asked) {
                assertThat(answer(answer.get())).isEqualTo(2);
            }
            assertThat(standing(worker, "one").path("state").asText()).isEqualTo("ready");
            assertThat(standing(worker, "two").path("state").asText()).isEqualTo("on_disk");
            assertThat(metric(worker, "model_loads_total", "one", "loaded")).isEqualTo(1);
        }
    }

    @Test
    void manyModels_inLittleMemory_takeTurns_andNoRequestIsLost() throws Exception {
        // Each is believed to take from half of its megabyte to four: so one fits beside the pinned one, and never all.
        StringBuilder models = new StringBuilder();
        for (int i = 0; i < 24; i++) {
            models.append(model("m" + i, i, 1 << 20, i == 0 ? ", pin: true" : ""));
        }
        try (WorkerUnderTest worker = start(models.toString(), Map.of("MODELS_MEMORY_MB", "9"));
                ExecutorService clients = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> all = new ArrayList<>();
            for (int client = 0; client < 4; client++) {
                Random random = new Random(client);
                all.add(clients.submit(() -> {
                    for (int i = 0; i < 25; i++) {
                        int model = random.nextInt(24);
                        assertThat(answer(send(predict(worker, "m" + model)))).isEqualTo(1 + model);
                    }
                    return 25;
                }));
            }
            for (Future<Integer> one : all) {
                assertThat(one.get()).isEqualTo(25);
            }
            assertThat(metric(worker, "model_evictions_total", "room")).isGreaterThan(0);
            assertThat(metric(worker, "model_evictions_total", "\"m0\"")).isZero();
            awaitWithinBudget(worker);
        }
    }

    /** A load may take more than was reserved for it; then another goes soon. */
    private static void awaitWithinBudget(WorkerUnderTest worker) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        JsonNode memory = info(worker).path("models_memory");
        while (memory.path("used_bytes").asLong() > memory.path("budget_bytes").asLong()) {
            assertThat(System.nanoTime()).as(memory.toString()).isLessThan(end);
            Thread.sleep(100);
            memory = info(worker).path("models_memory");
        }
    }

    @Test
    void model_thatIsCorrupt_isNotTriedAgainBeforeItHasCooledDown_andOthersServe() throws Exception {
        String models = model("good", 1, 0, "") + "  - {id: bad, path: bad, load: demand}\n"
                + "  - {id: none, path: nowhere, load: demand}\n";
        Files.writeString(Files.createDirectories(folder.resolve("bad")).resolve("model.onnx"), "no graph at all");
        try (WorkerUnderTest worker = start(models, Map.of())) {
            assertThat(standing(worker, "none").path("state").asText()).isEqualTo("absent");
            for (int i = 0; i < 3; i++) {
                HttpResponse<String> refused = send(predict(worker, "bad"));
                assertThat(refused.statusCode()).as(refused.body()).isEqualTo(424);
                assertThat(refused.body()).contains("model_corrupt");
                assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0))
                        .isBetween(50L, 60L);
                assertThat(send(predict(worker, "none")).body()).contains("model_missing");
                assertThat(answer(send(predict(worker, "good")))).isEqualTo(2);
            }
            assertThat(metric(worker, "model_loads_total", "bad")).isEqualTo(1);
            assertThat(standing(worker, "bad").path("reason").asText()).isNotEmpty();
        }
    }

    @Test
    void model_thatNobodyAsksFor_goes_andComesBack() throws Exception {
        try (WorkerUnderTest worker = start(model("one", 1, 0, ", idle-unload: 1s"), Map.of("ADMIN_KEY", "topmost"))) {
            assertThat(answer(send(predict(worker, "one")))).isEqualTo(2);
            long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (!standing(worker, "one").path("state").asText().equals("on_disk")) {
                assertThat(System.nanoTime()).isLessThan(end);
                Thread.sleep(100);
            }
            assertThat(metric(worker, "model_evictions_total", "one", "idle")).isEqualTo(1);
            assertThat(answer(send(predict(worker, "one")))).isEqualTo(2);
            assertThat(metric(worker, "model_loads_total", "one", "loaded")).isEqualTo(2);

            HttpRequest.Builder unload = HttpRequest.newBuilder(
                            worker.uri().resolve("/v2/repository/models/one/unload"))
                    .header("Authorization", "Bearer topmost")
                    .POST(BodyPublishers.noBody());
            assertThat(send(unload).statusCode()).isEqualTo(200);
            assertThat(send(predict(worker, "one")).statusCode()).isEqualTo(404);
        }
    }

    /** Whether a file of the folder is mapped into this process. */
    private boolean isMapped(String file) throws Exception {
        String path = folder.toRealPath().resolve(file).toString();
        return Files.readAllLines(Path.of("/proc/self/maps")).stream().anyMatch(line -> line.endsWith(path));
    }

    private static HttpRequest.Builder row(WorkerUnderTest worker, String id, int width) {
        String row = IntStream.range(0, width)
                .mapToObj(i -> Double.toString(Math.sin(i)))
                .collect(Collectors.joining(","));
        return HttpRequest.newBuilder(worker.uri().resolve("/predict/" + id))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"inputs\": {\"x\": [[" + row + "]]}}"));
    }

    private static List<Double> outputs(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        List<Double> values = new ArrayList<>();
        JSON.readTree(answer.body()).at("/outputs/y/data").forEach(value -> values.add(value.asDouble()));
        return values;
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "asks Linux which files are mapped")
    void modelOfTensors_answersAsItIsMapped_andTakesItsOtherForm_withNoRequestLost() throws Exception {
        // Of a fixed number of rows no batches are tried, for which it would take its other form before it serves.
        int width = 768;
        StringBuilder models = new StringBuilder();
        for (String more : List.of("soon, resident: soon", "small, resident: small", "fast, resident: fast")) {
            String id = more.substring(0, more.indexOf(','));
            new LinearStack(width, 4, 1).write(folder.resolve(id));
            models.append("  - {id: " + more + ", path: " + id + ", load: demand}\n");
        }
        try (WorkerUnderTest worker = start(models.toString(), Map.of());
                ExecutorService clients = Executors.newFixedThreadPool(3)) {
            List<Double> wanted = outputs(send(row(worker, "fast", width)));
            assertThat(isMapped("fast/model.onnx.data")).isFalse();
            assertThat(outputs(send(row(worker, "small", width)))).satisfies(close(wanted));
            assertThat(isMapped("small/model.onnx.data")).isTrue();
            AtomicBoolean settled = new AtomicBoolean();
            List<Future<Integer>> all = new ArrayList<>();
            for (int client = 0; client < 3; client++) {
                all.add(clients.submit(() -> {
                    int answers = 0;
                    for (int after = 0; after < 10; after += settled.get() ? 1 : 0) {
                        assertThat(outputs(send(row(worker, "soon", width)))).satisfies(close(wanted));
                        answers++;
                    }
                    return answers;
                }));
            }
            long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (!standing(worker, "soon").path("state").asText().equals("ready")
                    || isMapped("soon/model.onnx.data")) {
                assertThat(System.nanoTime()).isLessThan(end);
                Thread.sleep(10);
            }
            settled.set(true);
            for (Future<Integer> one : all) {
                assertThat(one.get()).isGreaterThanOrEqualTo(10);
            }
            assertThat(metric(worker, "model_loads_total", "soon", "loaded")).isEqualTo(1);
            assertThat(isMapped("small/model.onnx.data")).isTrue();
        }
    }

    private static Consumer<List<? extends Double>> close(List<Double> wanted) {
        return found -> {
            assertThat(found).hasSameSizeAs(wanted);
            for (int i = 0; i < found.size(); i++) {
                assertThat(found.get(i)).isCloseTo(wanted.get(i), within(1e-5));
            }
        };
    }

    @Test
    void request_withoutAName_loadsTheFirstOfTheKind() throws Exception {
        Path encoder = SharedFiles.file("models/encoders/minilm");
        String models = model("one", 1, 0, "") + "  - {id: texts, path: " + encoder + ", load: demand}\n";
        try (WorkerUnderTest worker = start(models, Map.of())) {
            HttpRequest.Builder embed = HttpRequest.newBuilder(worker.uri().resolve("/embed"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"texts\": [\"a text\"]}"));
            assertThat(send(embed).statusCode()).isEqualTo(200);
            assertThat(standing(worker, "texts").path("state").asText()).isEqualTo("ready");
        }
    }

    @Test
    void call_overGrpc_waitsForTheModelToo() throws Exception {
        try (WorkerUnderTest worker = start(model("one", 1, 0, ""), Map.of("GRPC_PORT", "0"));
                GrpcClient client = new GrpcClient(worker.grpcPort())) {
            assertThat(client.infer(one("one")).getModelName()).isEqualTo("one");
            assertThat(standing(worker, "one").path("state").asText()).isEqualTo("ready");
        }
    }

    private static ModelInferRequest one(String model) {
        ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName(model);
        request.addInputsBuilder()
                .setName("x")
                .setDatatype("FP32")
                .addShape(1)
                .addShape(1)
                .setContents(InferTensorContents.newBuilder().addFp32Contents(1));
        return request.build();
    }

    @Test
    void messagesOfAStream_waitForTheirModels_andAreAnsweredInTheirOrder() throws Exception {
        // The second fits only once the first has gone, which a stream that waits for it must not hold up.
        String models = model("one", 1, 1 << 20, "") + model("two", 2, 1 << 20, "")
                + "  - {id: bad, path: bad, load: demand}\n";
        Files.writeString(Files.createDirectories(folder.resolve("bad")).resolve("model.onnx"), "no graph at all");
        try (WorkerUnderTest worker = start(models, Map.of("GRPC_PORT", "0", "MODELS_MEMORY_MB", "4"));
                GrpcClient client = new GrpcClient(worker.grpcPort())) {
            GrpcAnswers answers = new GrpcAnswers();
            StreamObserver<MessageLite> requests = client.stream(answers);
            requests.onNext(one("one"));
            requests.onNext(one("two"));
            requests.onNext(one("bad"));
            requests.onNext(one("none"));
            for (String model : List.of("one", "two")) {
                ModelStreamInferResponse answer = answers.next();
                assertThat(answer.getErrorMessage()).isEmpty();
                assertThat(answer.getInferResponse().getModelName()).isEqualTo(model);
            }
            assertThat(answers.next().getErrorMessage()).contains("the model bad cannot be loaded");
            assertThat(answers.next().getErrorMessage()).contains("'none' does not exist");
            requests.onCompleted();
            assertThat(answers.any()).isEqualTo(Status.OK);
        }
    }
}
