package phifleet.equations.grammar.token;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What the stages of one reading have to say beside the tree: warnings, and where another reading is near. */
public final class Notes {
    private final Set<Ambiguity> otherwise;
    private final List<Warning> warnings = new ArrayList<>();
    private final Set<Ambiguity> ambiguities = EnumSet.noneOf(Ambiguity.class);

    public Notes(Set<Ambiguity> otherwise) {
        this.otherwise = otherwise;
    }

    public void warn(String code, String message, int start, int length) {
        warnings.add(new Warning(code, message, start, length));
    }

    /** Notes that the text can be read in two ways; true where the second one is asked for. */
    public boolean isOtherwise(Ambiguity ambiguity) {
        ambiguities.add(ambiguity);
        return otherwise.contains(ambiguity);
    }

    /** Whether the other reading is taken, in a place that alone would not make it one of two. */
    public boolean isTakenOtherwise(Ambiguity ambiguity) {
        return otherwise.contains(ambiguity);
    }

    public List<Warning> warnings() {
        return warnings;
    }

    public Set<Ambiguity> ambiguities() {
        return ambiguities;
    }
}
