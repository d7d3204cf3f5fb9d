package phifleet.worker.bench.gpu;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * One part in this process: {@code PartMain PART OUT [--pretend]}. What it finds is written as it is found, so that a part that
 * dies leaves what it had.
 */
public final class PartMain {
    private PartMain() {}

    public static void main(String[] arguments) throws Exception {
        Part part = Part.valueOf(arguments[0]);
        String library = System.getenv("PHI_ONNXRUNTIME_LIBRARY");
        boolean pretend = List.of(arguments).contains("--pretend");
        Visit visit = new Visit(
                part,
                Path.of(arguments[1]),
                pretend,
                library == null || library.isEmpty() ? null : Path.of(library),
                new JsonMapper().createObjectNode());
        try {
            switch (part) {
                case LOAD -> LoadPart.run(visit);
                case ENCODERS -> EncodersPart.run(visit);
                case VISION -> VisionPart.run(visit);
                case SERVING -> ServingPart.run(visit);
                case PYTORCH -> TorchPart.run(visit);
            }
        } catch (Exception | LinkageError e) {
            e.printStackTrace(System.out);
            visit.found().put("failure", Objects.toString(e.getMessage(), e.toString()));
        }
        Outcome outcome = Outcome.judge(visit.found());
        visit.save();
        // Engines keep threads of their own.
        Runtime.getRuntime().halt(outcome == Outcome.FAILED ? 1 : 0);
    }
}
