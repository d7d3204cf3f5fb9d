package phifleet.worker.bench.gpu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import phifleet.inference.engine.onnx.session.OnnxSession;
import phifleet.inference.engine.onnx.session.Provider;
import phifleet.inference.engine.onnx.session.SessionSettings;
import phifleet.inference.model.Tensor;

/**
 * A classifier and a detector on real photos: against answers that are known from another implementation (golden-vision.json), and
 * against the same pixels on the CPU.
 */
final class VisionPart {
    private static final double[] MEAN = {0.485, 0.456, 0.406};
    private static final double[] DEVIATION = {0.229, 0.224, 0.225};
    private static final double[] NO_MEAN = {0, 0, 0};
    private static final double[] ONE = {1, 1, 1};
    private static final int CROP = 224;
    private static final int SHORTEST = 256;
    private static final int FRAME = 640;
    private static final float GREY = 114;

    /** Between devices, as a share of an output's length. */
    private static final double TOLERANCE = 1e-3;

    /** To the golden probabilities, whose photos were read by another decoder. */
    private static final double PROBABILITY_TOLERANCE = 0.02;

    private static final double LEAST_OVERLAP = 0.9;

    private VisionPart() {}

    /** What a model gives for a photo on the device, and what became of it in the report. */
    private interface Judge {
        void judge(JsonNode golden, Photo photo, Tensor output, ObjectNode row);
    }

    private record Network(String file, JsonNode golden, Function<Photo, Tensor> input, Judge judge) {}

    static void run(Visit visit) throws Exception {
        Path shared = Path.of(Objects.requireNonNullElse(System.getenv("PHI_CHECK_SHARED"), "../shared"));
        visit.engines();
        JsonNode golden;
        Path file = shared.resolve("data/golden-vision.json");
        golden = Files.isRegularFile(file)
                ? new JsonMapper().readTree(file.toFile())
                : new JsonMapper().createObjectNode();
        List<Network> networks = List.of(
                new Network(
                        "mobilenet_v2_fp32.onnx",
                        golden.path("classifier").path("top5"),
                        VisionPart::classified,
                        VisionPart::judgeClasses),
                new Network(
                        "yolox_nano_640_v8head.onnx",
                        golden.path("detector").path("detections"),
                        VisionPart::detected,
                        VisionPart::judgeBoxes));
        for (Network network : networks) {
            visit.step(network.file, () -> compare(visit, network, shared));
        }
    }

    private static void compare(Visit visit, Network network, Path shared) throws Exception {
        Path model = shared.resolve("models").resolve(network.file);
        List<String> photos = network.golden.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> Files.isRegularFile(photo(shared, name)))
                .toList();
        if (!Files.isRegularFile(model) || photos.isEmpty()) {
            throw new Visit.NotHere(
                    Files.isRegularFile(model)
                            ? "no photo of data/golden-vision.json is in " + shared
                            : model + " is not there");
        }
        String wrong = "";
        try (OnnxSession cpu = OnnxSession.open(model, SessionSettings.on(Provider.PLAIN_CPU));
                OnnxSession device = OnnxSession.open(model, SessionSettings.on(visit.provider(false)))) {
            for (String name : visit.pretend() ? photos.subList(0, Math.min(2, photos.size())) : photos) {
                Photo photo = Photo.read(photo(shared, name));
                Tensor input = network.input.apply(photo);
                Tensor found = run(device, input);
                int runs = visit.pretend() ? 1 : 50;
                long start = System.nanoTime();
                for (int i = 0; i < runs; i++) {
                    run(device, input);
                }
                ObjectNode row = visit.found()
                        .withArray("photos")
                        .addObject()
                        .put("model", network.file)
                        .put("photo", name)
                        .put("device", device.provider().device())
                        .put("ms a call", (System.nanoTime() - start) / 1e6 / runs)
                        .put("difference to the CPU", difference(run(cpu, input), found));
                network.judge.judge(network.golden.path(name), photo, found, row);
                boolean right = row.path("as golden").asBoolean()
                        && row.path("difference to the CPU").asDouble() <= TOLERANCE;
                wrong += right ? "" : " " + name + " " + row;
            }
        }
        if (!wrong.isEmpty()) {
            throw new IllegalStateException("other answers:" + wrong);
        }
    }

    private static Path photo(Path shared, String name) {
        return shared.resolve("data/photos").resolve(name);
    }

    private static Tensor run(OnnxSession session, Tensor input) throws Exception {
        String output = session.outputs().getFirst().name();
        return Objects.requireNonNull(
                session.run(Map.of(session.inputs().getFirst().name(), input), List.of(output))
                        .get(output));
    }

    private static Tensor classified(Photo photo) {
        double scale = (double) SHORTEST / Math.min(photo.width, photo.height);
        float[] planes = photo.resized((int) Math.round(photo.width * scale), (int) Math.round(photo.height * scale))
                .cropped(CROP, CROP)
                .planes(MEAN, DEVIATION);
        return Tensor.of(List.of(1L, 3L, (long) CROP, (long) CROP), planes);
    }

    private static Tensor detected(Photo photo) {
        double scale = (double) FRAME / Math.max(photo.width, photo.height);
        float[] planes = photo.resized((int) Math.round(photo.width * scale), (int) Math.round(photo.height * scale))
                .framed(FRAME, FRAME, GREY)
                .planes(NO_MEAN, ONE);
        return Tensor.of(List.of(1L, 3L, (long) FRAME, (long) FRAME), planes);
    }

    /** The likeliest class, and how likely by a softmax over all. */
    private static void judgeClasses(JsonNode golden, Photo photo, Tensor output, ObjectNode row) {
        FloatBuffer scores = output.floats();
        int best = 0;
        for (int i = 0; i < scores.remaining(); i++) {
            best = scores.get(i) > scores.get(best) ? i : best;
        }
        double sum = 0;
        for (int i = 0; i < scores.remaining(); i++) {
            sum += Math.exp(scores.get(i) - scores.get(best));
        }
        double expected = golden.path(0).path(2).asDouble();
        row.put("found", best + " " + Numbers.short4(1 / sum));
        row.put("golden", golden.path(0).path(0).asInt() + " " + expected);
        row.put(
                "as golden",
                best == golden.path(0).path(0).asInt() && Math.abs(1 / sum - expected) <= PROBABILITY_TOLERANCE);
    }

    private static void judgeBoxes(JsonNode golden, Photo photo, Tensor output, ObjectNode row) {
        int places = Math.toIntExact(output.shape().getLast());
        List<Detection> found = Detection.of(output.floats(), places, photo, FRAME);
        List<Detection> expected = Detection.read(golden);
        boolean same = found.size() == expected.size()
                && expected.stream()
                        .allMatch(one -> found.stream()
                                .anyMatch(other -> other.name().equals(one.name())
                                        && other.overlap(one) >= LEAST_OVERLAP
                                        && Math.abs(other.confidence() - one.confidence()) <= PROBABILITY_TOLERANCE));
        row.put("found", found.stream().map(VisionPart::text).toList().toString());
        row.put("golden", expected.stream().map(VisionPart::text).toList().toString());
        row.put("as golden", same);
    }

    private static String text(Detection one) {
        return one.name() + " " + Numbers.short4(one.confidence());
    }

    private static double difference(Tensor expected, Tensor found) {
        double difference = 0;
        double length = 0;
        for (int i = 0; i < expected.size(); i++) {
            difference += Math.pow(expected.floats().get(i) - found.floats().get(i), 2);
            length += Math.pow(expected.floats().get(i), 2);
        }
        return Math.sqrt(difference / length);
    }
}
