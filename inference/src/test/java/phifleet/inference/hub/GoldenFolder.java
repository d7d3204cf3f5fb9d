package phifleet.inference.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.Vector;

/**
 * What a folder's {@code golden.json} expects, as ../shared/models/encoders/README.md describes it.
 *
 * @param expect {@code served}, {@code refused} or {@code either}
 */
record GoldenFolder(Path folder, String expect, int dimension, double leastCosine, List<Case> cases) {

    /** One text and its vector; no prompt's name and 0 dimensions where the caller names none. */
    record Case(String text, @Nullable String promptName, int dimensions, Vector expected) {}

    static GoldenFolder read(Path folder) throws IOException {
        JsonNode golden =
                new JsonMapper().readTree(folder.resolve("golden.json").toFile());
        List<Case> cases = new ArrayList<>();
        for (JsonNode entry : golden.path("cases")) {
            float[] values = new float[entry.path("embedding").size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) entry.path("embedding").get(i).asDouble();
            }
            String prompt = entry.path("prompt_name").isTextual()
                    ? entry.path("prompt_name").asText()
                    : null;
            cases.add(new Case(
                    entry.path("text").asText(),
                    prompt,
                    entry.path("dimensions").asInt(0),
                    new Vector(values)));
        }
        return new GoldenFolder(
                folder,
                golden.path("expect").asText(),
                golden.path("dim").asInt(),
                golden.path("min_cosine").asDouble(),
                cases);
    }

    String name() {
        return String.valueOf(folder.getFileName());
    }
}
