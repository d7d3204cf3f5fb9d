package phifleet.benchmark.plan;

import java.util.List;

/** A configuration with mistakes, all of them at once, each with key, value and bound. */
public final class PlanException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<String> mistakes;

    PlanException(String file, List<String> mistakes) {
        super(file + ":\n  " + String.join("\n  ", mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    public List<String> mistakes() {
        return mistakes;
    }
}
