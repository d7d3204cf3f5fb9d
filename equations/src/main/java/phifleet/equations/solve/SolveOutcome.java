package phifleet.equations.solve;

import java.util.List;

/** For which values a statement holds. */
public sealed interface SolveOutcome {

    /**
     * It holds, without any condition that was seen.
     *
     * @param how such as {@code 3.14159265359 and 3.14 agree to the digits written}
     * @param points where it was tried; 0 where it was decided exactly
     */
    record Holds(String how, int points) implements SolveOutcome {}

    /**
     * It fails: two numbers differ, or an inequality is false at every point tried.
     *
     * @param left the left side, in decimals
     * @param right the right side
     * @param why a short clause
     */
    record Fails(String left, String right, String why) implements SolveOutcome {
        /** Why two numbers are not equal that may be meant to be nearly so. */
        public static final String ROUNDED = "the sides agree to the digits written only: that is ≈";
    }

    /**
     * Two numbers, of which one is a decimal and is the other one rounded to its digits.
     *
     * @param value of the side that is not rounded, in decimals
     * @param digits that are written of the other, significant ones
     */
    record Rounds(String value, int digits) implements SolveOutcome {}

    /**
     * It holds for these values of one symbol.
     *
     * @param symbol its canonical name
     * @param values ASCII, exact where {@code exact}; the real ones first
     * @param certainty what is known of every value
     * @param complete whether there are no others
     * @param residual the largest |left − right| at them, relative to the sides; 0 for exact values
     * @param others what is known of other values, as a clause
     * @param real whether a real number is among them
     */
    record Values(
            String symbol,
            List<String> values,
            Certainty certainty,
            boolean complete,
            double residual,
            String others,
            boolean real)
            implements SolveOutcome {
        /** How sure values are. */
        public enum Certainty {
            EXACT,
            /** Each is near to a solution for certain; its decimals are rounded. */
            PROVED,
            /** They look like solutions. */
            SEEN
        }

        public Values {
            values = List.copyOf(values);
        }
    }

    /**
     * It says what one symbol is.
     *
     * @param expression what {@code symbol} equals, ASCII, without {@code symbol} itself
     */
    record Isolated(String symbol, String expression) implements SolveOutcome {}

    /**
     * It holds on a part of the points tried.
     *
     * @param domain such as {@code x > 2}
     */
    record OnDomain(String domain, int points) implements SolveOutcome {}

    /** It holds for no value. */
    record NoSolution(String why) implements SolveOutcome {}

    /** Cannot be told. */
    record Undetermined(String reason) implements SolveOutcome {}
}
