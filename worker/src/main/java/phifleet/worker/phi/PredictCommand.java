package phifleet.worker.phi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a model says of a picture, a text or tensors. */
@Command(
        name = "predict",
        description = {
            "Sends a picture, a text or tensors to a model: labels and boxes a line each, all else as JSON.",
            "A file that ends in .json is the request itself. PHI_API_KEY is shown where it is set."
        })
final class PredictCommand implements Callable<Integer> {
    @Mixin
    private Connection fleet = new Connection();

    @Option(names = "--top-k", paramLabel = "N", description = "so many labels")
    private @Nullable Integer topK;

    @Option(names = "--threshold", paramLabel = "SCORE", description = "the least score of a box")
    private @Nullable Double threshold;

    @Parameters(index = "0", paramLabel = "MODEL", description = "its id or an alias")
    private String model = "";

    @Option(names = "--text", paramLabel = "TEXT", description = "a text in place of a file, for a model of texts")
    private @Nullable String text;

    @Parameters(index = "1", arity = "0..1", paramLabel = "FILE", description = "a picture, or a request in JSON")
    private @Nullable Path file;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if ((text == null) == (file == null)) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "either a FILE or --text is wanted, and not both");
        }
        try (FleetClient client = fleet.open()) {
            JsonNode answer = file == null
                    ? client.post(path(), JsonNodeFactory.instance.objectNode().put("text", text))
                    : client.post(path(), file);
            if (fleet.isJson()) {
                fleet.print(answer);
            } else if (answer.has("predictions")
                    && answer.path("predictions").path(0).has("label")) {
                answer.path("predictions").forEach(found -> fleet.print(line(found)));
            } else if (answer.has("detections")) {
                answer.path("detections").forEach(found -> fleet.print(line(found) + " " + found.path("box")));
            } else {
                fleet.print(answer);
            }
        }
        return 0;
    }

    private String path() {
        StringBuilder path = new StringBuilder("/predict/").append(FleetClient.escaped(model));
        char before = '?';
        if (topK != null) {
            path.append(before).append("top_k=").append(topK);
            before = '&';
        }
        if (threshold != null) {
            path.append(before).append("threshold=").append(threshold);
        }
        return path.toString();
    }

    private static String line(JsonNode found) {
        return String.format(
                Locale.ROOT,
                "%.4f %s",
                found.path("score").asDouble(),
                found.path("label").asText());
    }
}
