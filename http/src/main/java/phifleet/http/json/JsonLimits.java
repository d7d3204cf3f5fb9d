package phifleet.http.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import phifleet.common.Problem;

/** What the JSON of a request may hold, enforced while it is read. Thread-safe. */
public final class JsonLimits {
    private static final int MAX_NAME_LENGTH = 256;
    private static final int MAX_NUMBER_LENGTH = 128;

    private final int maxTexts;
    private final int maxTextCharacters;
    private final int maxFileCharacters;
    private final int maxDepth;
    private final JsonFactory factory;

    /** Without files. */
    public JsonLimits(int maxTexts, int maxTextCharacters, int maxDepth) {
        this(maxTexts, maxTextCharacters, maxTextCharacters, maxDepth);
    }

    /**
     * @param maxFileCharacters of a file in base64, where a text in its place may have fewer
     */
    public JsonLimits(int maxTexts, int maxTextCharacters, int maxFileCharacters, int maxDepth) {
        this.maxTexts = maxTexts;
        this.maxFileCharacters = maxFileCharacters;
        this.maxTextCharacters = maxTextCharacters;
        this.maxDepth = maxDepth;
        this.factory = new JsonFactoryBuilder()
                // Names come from strangers: none of them may live on in shared tables.
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                // Some clients write NaN, which no field takes: whoever reads one can say which it was.
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(maxDepth)
                        .maxStringLength(Math.max(maxTextCharacters, maxFileCharacters))
                        .maxNameLength(MAX_NAME_LENGTH)
                        .maxNumberLength(MAX_NUMBER_LENGTH)
                        .build())
                .build();
    }

    public int maxTexts() {
        return maxTexts;
    }

    public int maxTextCharacters() {
        return maxTextCharacters;
    }

    public int maxFileCharacters() {
        return maxFileCharacters;
    }

    public int maxDepth() {
        return maxDepth;
    }

    public JsonInput open(byte[] body) throws BadBody {
        int invalid = Utf8.firstInvalid(body);
        if (invalid >= 0) {
            throw BadBody.syntax(Problem.badRequest(
                    "invalid_utf8",
                    "the body is not valid UTF-8: byte 0x" + Integer.toHexString(body[invalid] & 0xff) + " at position "
                            + invalid,
                    null));
        }
        try {
            return new JsonInput(factory.createParser(body), body, this);
        } catch (IOException e) {
            throw BadBody.syntax(Problem.badRequest("invalid_json", "the body is not valid JSON", null));
        }
    }

    /** Takes one field of an object: all of its value, whose first token is the current one. */
    @FunctionalInterface
    public interface FieldReader {
        void field(String name, JsonInput json) throws BadBody;
    }

    /** Reads a body that is one object and nothing else, a field after the other. */
    public void readObject(byte[] body, FieldReader reader) throws BadBody {
        try (JsonInput json = open(body)) {
            json.openObject();
            for (String field = json.nextField(); field != null; field = json.nextField()) {
                reader.field(field, json);
            }
            json.end();
        }
    }

    /** Whether a body is JSON at all, within these limits, whatever it says. */
    public boolean isJson(byte[] body) {
        try (JsonParser parser = factory.createParser(body)) {
            while (parser.nextToken() != null) {
                // A text is only looked at when it is asked for.
                parser.finishToken();
            }
            return Utf8.firstInvalid(body) < 0;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }
}
