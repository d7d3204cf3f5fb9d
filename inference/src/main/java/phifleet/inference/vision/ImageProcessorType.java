package phifleet.inference.vision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An image processor of transformers that is known by its name: which keys it heeds, and what holds where its file leaves one out. A key
 * that it does not heed changes nothing there, so nothing here.
 *
 * <p>Source: the attributes and steps of transformers 5.24's classes that work with Pillow ({@code models/*}{@code /image_processing_pil_*.py}).
 */
final class ImageProcessorType {
    private static final String TABLE = "image-processors.json";

    /** What releases add to a processor's name: for the way it is computed, or as it was once called. */
    private static final Pattern ENDING = Pattern.compile("(ImageProcessor(Fast|Pil)?|FeatureExtractor)$");

    private static final JsonNode TYPES = table();

    private final String name;
    private final JsonNode row;

    private ImageProcessorType(String name, JsonNode row) {
        this.name = name;
        this.row = row;
    }

    private static JsonNode table() {
        try (InputStream stream = ImageProcessorType.class.getResourceAsStream(TABLE)) {
            return new ObjectMapper().readTree(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the type that a file names, new or old style; nothing where it names none, or another. */
    static Optional<ImageProcessorType> of(String type) {
        String name = ENDING.matcher(type).replaceFirst("");
        return name.length() < type.length() && TYPES.has(name)
                ? Optional.of(new ImageProcessorType(name, TYPES.path(name)))
                : Optional.empty();
    }

    /** What goes before "ImageProcessor". */
    String name() {
        return name;
    }

    /** What the processor goes by: its defaults, and over them what the file says of what it heeds. */
    ObjectNode settings(JsonNode file) {
        ObjectNode settings = row.path("defaults").deepCopy();
        for (JsonNode key : row.path("keys")) {
            JsonNode value = file.path(key.asText());
            if (!value.isMissingNode() && !value.isNull()) {
                settings.set(key.asText(), value);
            }
        }
        return settings;
    }

    /** A file without a name that is known: what it says, without the keys that it leaves open. */
    static ObjectNode plain(JsonNode file) {
        ObjectNode settings = new ObjectMapper().createObjectNode();
        for (Map.Entry<String, JsonNode> entry : file.properties()) {
            if (!entry.getValue().isNull()) {
                settings.set(entry.getKey(), entry.getValue());
            }
        }
        return settings;
    }
}
