package phifleet.inference.hub;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.ModelException;

/**
 * How a {@code tokenizer.json} spells, in one pass without its vocabulary, which may be large.
 *
 * @param subwordPrefix what stands before a token that goes on with a word; null where nothing does
 * @param unknown the token for what the vocabulary does not have; -1 where the files name none
 */
record TokenizerFile(@Nullable String subwordPrefix, int unknown) {

    /** Where a tokeniser is: ESM's is its vocabulary, in lines. */
    static Optional<Path> find(FileTree tree, List<Path> folders, JsonFile config) {
        Optional<Path> usual = tree.first(folders, List.of("tokenizer.json"));
        boolean inLines = config.at("model_type").asText().equals("esm");
        return usual.isPresent() || !inLines ? usual : tree.first(folders, List.of("vocab.txt"));
    }

    /** The ids of some tokens, by the vocabulary's spelling; those that it does not have are left out. */
    static Map<String, Integer> ids(Path file, Set<String> tokens) throws ModelException {
        Map<String, Integer> ids = new HashMap<>();
        JsonNode root = JsonFile.read(file).values();
        JsonNode vocabulary = root.path("model").path("vocab");
        for (int i = 0; vocabulary.isArray() && i < vocabulary.size(); i++) {
            // Unigram: pieces with their scores, whose places are the ids.
            if (tokens.contains(vocabulary.get(i).path(0).asText())) {
                ids.put(vocabulary.get(i).path(0).asText(), i);
            }
        }
        for (String token : tokens) {
            if (vocabulary.has(token)) {
                ids.put(token, vocabulary.get(token).asInt());
            }
        }
        for (JsonNode added : root.path("added_tokens")) {
            if (tokens.contains(added.path("content").asText())) {
                ids.put(added.path("content").asText(), added.path("id").asInt());
            }
        }
        return ids;
    }

    /**
     * Reads a file, and those beside it that name its own tokens.
     *
     * @param folders where they are looked for
     */
    static TokenizerFile read(Path file, List<Path> folders) throws ModelException {
        String prefix = null;
        String unknown = null;
        int unknownPiece = -1;
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
                        case "unk_id" -> unknownPiece = parser.getValueAsInt(-1);
                        default -> parser.skipChildren();
                    }
                }
            }
        } catch (JacksonException e) {
            throw ModelException.ofJson(file.toString(), e);
        } catch (IOException e) {
            throw new ModelException(file + " cannot be read: " + e, e);
        }
        String named = named("unk_token", folders);
        String name = named == null ? unknown : named;
        return new TokenizerFile(
                prefix == null || prefix.isEmpty() ? null : prefix,
                name == null ? unknownPiece : ids(file, Set.of(name)).getOrDefault(name, unknownPiece));
    }

    /** One of a tokeniser's own tokens, as the files beside it name it; null where they do not. */
    static @Nullable String named(String key, List<Path> folders) throws ModelException {
        for (Path folder : folders) {
            for (String name : List.of("tokenizer_config.json", "special_tokens_map.json")) {
                JsonNode token = JsonFile.read(folder.resolve(name)).at(key);
                String text = token.isObject() ? token.path("content").asText("") : token.asText("");
                if (!text.isEmpty() && !token.isNull()) {
                    return text;
                }
            }
        }
        return null;
    }
}
