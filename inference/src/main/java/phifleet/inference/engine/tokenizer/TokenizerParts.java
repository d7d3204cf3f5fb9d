package phifleet.inference.engine.tokenizer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import phifleet.inference.model.ModelException;

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

    static TokenizerParts read(byte[] json) throws IOException {
        try (JsonParser parser = JSON.createParser(json)) {
            return read(parser);
        }
    }

    /** The same of a file of which no more is read than where the last of them ends. */
    static TokenizerParts read(Path file) throws IOException, ModelException {
        try (JsonParser parser = VocabularyLines.parser(file)) {
            return read(parser);
        }
    }

    /** A vocabulary is large, and comes behind. */
    private static TokenizerParts read(JsonParser parser) throws IOException {
        JsonNode normalizer = JSON.missingNode();
        JsonNode splitter = JSON.missingNode();
        JsonNode ends = JSON.missingNode();
        JsonNode added = JSON.missingNode();
        parser.nextToken();
        while ((normalizer.isMissingNode() || splitter.isMissingNode() || ends.isMissingNode() || added.isMissingNode())
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
        return new TokenizerParts(normalizer, splitter, ends, added);
    }
}
