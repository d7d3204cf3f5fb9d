package phifleet.inference.engine.tokenizer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import phifleet.inference.model.ModelException;

/**
 * Which end of a text that is too long goes, as transformers reads it: {@code truncation_side} of {@code tokenizer_config.json}, else
 * the direction of {@code tokenizer.json}'s own truncation, else the right one.
 */
public final class TruncationSide {
    private static final JsonMapper JSON = new JsonMapper();

    private TruncationSide() {}

    /**
     * Whether it is the left one.
     *
     * @param file a {@code tokenizer.json}, beside which the other file may be
     * @param json its bytes
     */
    public static boolean isLeft(Path file, byte[] json) throws ModelException {
        try (JsonParser parser = JSON.createParser(json)) {
            return isLeft(TokenizerClass.settings(file), parser);
        } catch (IOException e) {
            throw ModelException.ofJson(file.toString(), e);
        }
    }

    /** The same of a file of which no more is read than stands before its vocabulary. */
    static boolean isLeft(TokenizerClass known) throws ModelException {
        try (JsonParser parser = VocabularyLines.parser(known.file())) {
            return isLeft(known.settings(), parser);
        } catch (IOException e) {
            throw ModelException.ofJson(known.file().toString(), e);
        }
    }

    private static boolean isLeft(JsonNode settings, JsonParser json) throws IOException {
        JsonNode side = settings.path("truncation_side");
        return side.isTextual() ? side.asText().equals("left") : own(json).equals("Left");
    }

    /** A vocabulary is large, and comes behind. */
    private static String own(JsonParser parser) throws IOException {
        parser.nextToken();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals("truncation")) {
                JsonNode truncation = parser.readValueAsTree();
                return truncation.path("direction").asText("");
            }
            if (name.equals("model")) {
                return "";
            }
            parser.skipChildren();
        }
        return "";
    }
}
