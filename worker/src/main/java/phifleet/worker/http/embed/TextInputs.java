package phifleet.worker.http.embed;

import com.fasterxml.jackson.core.JsonToken;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.dialect.Problems;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.text.TextInput;

/**
 * The inputs of a request, with the names they had there.
 *
 * @param field the list's name: {@code texts}, {@code inputs} or {@code input}
 * @param first the name of the first input where that stood outside the list; null where it did not
 */
record TextInputs(
        String field, List<TextInput> list, @Nullable String first) {

    /** Which forms a dialect takes. */
    enum Form {
        /** A list of strings. */
        STRINGS,
        /** A string or a list of strings. */
        STRING_OR_STRINGS,
        /** A string, a list of strings, a list of token ids, or a list of such lists. */
        STRINGS_OR_IDS
    }

    /** One input alone, without a list. */
    static TextInputs single(String field, TextInput input) {
        return new TextInputs(field, List.of(input), field);
    }

    /** {@code texts[3]}, or {@code input} where there was no list. */
    String path(int index) {
        if (first == null) {
            return JsonInput.path(field, index);
        }
        return index == 0 ? first : JsonInput.path(field, index - 1);
    }

    /** Reads the current value, and stops as soon as a limit is passed. */
    static TextInputs read(JsonInput json, String field, Form form, JsonLimits limits) throws BadBody {
        boolean takesIds = form == Form.STRINGS_OR_IDS;
        if (form != Form.STRINGS && json.current() == JsonToken.VALUE_STRING) {
            return single(field, new TextInput.Text(json.text(field)));
        }
        if (json.current() != JsonToken.START_ARRAY) {
            throw json.mismatch(
                    field,
                    -1,
                    switch (form) {
                        case STRINGS -> "a list of strings";
                        case STRING_OR_STRINGS -> "a string or a list of strings";
                        case STRINGS_OR_IDS -> "a string or a list of strings or of token ids";
                    });
        }
        JsonToken first = json.next();
        if (first == JsonToken.END_ARRAY) {
            throw BadBody.value(Problems.empty(field));
        }
        if (takesIds && first == JsonToken.VALUE_NUMBER_INT) {
            return single(field, ids(json, field, limits));
        }
        List<TextInput> list = new ArrayList<>();
        do {
            if (list.size() == limits.maxTexts()) {
                throw JsonInput.tooMany(field, limits.maxTexts());
            }
            if (takesIds && json.current() == JsonToken.START_ARRAY) {
                String path = JsonInput.path(field, list.size());
                if (json.next() == JsonToken.END_ARRAY) {
                    throw BadBody.value(Problems.empty(path));
                }
                list.add(ids(json, path, limits));
            } else {
                list.add(new TextInput.Text(json.text(field, list.size())));
            }
        } while (json.next() != JsonToken.END_ARRAY);
        return new TextInputs(field, list, null);
    }

    /** The ids of one list, whose first is the current token. */
    static TextInput.Ids ids(JsonInput json, String field, JsonLimits limits) throws BadBody {
        int[] ids = new int[64];
        int count = 0;
        do {
            if (count == limits.maxTextCharacters()) {
                throw BadBody.syntax(Problem.of(
                        413,
                        "text_too_long",
                        "`" + field + "` has more than " + count + " token ids, which is the limit",
                        field));
            }
            if (count == ids.length) {
                ids = Arrays.copyOf(ids, count * 2);
            }
            ids[count] = json.integer(field, count, 0, Integer.MAX_VALUE);
            count++;
        } while (json.next() != JsonToken.END_ARRAY);
        return new TextInput.Ids(new TokenSequence(Arrays.copyOf(ids, count)));
    }
}
