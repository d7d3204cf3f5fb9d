package phifleet.inference.engine.tokenizer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * What is to be known of the vocabulary of a {@code tokenizer.json} and DJL does not tell, found in one pass without a tree.
 *
 * @param words one more than the largest id of the model's vocabulary
 * @param added one more than the largest id of the tokens that were added to it; 0 for none
 * @param dropout the share of merges that are left out by chance
 */
record VocabularyOutline(int words, int added, double dropout) {

    /** One more than the largest id of all. */
    int all() {
        return Math.max(words, added);
    }

    static VocabularyOutline of(byte[] json) throws IOException {
        int words = 0;
        int added = 0;
        double dropout = 0;
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (field) {
                    case "added_tokens" -> added = Math.max(added, addedTokens(parser, value));
                    case "model" -> {
                        VocabularyOutline own = model(parser, value);
                        words = Math.max(words, own.words());
                        dropout = own.dropout();
                    }
                    default -> parser.skipChildren();
                }
            }
        }
        return new VocabularyOutline(words, added, dropout);
    }

    private static int addedTokens(JsonParser parser, JsonToken start) throws IOException {
        int size = 0;
        if (start != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return size;
        }
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                if (field.equals("id")) {
                    size = Math.max(size, parser.getIntValue() + 1);
                } else {
                    parser.skipChildren();
                }
            }
        }
        return size;
    }

    private static VocabularyOutline model(JsonParser parser, JsonToken start) throws IOException {
        int size = 0;
        double dropout = 0;
        if (start != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return new VocabularyOutline(size, 0, dropout);
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            if (field.equals("vocab")) {
                size = value == JsonToken.START_OBJECT ? largestId(parser) : pieces(parser, value);
            } else if (field.equals("dropout") && value.isNumeric()) {
                dropout = parser.getDoubleValue();
            } else {
                parser.skipChildren();
            }
        }
        return new VocabularyOutline(size, 0, dropout);
    }

    /** WordPiece, BPE and WordLevel: a mapping of tokens to ids. */
    private static int largestId(JsonParser parser) throws IOException {
        int size = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            parser.nextToken();
            size = Math.max(size, parser.getIntValue() + 1);
        }
        return size;
    }

    /** Unigram: a list of pieces with scores, whose places are the ids. */
    private static int pieces(JsonParser parser, JsonToken start) throws IOException {
        int size = 0;
        if (start != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return size;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            parser.skipChildren();
            size++;
        }
        return size;
    }
}
