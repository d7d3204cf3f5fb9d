package phifleet.equations.law;

import java.util.Map;

/** How an equation relates to the known laws. */
public sealed interface LawMatch {
    /**
     * It is a known law.
     *
     * @param names the law's name for each symbol of the equation
     */
    record Same(KnownLaw law, Map<String, String> names) implements LawMatch {
        public Same {
            names = Map.copyOf(names);
        }
    }

    /**
     * It is nearly a known law, in the same letters but perhaps for the one of the quantity that it tells.
     *
     * @param difference what kind of difference
     * @param detail what differs, as the end of a sentence that starts with the law's name: "has c^2, not c^3"
     */
    record Differs(KnownLaw law, Difference difference, String detail) implements LawMatch {}

    /** No known law is near. */
    record None() implements LawMatch {}

    /** In what an equation differs from a law. */
    enum Difference {
        FACTOR,
        SIGN,
        EXPONENT,
        FUNCTION
    }
}
