package phifleet.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Photos classified by a worker and by a FastAPI server ({@code benchmark/targets/fastapi-vision}) with the same model, turn by turn under the
 * same clients ({@link BesideFastApi}).
 */
public final class VisionBench {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final int CLIENTS = 32;
    private static final int REQUESTS = 128;
    private static final int WARM_UPS = 3;
    private static final double BAR = 1.3;

    private VisionBench() {}

    /**
     * Called by {@code scripts/bench predict-fastapi}, which names the commands: ROUNDS FOLDER PHOTOS MODEL. Each command gets its
     * port in {@code PHI_HTTP_PORT}.
     */
    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(args[0]);
        Path folder = Files.createDirectories(Path.of(args[1]).toAbsolutePath());
        List<byte[]> photos = Photos.jpegs(Path.of(args[2]), WIDTH, HEIGHT);
        Path model = Path.of(args[3]).toAbsolutePath();
        int cores = Runtime.getRuntime().availableProcessors();
        try (Processes processes = new Processes(folder)) {
            BesideFastApi three = BesideFastApi.start(
                    processes,
                    folder,
                    "FastAPI",
                    "{id: classifier, path: '" + model + "', task: image-classification, labels: imagenet-1k}",
                    model,
                    calls("/predict/classifier", photos),
                    calls("/predict", photos));
            requireSameAnswers(three.worker(), three.many());
            Turns turns = three.turns(CLIENTS, REQUESTS, WARM_UPS, rounds, turn -> turn);
            System.out.printf(
                    Locale.ROOT,
                    "%d photos of %d x %d, %d clients, %d cores, %d rounds%n",
                    photos.size(),
                    WIDTH,
                    HEIGHT,
                    CLIENTS,
                    cores,
                    rounds);
            three.report(turns, "photos", BAR);
        }
    }

    private static List<Call> calls(String path, List<byte[]> photos) {
        return photos.stream()
                .map(photo -> Call.of(
                        "photo", "POST", path, Map.of("Content-Type", "image/jpeg"), photo, AnswerCheck.anything()))
                .toList();
    }

    /** The likeliest class of each photo, and its score. */
    private static void requireSameAnswers(Contender one, Contender other) throws Exception {
        JsonMapper json = new JsonMapper();
        for (int i = 0; i < one.calls().size(); i++) {
            JsonNode left = json.readTree(one.answer(one.calls().get(i))).at("/predictions/0");
            JsonNode right = json.readTree(other.answer(other.calls().get(i))).at("/predictions/0");
            if (left.path("index").asInt(-1) != right.path("index").asInt(-2)
                    || Math.abs(left.path("score").asDouble()
                                    - right.path("score").asDouble())
                            > 1e-3) {
                throw new IllegalStateException("the two do not see the same: " + left + ", " + right);
            }
        }
    }
}
