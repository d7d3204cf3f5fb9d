package phifleet.worker.http.embed;

import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.json.BadBody;
import phifleet.http.json.Excerpt;
import phifleet.http.json.JsonInput;
import phifleet.worker.http.image.ImageBody;
import phifleet.worker.http.image.ImageFile;

/** One input that says what it is: {@code {"text": …}} or {@code {"image": base64 or data URL}}. */
sealed interface EmbedItem {

    record Text(String text) implements EmbedItem {}

    record Image(ImageFile file) implements EmbedItem {}

    /**
     * Reads the object that is the current value.
     *
     * @param path where it stands, as {@code texts[3]}
     */
    static EmbedItem read(JsonInput json, String path) throws BadBody {
        @Nullable String text = null;
        @Nullable ImageFile image = null;
        for (String field = json.nextField(); field != null; field = json.nextField()) {
            String inner = path + "." + Excerpt.of(field);
            switch (field) {
                case "text" -> text = json.text(inner);
                case "image" -> image = new ImageFile(inner, ImageBody.decode(json.file(inner), inner));
                default ->
                    throw BadBody.value(Problem.badRequest(
                            "unknown_field", "the field `" + inner + "` is not known; here are text and image", inner));
            }
        }
        if (text != null && image == null) {
            return new Text(text);
        }
        if (image != null && text == null) {
            return new Image(image);
        }
        throw BadBody.value(Problem.badRequest(
                "invalid_value",
                "`" + path + "` must have either `text` or `image`, and has " + (text == null ? "neither" : "both"),
                path));
    }
}
