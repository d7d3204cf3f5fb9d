package phifleet.common.settings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The mistakes found so far, and the names of the variables that were asked for. */
final class Mistakes {
    private final List<String> lines = new ArrayList<>();
    private final Set<String> askedVariables = new HashSet<>();

    void add(String key, @Nullable String value, String bound) {
        lines.add(key + (value == null ? "" : " = " + value) + ": " + bound);
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
