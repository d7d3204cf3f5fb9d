package phifleet.gateway.http.routing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import phifleet.common.ImageBytes;
import phifleet.common.ModelRoutes;
import phifleet.http.MediaTypes;

/** Whether the bare address is sent an image, and what kind of model is to see it. */
final class PictureWish {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String INPUTS = "inputs";
    private static final byte[] INPUTS_QUOTED = "\"inputs\"".getBytes(StandardCharsets.US_ASCII);
    private static final String LABELS = "\"candidate_labels\"";

    /** Of a body this much of its end is looked at, where labels stand behind an image. */
    private static final int END = 64 * 1024;

    private PictureWish() {}

    /**
     * The kinds of which the model must be one; none where there is no image.
     *
     * @param type the body's media type; null where none is said
     * @param body whole, or its beginning
     */
    static List<String> kinds(@Nullable String type, byte[] body) {
        if (isFile(type) || ImageBytes.isFile(body)) {
            return ModelRoutes.SEES;
        }
        if (!MediaTypes.isJson(type) || !ModelName.mentions(body, INPUTS_QUOTED) || !hasImage(body)) {
            return List.of();
        }
        return hasLabels(body) ? ModelRoutes.SEES_AND_READS : ModelRoutes.SEES;
    }

    private static boolean isFile(@Nullable String type) {
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("image/");
    }

    private static boolean hasImage(byte[] body) {
        try (JsonParser json = JSON.createParser(body, 0, Math.min(body.length, ModelName.SCANNED_BYTES))) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean inputs = json.currentName().equals(INPUTS);
                if (json.nextToken() == JsonToken.VALUE_STRING && inputs) {
                    // Behind the quote; the text itself may be longer than what is looked at.
                    return ImageBytes.isText(
                            body, (int) json.currentTokenLocation().getByteOffset() + 1);
                }
                json.skipChildren();
            }
        } catch (IOException e) {
            // A worker will say what is wrong with it.
            return false;
        }
        return false;
    }

    private static boolean hasLabels(byte[] body) {
        int end = Math.min(body.length, END);
        return new String(body, 0, end, StandardCharsets.ISO_8859_1).contains(LABELS)
                || new String(body, body.length - end, end, StandardCharsets.ISO_8859_1).contains(LABELS);
    }
}
