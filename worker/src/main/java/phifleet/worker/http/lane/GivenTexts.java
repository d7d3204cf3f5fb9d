package phifleet.worker.http.lane;

import com.fasterxml.jackson.core.JsonToken;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.dialect.Problems;
import phifleet.http.json.BadBody;
import phifleet.http.json.Excerpt;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;

/**
 * The texts of a request to {@code /predict/{model}}: {@code text} alone, {@code texts} in a list, {@code inputs} either way.
 *
 * @param alone whether the text stood outside of a list, so that its answer does
 */
public record GivenTexts(String field, List<String> list, boolean alone) {
    private static final String TEXT = "text";
    private static final String TEXTS = "texts";
    private static final String INPUTS = "inputs";

    public GivenTexts {
        list = List.copyOf(list);
    }

    public static boolean isField(String field) {
        return field.equals(TEXT) || field.equals(TEXTS) || field.equals(INPUTS);
    }

    /**
     * Reads the current value, and stops as soon as a limit is passed.
     *
     * @param before what another of the fields gave; null where there was none
     */
    public static GivenTexts read(JsonInput json, String field, @Nullable GivenTexts before, JsonLimits limits)
            throws BadBody {
        if (before != null) {
            throw BadBody.value(Problem.badRequest(
                    "invalid_value",
                    "`" + before.field() + "` and `" + field + "` are both given: give one of them",
                    field));
        }
        if (!field.equals(TEXTS) && json.current() == JsonToken.VALUE_STRING) {
            return new GivenTexts(field, List.of(json.text(field)), true);
        }
        if (field.equals(TEXT) || json.current() != JsonToken.START_ARRAY) {
            throw json.mismatch(
                    field,
                    -1,
                    switch (field) {
                        case TEXT -> "a string; a list of them is `texts`";
                        case TEXTS -> "a list of strings";
                        default -> "a string or a list of strings";
                    });
        }
        List<String> texts = new ArrayList<>();
        while (json.next() != JsonToken.END_ARRAY) {
            if (texts.size() == limits.maxTexts()) {
                throw JsonInput.tooMany(field, limits.maxTexts());
            }
            texts.add(json.text(field, texts.size()));
        }
        if (texts.isEmpty()) {
            throw BadBody.value(Problems.empty(field));
        }
        return new GivenTexts(field, texts, false);
    }

    /** What has to be there. */
    public static GivenTexts needed(@Nullable GivenTexts texts) throws BadBody {
        if (texts == null) {
            throw BadBody.value(Problem.badRequest(
                    "missing_field", "`text` is needed: a string; or `texts` or `inputs`: a list of strings", TEXT));
        }
        return texts;
    }

    /**
     * A field that a request to this model has not.
     *
     * @param others that it has beside the texts
     */
    public static BadBody unknown(String field, List<String> others) {
        String name = Excerpt.of(field);
        return BadBody.value(Problem.badRequest(
                "unknown_field",
                "`" + name + "` is no field of a request to this model; there are text, texts, inputs, "
                        + String.join(", ", others),
                name));
    }

    /** Where a text stood in the request. */
    public String path(int index) {
        return alone ? field : JsonInput.path(field, index);
    }
}
