package phifleet.worker.phi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import phifleet.inference.hub.CalibrationFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures between what bounds the numbers of a model's vectors lie, for vectors of bytes. */
@Command(
        name = "calibrate",
        description = {
            "Has a fleet, or a worker alone, embed the lines of a file, and writes the least and the greatest of each number.",
            "The file that it writes is named by calibration: in models.yaml, and int8 and uint8 vectors can be had then.",
            "A thousand texts as they will come are enough for most. PHI_API_KEY is shown where it is set."
        })
final class CalibrateCommand implements Callable<Integer> {
    /** Texts of a request. */
    private static final int TOGETHER = 64;

    @Mixin
    private Connection fleet = new Connection();

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description = "where the bounds are written; default: calibration.json beside the texts")
    private @Nullable Path to;

    @Parameters(index = "0", paramLabel = "MODEL", description = "its id or an alias")
    private String model = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "a text a line, in UTF-8; empty lines are left out")
    private Path texts = Path.of("");

    @Override
    public Integer call() throws Exception {
        Path target = to == null ? texts.resolveSibling("calibration.json") : to;
        List<String> lines = new NamedFile(texts)
                .lines().stream().filter(line -> !line.isBlank()).toList();
        Bounds bounds = new Bounds();
        try (FleetClient client = fleet.open()) {
            for (int from = 0; from < lines.size(); from += TOGETHER) {
                bounds.add(client.embeddings(model, lines.subList(from, Math.min(lines.size(), from + TOGETHER))));
            }
        }
        if (bounds.count == 0) {
            throw new FleetClient.Refusal(texts + " has no text");
        }
        CalibrationFile.write(target, model, bounds.count, bounds.least, bounds.greatest);
        if (fleet.isJson()) {
            fleet.print(JsonNodeFactory.instance
                    .objectNode()
                    .put("model", model)
                    .put("file", target.toString())
                    .put("texts", bounds.count)
                    .put("dimension", bounds.least.length));
        } else {
            fleet.print(model + ": bounds of " + bounds.least.length + " numbers of " + bounds.count + " texts in "
                    + target + "; name it by calibration: in models.yaml");
        }
        return 0;
    }

    /** What was seen so far. */
    private static final class Bounds {
        private float[] least = new float[0];
        private float[] greatest = new float[0];
        private int count;

        void add(JsonNode vectors) throws FleetClient.Refusal {
            for (JsonNode vector : vectors) {
                if (count++ == 0) {
                    least = new float[vector.size()];
                    greatest = new float[vector.size()];
                    Arrays.fill(least, Float.POSITIVE_INFINITY);
                    Arrays.fill(greatest, Float.NEGATIVE_INFINITY);
                }
                if (vector.size() != least.length) {
                    throw new FleetClient.Refusal(
                            "vectors of " + least.length + " and of " + vector.size() + " numbers");
                }
                for (int i = 0; i < least.length; i++) {
                    least[i] = Math.min(least[i], vector.get(i).floatValue());
                    greatest[i] = Math.max(greatest[i], vector.get(i).floatValue());
                }
            }
        }
    }
}
