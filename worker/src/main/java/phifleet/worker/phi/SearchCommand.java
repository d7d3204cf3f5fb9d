package phifleet.worker.phi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Images of the index. */
@Command(
        name = "search",
        description = {
            "Finds images of the index: those that are like a picture, or like one of them, those that a text describes,",
            "or the newest with certain labels or words in them.",
            "PHI_API_KEY is shown where it is set."
        })
final class SearchCommand implements Callable<Integer> {
    private static final String NONE = "-";

    @Mixin
    private Connection fleet = new Connection();

    @Option(names = "--id", paramLabel = "IMAGE", description = "one of the index, by its SHA-256")
    private @Nullable String id;

    @Option(names = "--text", paramLabel = "TEXT", description = "what is to be seen, where the encoder knows texts")
    private @Nullable String text;

    @Option(names = "--label", paramLabel = "LABEL", description = "what was found in the image; several times")
    private List<String> labels = List.of();

    @Option(names = "--written", paramLabel = "WORDS", description = "what is written in the image")
    private @Nullable String written;

    @Option(names = "--min-score", paramLabel = "COSINE", description = "the least cosine")
    private @Nullable Double minScore;

    @Option(names = "-k", paramLabel = "N", defaultValue = "10", description = "so many; default: ${DEFAULT-VALUE}")
    private int most = 10;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "a picture")
    private @Nullable Path picture;

    @Override
    public Integer call() throws Exception {
        try (FleetClient client = fleet.open()) {
            JsonNode answer = client.post("/search", request());
            if (fleet.isJson()) {
                fleet.print(answer);
            } else {
                fleet.table(rows(answer.path("results")));
            }
        }
        return 0;
    }

    private ObjectNode request() throws Exception {
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("k", most);
        if (picture != null) {
            request.put("image", Base64.getEncoder().encodeToString(new NamedFile(picture).bytes()));
        }
        if (id != null) {
            request.put("id", id);
        }
        if (text != null) {
            request.put("text", text);
        }
        if (!labels.isEmpty()) {
            labels.forEach(request.putArray("labels")::add);
        }
        if (written != null) {
            request.put("ocr_text", written);
        }
        if (minScore != null) {
            request.put("min_score", minScore);
        }
        return request;
    }

    private static List<List<String>> rows(JsonNode results) {
        List<List<String>> rows = new ArrayList<>(List.of(List.of("SCORE", "MATCH", "SIZE", "ID", "IMAGE")));
        for (JsonNode found : results) {
            JsonNode score = found.path("score");
            rows.add(List.of(
                    score.isNumber() ? String.format(Locale.ROOT, "%.4f", score.asDouble()) : NONE,
                    found.path("match").asText(),
                    found.path("width").asInt() + "x" + found.path("height").asInt(),
                    found.path("id").asText(NONE),
                    found.path("image").asText()));
        }
        return rows;
    }
}
