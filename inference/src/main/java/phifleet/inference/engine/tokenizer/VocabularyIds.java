package phifleet.inference.engine.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import phifleet.inference.model.ModelException;

/**
 * Ids of tokens in a {@code tokenizer.json}.
 *
 * @param file names it in errors
 */
record VocabularyIds(Path file) {

    /** The id of a token that must be there. */
    int needed(JsonNode root, String token) throws ModelException {
        int id = find(root, token);
        if (id < 0) {
            throw new ModelException(file + ": tokenizer_config.json puts " + token + " around texts, which has no id");
        }
        return id;
    }

    /** The id of a token; −1 where it has none. */
    int find(JsonNode root, String token) {
        for (JsonNode added : root.path("added_tokens")) {
            if (added.path("content").asText().equals(token)) {
                return added.path("id").asInt();
            }
        }
        JsonNode words = root.path("model").path("vocab");
        if (words.isObject()) {
            return words.path(token).asInt(-1);
        }
        for (int i = 0; i < words.size(); i++) {
            // Unigram: pieces with their scores, whose places are the ids.
            if (words.get(i).path(0).asText().equals(token)) {
                return i;
            }
        }
        return -1;
    }

    /** The id that the next token gets which is added to it. */
    int next(JsonNode root) {
        int next = root.path("model").path("vocab").size();
        for (JsonNode added : root.path("added_tokens")) {
            next = Math.max(next, added.path("id").asInt() + 1);
        }
        return next;
    }
}
