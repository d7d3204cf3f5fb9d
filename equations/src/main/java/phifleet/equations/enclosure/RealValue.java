package phifleet.equations.enclosure;

/** What is known of the value of an expression at a point. */
public sealed interface RealValue permits Estimate, RealValue.None, RealValue.Infinite, RealValue.Unknown {

    /**
     * It has none, for certain.
     *
     * @param why a short clause
     */
    record None(String why) implements RealValue {}

    /** A limit beyond all bounds. */
    record Infinite(boolean positive) implements RealValue {}

    /** It cannot be told. */
    record Unknown(String why) implements RealValue {}
}
