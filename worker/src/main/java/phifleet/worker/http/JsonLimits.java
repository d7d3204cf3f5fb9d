package phifleet.worker.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import phifleet.common.Problem;

/** What the JSON of a request may hold, enforced while it is read. Thread-safe. */
final class JsonLimits {
    private static final int MAX_NAME_LENGTH = 256;
    private static final int MAX_NUMBER_LENGTH = 128;

    private final int maxTexts;
    private final int maxTextCharacters;
    private final int maxDepth;
    private final JsonFactory factory;

    JsonLimits(int maxTexts, int maxTextCharacters, int maxDepth) {
        this.maxTexts = maxTexts;
        this.maxTextCharacters = maxTextCharacters;
        this.maxDepth = maxDepth;
        this.factory = new JsonFactoryBuilder()
                // Names come from strangers: none of them may live on in shared tables.
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(maxDepth)
                        .maxStringLength(maxTextCharacters)
                        .maxNameLength(MAX_NAME_LENGTH)
                        .maxNumberLength(MAX_NUMBER_LENGTH)
                        .build())
                .build();
    }

    static JsonLimits of(HttpSettings settings) {
        return new JsonLimits(settings.maxTexts(), settings.maxTextCharacters(), settings.maxJsonDepth());
    }

    int maxTexts() {
        return maxTexts;
    }

    int maxTextCharacters() {
        return maxTextCharacters;
    }

    int maxDepth() {
        return maxDepth;
    }

    JsonInput open(byte[] body) throws BadBody {
        int invalid = Utf8.firstInvalid(body);
        if (invalid >= 0) {
            throw BadBody.syntax(Problem.badRequest(
                    "invalid_utf8",
                    "the body is not valid UTF-8: byte 0x" + Integer.toHexString(body[invalid] & 0xff) + " at position "
                            + invalid,
                    null));
        }
        try {
            return new JsonInput(factory.createParser(body), this);
        } catch (IOException e) {
            throw BadBody.syntax(Problem.badRequest("invalid_json", "the body is not valid JSON", null));
        }
    }
}
