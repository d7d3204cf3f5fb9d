package phifleet.equations.identity;

/** What was found of {@code left = right} as a claim about all values of its symbols. */
public sealed interface IdentityOutcome {

    /** The sides have one normal form: they are equal wherever both are defined. */
    record Proved() implements IdentityOutcome {}

    /**
     * The sides agree at random points within the error bounds of the calculation, and with many digits at some of them.
     *
     * @param points how many points told; 64 or more, or 1 where there are no symbols
     */
    record Agreed(int points) implements IdentityOutcome {}

    /**
     * The sides are equal on a part of the values only, as {@code √(x²) = x} is.
     *
     * @param domain where, such as {@code x > 0} or {@code -pi/2 <= x <= pi/2}
     * @param everyReal whether that is all real numbers, so that others alone are outside
     * @param proved whether it was proved there, or else agreed on at {@code points} points
     * @param points how many points told
     * @param outside a point out of the domain where the sides differ
     */
    record OnDomain(String domain, boolean everyReal, boolean proved, int points, Counterexample outside)
            implements IdentityOutcome {}

    /**
     * The sides differ at a point, and on no domain that was tried are they equal. They may still be equal at single points.
     *
     * @param everywhere whether they are equal at none: their difference is a number other than 0
     */
    record Refuted(Counterexample counterexample, boolean everywhere) implements IdentityOutcome {
        public Refuted(Counterexample counterexample) {
            this(counterexample, false);
        }
    }

    /**
     * Cannot be told.
     *
     * @param reason a short clause, such as "an unknown function"
     */
    record Undetermined(String reason) implements IdentityOutcome {}
}
