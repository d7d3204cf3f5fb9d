package phifleet.common.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;

/** What is wrong with a text that is no YAML, in words of ours. */
public final class YamlFaults {
    private YamlFaults() {}

    /** The fault with its place. */
    public static String of(JacksonException cause) {
        return JsonFaults.place(cause) + words(cause);
    }

    private static String words(JacksonException cause) {
        String reason = String.valueOf(cause.getOriginalMessage());
        if (cause instanceof StreamConstraintsException) {
            return "it nests too deep, or a key, a text or a number is too long";
        }
        if (reason.startsWith("Duplicate") || reason.contains("duplicate key")) {
            return "a key stands twice in one mapping";
        }
        if (reason.contains("mapping values are not allowed")) {
            return "a colon stands where no key can be: a text with a colon needs quotes, and keys of one mapping the same indentation";
        }
        if (reason.contains("could not find expected ':'")) {
            return "a colon and a value were expected after a key";
        }
        if (reason.contains("TAB")) {
            return "a tab was found where only spaces may stand";
        }
        if (reason.contains("cannot start any token")) {
            return "a character was found with which no value begins: a text with it needs quotes";
        }
        if (reason.contains("end of stream")) {
            return "the file ends within a quoted text, a list or a mapping";
        }
        if (reason.contains("expected <block end>") || reason.contains("expected <document start>")) {
            return "a line is not indented as those of its mapping or list";
        }
        if (reason.contains("expected ',' or")) {
            return "a comma, or the bracket that closes the list or mapping, was expected";
        }
        if (reason.contains("escape")) {
            return "a backslash in a text in double quotes is followed by a character that it cannot escape";
        }
        if (reason.contains("alias") || reason.contains("anchor")) {
            return "an anchor or an alias is not written as YAML has it";
        }
        if (reason.contains("special characters") || reason.contains("not valid")) {
            return "a character was found that YAML does not allow";
        }
        return "a key, a value or the end was expected";
    }
}
