package phifleet.http.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;

/** What is wrong with a body that is no JSON, in words of ours: the parser's own name its flags and quote its sources. */
final class JsonWords {
    private JsonWords() {}

    static String of(IOException cause) {
        String reason = cause instanceof JsonProcessingException known
                ? String.valueOf(known.getOriginalMessage())
                : String.valueOf(cause.getMessage());
        if (reason.startsWith("Duplicate")) {
            return "a name stands twice in one object";
        }
        if (reason.startsWith("Unrecognized token")) {
            return "a word was found where a value was expected: a string in quotes, a number, true, false, null, a list or an object";
        }
        if (reason.contains("Illegal unquoted character")) {
            return "a control character stands in a string, where it must be escaped";
        }
        if (reason.contains("character escape") || reason.contains("hex-digit")) {
            return "a backslash in a string is not followed by one of \"\\/bfnrt or by u and four hexadecimal digits";
        }
        if (reason.contains("numeric value") || reason.contains("leading zeroes") || reason.contains("digit")) {
            return "a number is not written as JSON has it";
        }
        if (reason.contains("was expecting comma")) {
            return "a comma or the end of the list or object was expected";
        }
        if (reason.contains("double-quote to start field name") || reason.contains("field name")) {
            return "a name in double quotes was expected";
        }
        if (reason.contains("expecting a colon") || reason.contains("colon")) {
            return "a colon was expected after a name";
        }
        if (reason.contains("close marker")) {
            return "a bracket closes what another kind of bracket has opened";
        }
        if (reason.contains("expected a valid value")) {
            return "a value was expected";
        }
        return "a character that JSON does not allow there";
    }
}
