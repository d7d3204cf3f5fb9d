package phifleet.worker.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import phifleet.benchmark.AnswerCheck;
import phifleet.benchmark.Call;
import phifleet.benchmark.Photos;
import phifleet.benchmark.Turns;
import phifleet.inference.engine.onnx.session.OnnxSession;
import phifleet.inference.engine.onnx.session.Provider;
import phifleet.inference.engine.onnx.session.SessionSettings;
import phifleet.inference.model.Tensor;
import phifleet.inference.testing.SharedFiles;
import phifleet.inference.vision.ImagePreparation;
import phifleet.inference.vision.Preprocessings;
import phifleet.inference.vision.decode.ImageDecoder;
import phifleet.inference.vision.decode.ImageLimits;
import phifleet.inference.vision.output.Classification;
import phifleet.worker.WorkerUnderTest;

/**
 * Photos classified over HTTP against a bare loop on all cores, turn by turn in one process: the same decoder, preparation and
 * session, and no server. With 32 clients, JPEGs of 640 x 480 pixels, MobileNetV2 out of ../shared.
 */
public final class PredictBench {
    private static final int CLIENTS = 32;
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final int REQUESTS = 128;
    private static final int WARM_UPS = 3;
    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final double BAR = 0.90;

    private static final String WORKER = "worker over HTTP";
    private static final String BARE = "bare loop of decode and session";

    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
    private final List<byte[]> photos;
    private final OnnxSession session;
    private final String input;
    private final String output;

    private PredictBench(List<byte[]> photos, OnnxSession session) {
        this.photos = photos;
        this.session = session;
        this.input = session.inputs().getFirst().name();
        this.output = session.outputs().getFirst().name();
    }

    public static void main(String[] arguments) throws Exception {
        Path cache = Path.of(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        Path model = SharedFiles.file("models/mobilenet_v2_fp32.onnx");
        String yaml =
                "models: [{id: classifier, path: " + model + ", task: image-classification, labels: imagenet-1k}]";
        // A worker first: it readies the engine's library.
        try (WorkerUnderTest worker = WorkerUnderTest.start(cache, yaml, Driven.PATIENT);
                OnnxSession session = OnnxSession.open(model, SessionSettings.on(Provider.PLAIN_CPU))) {
            PredictBench bench =
                    new PredictBench(Photos.jpegs(SharedFiles.file("data/photos"), WIDTH, HEIGHT), session);
            bench.requireSameAnswers(worker);
            List<Call> calls = bench.photos.stream()
                    .map(photo -> Call.of(
                            "photo",
                            "POST",
                            "/predict/classifier",
                            Map.of("Content-Type", "image/jpeg"),
                            photo,
                            AnswerCheck.anything()))
                    .toList();
            Turns turns = new Turns()
                    .add(WORKER, () -> Driven.over(worker.uri(), calls, CLIENTS, REQUESTS))
                    .add(BARE, () -> Driven.bare(CORES, REQUESTS, bench::classify))
                    .warmUp(WARM_UPS)
                    .run(rounds);
            System.out.printf(
                    Locale.ROOT,
                    "%d photos of %d x %d, %d clients, %d cores, %d rounds%n",
                    bench.photos.size(),
                    WIDTH,
                    HEIGHT,
                    CLIENTS,
                    CORES,
                    rounds);
            turns.paces("photos");
            turns.ratio("worker / bare loop", WORKER, BARE, BAR);
        }
    }

    private Classification.Prediction classify(int index) throws Exception {
        Tensor pixels = ImagePreparation.prepare(
                        Preprocessings.IMAGENET, decoder.decode(photos.get(index % photos.size())))
                .tensor();
        Tensor logits = session.run(Map.of(input, pixels), List.of(output)).get(output);
        return Classification.top(Objects.requireNonNull(logits), 5, 0).getFirst();
    }

    private void requireSameAnswers(WorkerUnderTest worker) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int i = 0; i < photos.size(); i++) {
                HttpRequest request = HttpRequest.newBuilder(worker.uri().resolve("/predict/classifier"))
                        .header("Content-Type", "image/jpeg")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(photos.get(i)))
                        .build();
                String answer = client.send(request, HttpResponse.BodyHandlers.ofString())
                        .body();
                Classification.Prediction alone = classify(i);
                if (new JsonMapper().readTree(answer).at("/predictions/0/index").asInt(-1) != alone.index()) {
                    throw new IllegalStateException("the worker sees something else than " + alone + ": " + answer);
                }
            }
        }
    }
}
