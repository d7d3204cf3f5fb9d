package phifleet.gateway.http.routing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import phifleet.common.ModelRoutes;

/** What a body that names no model asks of one beyond what its path does: {@code outputs}, or to look at images. */
final class BodyWish {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> EMBEDS = Set.of("/embed", "/embeddings", "/v1/embeddings");
    private static final Set<String> INPUTS = Set.of("texts", "input");
    private static final Set<String> IMAGES = Set.of("image", "images");
    private static final String CLASSIFIES = "/classify";
    private static final String OUTPUTS = "outputs";

    private static final byte[] OUTPUTS_QUOTED = "\"outputs\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] IMAGE_QUOTED = "\"image".getBytes(StandardCharsets.US_ASCII);

    private BodyWish() {}

    /**
     * The kinds that one model must be, all of them; none where the body asks for nothing but what the path says, is no JSON object, or
     * says it too far in.
     */
    static List<String> kinds(String path, byte[] body) {
        boolean embeds = EMBEDS.contains(path);
        boolean seen = ModelName.mentions(body, IMAGE_QUOTED);
        if (!(embeds || path.equals(CLASSIFIES)) || !(seen || ModelName.mentions(body, OUTPUTS_QUOTED))) {
            return List.of();
        }
        List<String> kinds = new ArrayList<>();
        try (JsonParser json = JSON.createParser(body, 0, Math.min(body.length, ModelName.SCANNED_BYTES))) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return List.of();
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                boolean sees = embeds ? seen && INPUTS.contains(field) && hasImage(json) : IMAGES.contains(field);
                if (sees) {
                    return ModelRoutes.SEES_AND_READS;
                }
                JsonToken value = json.currentToken() == JsonToken.FIELD_NAME ? json.nextToken() : json.currentToken();
                if (embeds && field.equals(OUTPUTS) && value == JsonToken.START_ARRAY) {
                    kinds.addAll(outputs(json));
                } else {
                    json.skipChildren();
                }
            }
        } catch (IOException e) {
            // Longer than what is looked at, or a worker will say what is wrong with it.
            return List.copyOf(kinds);
        }
        return List.copyOf(kinds);
    }

    /** Whether a list has an object with an image; reads it up to there, or whole. */
    private static boolean hasImage(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_ARRAY) {
            return false;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == JsonToken.START_OBJECT) {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    if (IMAGES.contains(json.currentName())) {
                        return true;
                    }
                    json.nextToken();
                    json.skipChildren();
                }
            } else {
                json.skipChildren();
            }
        }
        return false;
    }

    /** Dense vectors alone are what the path gives anyway. */
    private static Set<String> outputs(JsonParser json) throws IOException {
        Set<String> kinds = new TreeSet<>();
        boolean dense = false;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            String output = json.getText();
            dense |= output.equals("dense");
            ModelRoutes.kindOfOutput(output).ifPresent(kinds::add);
            json.skipChildren();
        }
        if (dense && !kinds.isEmpty()) {
            kinds.add(ModelRoutes.DENSE);
        }
        return kinds;
    }
}
