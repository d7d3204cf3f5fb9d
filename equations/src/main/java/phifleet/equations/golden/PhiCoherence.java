package phifleet.equations.golden;

import java.util.List;

/**
 * The mean score of the witnesses.
 *
 * @param value between 0 and 1; 0 without any witness
 * @param witnesses what was scored
 */
public record PhiCoherence(double value, List<Witness> witnesses) {
    public PhiCoherence {
        witnesses = List.copyOf(witnesses);
    }

    /**
     * A number that speaks for or against φ.
     *
     * @param what the number as found, such as {@code 1/2+sqrt(5)/2} or {@code 1.618}
     * @param kind where it was found
     * @param score between 0 and 1; 1 for a number of Q(√5) that is not rational
     */
    public record Witness(String what, Kind kind, double score) {}

    /** Where a witness was found. */
    public enum Kind {
        /** A part without symbols whose value is irrational. */
        CLOSED_EXPRESSION,
        /** A root of the equation, where that is a polynomial of degree 2 to 6 in one symbol. */
        ROOT,
        /** A decimal of four or more significant digits. */
        DECIMAL
    }

    static PhiCoherence of(List<Witness> witnesses) {
        double mean = witnesses.stream().mapToDouble(Witness::score).average().orElse(0);
        return new PhiCoherence(mean, witnesses);
    }
}
