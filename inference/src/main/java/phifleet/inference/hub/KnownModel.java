package phifleet.inference.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.Pooling;
import phifleet.inference.model.Pooling.Mode;

/**
 * What is known of a model by its name on the Hub, for folders that do not say it: a row of {@code config/known-models.yaml}.
 *
 * @param ids its names, those of copies in other formats included
 * @param pooling null where the graph pools
 * @param normalize whether vectors have length one; null where it is not known
 * @param output of its graph; null for the usual one
 * @param maxTokens the most tokens of a text
 * @param dimensions of a whole vector
 * @param source where it stands
 */
public record KnownModel(
        List<String> ids,
        @Nullable Pooling pooling,
        @Nullable Boolean normalize,
        @Nullable String output,
        OptionalInt maxTokens,
        int dimensions,
        Map<String, String> prompts,
        String source) {
    /** Where the rows are, for what is said of decisions. */
    static final String FILE = "known-models.yaml";

    public KnownModel {
        ids = List.copyOf(ids);
        prompts = Map.copyOf(prompts);
    }

    /** The row of a model. */
    public static Optional<KnownModel> find(String id) {
        return all().stream().filter(row -> row.ids().contains(id)).findFirst();
    }

    static List<KnownModel> all() {
        try (InputStream in = KnownModel.class.getResourceAsStream("/" + FILE)) {
            if (in == null) {
                throw new IllegalStateException("the class path has no " + FILE);
            }
            List<KnownModel> rows = new ArrayList<>();
            for (JsonNode row : new YAMLMapper().readTree(in).path("models")) {
                rows.add(row(row));
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KnownModel row(JsonNode row) {
        Map<String, String> prompts = new LinkedHashMap<>();
        row.path("prompts")
                .properties()
                .forEach(
                        prompt -> prompts.put(prompt.getKey(), prompt.getValue().asText()));
        String pooling = row.path("pooling").asText("");
        return new KnownModel(
                row.path("ids").valueStream().map(JsonNode::asText).toList(),
                pooling.isEmpty() ? null : pooling(pooling),
                row.path("normalize").isBoolean() ? row.path("normalize").asBoolean() : null,
                row.path("output").isTextual() ? row.path("output").asText() : null,
                row.path("max-tokens").isInt()
                        ? OptionalInt.of(row.path("max-tokens").asInt())
                        : OptionalInt.empty(),
                row.path("dimensions").asInt(),
                prompts,
                row.path("source").asText());
    }

    private static Pooling pooling(String label) {
        for (Mode mode : Mode.values()) {
            if (mode.label().equals(label)) {
                return new Pooling(List.of(mode), true);
            }
        }
        throw new IllegalStateException(FILE + ": no pooling is called " + label);
    }
}
