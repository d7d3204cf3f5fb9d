package phifleet.common.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.CharConversionException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What is wrong with a text that is no JSON, in words of ours: the parser's own name its flags and quote its sources. */
public final class JsonFaults {
    private JsonFaults() {}

    /** The fault with its place, as {@code line 2, column 5: a colon was expected after a name}; a file's own where it cannot be read. */
    public static String of(IOException cause) {
        if (!(cause instanceof JacksonException) && !(cause instanceof CharConversionException)) {
            return String.valueOf(cause.getMessage());
        }
        return place(cause) + words(cause);
    }

    /** {@code line 2, column 5: }, or nothing where the place is not known. */
    static String place(IOException cause) {
        @Nullable JsonLocation where = cause instanceof JacksonException known ? known.getLocation() : null;
        return where == null || where.getLineNr() < 1
                ? ""
                : "line " + where.getLineNr() + ", column " + where.getColumnNr() + ": ";
    }

    /** The fault alone. */
    public static String words(IOException cause) {
        String reason = cause instanceof JacksonException known
                ? String.valueOf(known.getOriginalMessage())
                : String.valueOf(cause.getMessage());
        if (cause instanceof JsonEOFException) {
            return "the JSON ends too early";
        }
        if (cause instanceof StreamConstraintsException) {
            return reason.contains("nesting")
                    ? "the JSON nests too deep"
                    : "a name, a text or a number in the JSON is too long";
        }
        if (reason.contains("UTF-8") || reason.contains("UTF-32") || cause instanceof CharConversionException) {
            return "the text is not valid UTF-8";
        }
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
        if (reason.contains("colon")) {
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
