package phifleet.inference.vision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import phifleet.inference.model.ModelException;

/**
 * A {@code preprocessor_config.json} with the defaults of its type.
 *
 * @param type as the file has it; empty where it names none
 * @param known what is known of that type; nothing where none is
 */
record ProcessorFile(Path path, String type, Optional<ImageProcessorType> known, JsonNode settings) {

    static ProcessorFile read(Path path) throws ModelException {
        try {
            JsonNode root = new ObjectMapper().readTree(path.toFile());
            if (!root.isObject()) {
                throw new ModelException(path + " is no JSON object");
            }
            String type = root.path("image_processor_type")
                    .asText(root.path("feature_extractor_type").asText());
            Optional<ImageProcessorType> known = ImageProcessorType.of(type);
            return new ProcessorFile(
                    path,
                    type,
                    known,
                    known.map(one -> (JsonNode) one.settings(root)).orElseGet(() -> ImageProcessorType.plain(root)));
        } catch (IOException e) {
            throw new ModelException(path + " cannot be read: " + e.getMessage(), e);
        }
    }

    JsonNode at(String key) {
        return settings.path(key);
    }

    boolean has(String key) {
        return settings.has(key);
    }

    boolean is(String key, boolean usual) {
        return settings.path(key).asBoolean(usual);
    }

    /** Whether it is of one of these types. */
    boolean isOf(String... names) {
        String name = known.map(ImageProcessorType::name).orElse("");
        return Arrays.asList(names).contains(name);
    }

    ModelException wrong(String key, String what) {
        return new ModelException(path + ": " + key + " " + what + ", not " + settings.path(key));
    }

    ModelException notKnown(String key) {
        return wrong(
                key,
                "is a step that is not known of a processor of the type '" + type
                        + "'; set preprocess: with like: for this model");
    }
}
