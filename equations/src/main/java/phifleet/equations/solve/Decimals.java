package phifleet.equations.solve;

import java.math.BigDecimal;
import java.math.MathContext;

/** Doubles for people. */
final class Decimals {
    /** Significant digits: what a double surely holds. */
    private static final MathContext DIGITS = new MathContext(12);

    private Decimals() {}

    /** Twelve significant digits without trailing zeros, such as {@code 0.739085133215}. */
    static String text(double value) {
        BigDecimal rounded = new BigDecimal(value, DIGITS).stripTrailingZeros();
        return Math.abs(rounded.scale()) > 15 ? rounded.toString() : rounded.toPlainString();
    }
}
