package phifleet.common.settings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The mistakes found so far, and the names of the variables that were asked for. */
final class Mistakes {
    /** How much of a name or a value is shown: a file that means something else may hold kilobytes in one of them. */
    private static final int SHOWN = 100;

    private final List<String> lines = new ArrayList<>();
    private final Set<String> askedVariables = new HashSet<>();

    void add(String key, @Nullable String value, String bound) {
        String line = shown(key) + (value == null ? "" : " = " + shown(value)) + ": " + bound;
        // A key may be asked for more than once.
        if (!lines.contains(line)) {
            lines.add(line);
        }
    }

    private static String shown(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints()
                .limit(SHOWN)
                .forEach(point -> line.appendCodePoint(Character.isISOControl(point) ? ' ' : point));
        return text.codePointCount(0, text.length()) > SHOWN ? line + "…" : line.toString();
    }

    void ask(String variable) {
        askedVariables.add(variable);
    }

    boolean asked(String variable) {
        return askedVariables.contains(variable);
    }

    List<String> lines() {
        return lines;
    }
}
