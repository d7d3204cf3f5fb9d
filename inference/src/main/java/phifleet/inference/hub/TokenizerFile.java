package phifleet.inference.hub;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.ModelException;

/**
 * How a {@code tokenizer.json} spells, in one pass without its vocabulary, which may be large.
 *
 * @param subwordPrefix what stands before a token that goes on with a word; null where nothing does
 * @param unknown the token for what the vocabulary does not have; null where the file names none
 */
record TokenizerFile(
        @Nullable String subwordPrefix, @Nullable String unknown) {

    /**
     * Reads a file, and those beside it that name its own tokens.
     *
     * @param folders where they are looked for
     */
    static TokenizerFile read(Path file, List<Path> folders) throws ModelException {
        String prefix = null;
        String unknown = null;
        try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isModel = parser.currentName().equals("model");
                if (parser.nextToken() != JsonToken.START_OBJECT || !isModel) {
                    parser.skipChildren();
                    continue;
                }
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    switch (name) {
                        case "continuing_subword_prefix" -> prefix = parser.getValueAsString();
                        case "unk_token" -> unknown = parser.getValueAsString();
                        default -> parser.skipChildren();
                    }
                }
            }
        } catch (JacksonException e) {
            throw ModelException.ofJson(file.toString(), e);
        } catch (IOException e) {
            throw new ModelException(file + " cannot be read: " + e, e);
        }
        String named = named(folders);
        return new TokenizerFile(prefix == null || prefix.isEmpty() ? null : prefix, named == null ? unknown : named);
    }

    private static @Nullable String named(List<Path> folders) throws ModelException {
        for (Path folder : folders) {
            for (String name : List.of("tokenizer_config.json", "special_tokens_map.json")) {
                JsonNode token = JsonFile.read(folder.resolve(name)).at("unk_token");
                String text = token.isObject() ? token.path("content").asText("") : token.asText("");
                if (!text.isEmpty() && !token.isNull()) {
                    return text;
                }
            }
        }
        return null;
    }
}
