package phifleet.worker.bench.gpu;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import phifleet.inference.engine.onnx.OnnxSession;
import phifleet.inference.engine.onnx.Provider;
import phifleet.inference.engine.onnx.SessionSettings;
import phifleet.inference.model.Tensor;
import phifleet.worker.bench.gpu.PartMain.Visit;

/** A classifier and a detector: the same pixels on the CPU, whose outputs count as right, and on the GPU. */
final class VisionPart {
    private static final List<String> MODELS = List.of("mobilenet_v2_fp32.onnx", "yolox_nano_640_v8head.onnx");

    /** As a share of an output's length. */
    private static final double TOLERANCE = 1e-3;

    private VisionPart() {}

    static void run(Visit visit) throws Exception {
        Path folder = Path.of(Objects.requireNonNullElse(System.getenv("PHI_CHECK_MODELS"), "../shared/models"));
        visit.engines();
        int found = 0;
        for (String name : MODELS) {
            Path file = folder.resolve(name);
            if (!Files.isRegularFile(file)) {
                visit.found().put(name, "not here: " + file);
                continue;
            }
            found++;
            visit.step(name, () -> compare(visit, name, file));
        }
        if (found > 0 && visit.found().withArray("compared").size() < found) {
            visit.found().put("failure", "a model could not be compared");
        }
    }

    private static void compare(Visit visit, String name, Path file) throws Exception {
        try (OnnxSession right = OnnxSession.open(file, SessionSettings.on(Provider.PLAIN_CPU));
                OnnxSession other = OnnxSession.open(file, SessionSettings.on(visit.provider(false)))) {
            OnnxSession.Value input = right.inputs().getFirst();
            List<Long> shape = new ArrayList<>();
            input.shape().forEach(size -> shape.add(size < 0 ? 1 : size));
            float[] pixels = new float[Math.toIntExact(shape.stream().reduce(1L, (a, b) -> a * b))];
            Random random = new Random(1);
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = random.nextFloat();
            }
            Map<String, Tensor> given = Map.of(input.name(), Tensor.of(shape, pixels));
            for (OnnxSession.Value output : right.outputs()) {
                double difference = difference(run(right, given, output.name()), run(other, given, output.name()));
                long start = System.nanoTime();
                int runs = visit.pretend() ? 2 : 100;
                for (int i = 0; i < runs; i++) {
                    run(other, given, output.name());
                }
                visit.found()
                        .withArray("compared")
                        .addObject()
                        .put("model", name)
                        .put("output", output.name())
                        .put("device", other.provider().device())
                        .put("difference", difference)
                        .put("within", TOLERANCE)
                        .put("agrees", difference <= TOLERANCE)
                        .put("ms a call", (System.nanoTime() - start) / 1e6 / runs);
                if (!(difference <= TOLERANCE)) {
                    visit.found().put("failure", name + " differs by " + difference);
                }
            }
        }
    }

    private static Tensor run(OnnxSession session, Map<String, Tensor> given, String output) throws Exception {
        return Objects.requireNonNull(session.run(given, List.of(output)).get(output));
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
