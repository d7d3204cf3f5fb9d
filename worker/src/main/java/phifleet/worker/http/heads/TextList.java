package phifleet.worker.http.heads;

import com.fasterxml.jackson.core.JsonToken;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.dialect.Problems;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;

/** Reads the lists of texts that requests have. */
final class TextList {
    private TextList() {}

    /** What stands in one place of a list. */
    @FunctionalInterface
    interface Item<T> {
        T read(JsonInput json, String field, int index) throws BadBody;
    }

    /** A list of strings, one at least. */
    static List<String> strings(JsonInput json, String field, JsonLimits limits) throws BadBody {
        return read(json, field, "a list of strings", limits.maxTexts(), JsonInput::text);
    }

    /**
     * A list of anything, one at least; stops as soon as the limit is passed.
     *
     * @param wanted what it is to be, in words
     */
    static <T> List<T> read(JsonInput json, String field, String wanted, int most, Item<T> item) throws BadBody {
        if (json.current() != JsonToken.START_ARRAY) {
            throw json.mismatch(field, -1, wanted);
        }
        List<T> list = new ArrayList<>();
        while (json.next() != JsonToken.END_ARRAY) {
            if (list.size() == most) {
                throw JsonInput.tooMany(field, most);
            }
            list.add(item.read(json, field, list.size()));
        }
        if (list.isEmpty()) {
            throw BadBody.value(Problems.empty(field));
        }
        return list;
    }

    /** A field that has to be there. */
    static <T> T needed(@Nullable T value, String field, String wanted) throws BadBody {
        if (value == null) {
            throw BadBody.value(Problem.badRequest("missing_field", "`" + field + "` is needed: " + wanted, field));
        }
        return value;
    }

    /** A field that may not be an empty string. */
    static String filled(@Nullable String value, String field) throws BadBody {
        String text = needed(value, field, "a string");
        if (text.isEmpty()) {
            throw BadBody.value(Problems.empty(field));
        }
        return text;
    }
}
