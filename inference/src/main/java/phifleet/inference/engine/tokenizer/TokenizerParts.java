package phifleet.inference.engine.tokenizer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/**
 * What stands around the vocabulary of a {@code tokenizer.json}; missing where it has no such part.
 *
 * @param added tokens besides those of the vocabulary
 */
record TokenizerParts(JsonNode normalizer, JsonNode splitter, JsonNode ends, JsonNode added) {
    static final String NORMALIZER = "normalizer";
    static final String SPLITTER = "pre_tokenizer";
    static final String ENDS = "post_processor";
    static final String ADDED = "added_tokens";

    private static final JsonMapper JSON = new JsonMapper();

    /** A vocabulary is large, and comes behind. */
    static TokenizerParts read(byte[] json) throws IOException {
        JsonNode normalizer = JSON.missingNode();
        JsonNode splitter = JSON.missingNode();
        JsonNode ends = JSON.missingNode();
        JsonNode added = JSON.missingNode();
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            while ((normalizer.isMissingNode()
                            || splitter.isMissingNode()
                            || ends.isMissingNode()
                            || added.isMissingNode())
                    && parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case NORMALIZER -> normalizer = parser.readValueAsTree();
                    case SPLITTER -> splitter = parser.readValueAsTree();
                    case ENDS -> ends = parser.readValueAsTree();
                    case ADDED -> added = parser.readValueAsTree();
                    default -> parser.skipChildren();
                }
            }
        }
        return new TokenizerParts(normalizer, splitter, ends, added);
    }
}
