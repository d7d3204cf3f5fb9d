package phifleet.equations.grammar;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What the stages of one reading have to say beside the tree: warnings, and where another reading is near. */
final class Notes {
    private final Set<Ambiguity> otherwise;
    private final List<Warning> warnings = new ArrayList<>();
    private final Set<Ambiguity> ambiguities = EnumSet.noneOf(Ambiguity.class);

    Notes(Set<Ambiguity> otherwise) {
        this.otherwise = otherwise;
    }

    void warn(String code, String message, int start, int length) {
        warnings.add(new Warning(code, message, start, length));
    }

    /** Notes that the text can be read in two ways; true where the second one is asked for. */
    boolean isOtherwise(Ambiguity ambiguity) {
        ambiguities.add(ambiguity);
        return otherwise.contains(ambiguity);
    }

    List<Warning> warnings() {
        return warnings;
    }

    Set<Ambiguity> ambiguities() {
        return ambiguities;
    }
}
