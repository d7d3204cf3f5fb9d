package phifleet.equations.exact;

/** What the normal form says about an equation. */
public sealed interface Proof {

    /** The sides are equal wherever both are defined. */
    record Proved() implements Proof {}

    /** The sides differ by a number that is not 0: they are equal nowhere. */
    record Refuted(Rational difference) implements Proof {}

    /**
     * Neither can be seen.
     *
     * @param reason a short clause, such as "the difference is no visible zero"
     */
    record Open(String reason) implements Proof {}
}
