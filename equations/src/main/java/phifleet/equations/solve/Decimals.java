package phifleet.equations.solve;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Doubles for people. */
final class Decimals {
    /** Significant digits: what a double surely holds. */
    private static final MathContext DIGITS = new MathContext(12);

    private Decimals() {}

    /** No more of them than are sure of a value that is at most {@code off} away; all twelve where it is nearer than they tell. */
    static String text(double value, double off) {
        int sure = off > 0 ? (int) Math.floor(-Math.log10(2 * off)) : DIGITS.getPrecision();
        BigDecimal exact = new BigDecimal(value, DIGITS);
        return sure < exact.scale() ? plain(exact.setScale(sure, RoundingMode.HALF_EVEN)) : plain(exact);
    }

    /** Twelve significant digits without trailing zeros, such as {@code 0.739085133215}. */
    static String text(double value) {
        return plain(new BigDecimal(value, DIGITS));
    }

    private static String plain(BigDecimal value) {
        BigDecimal rounded = value.stripTrailingZeros();
        return Math.abs(rounded.scale()) > 15 ? rounded.toString() : rounded.toPlainString();
    }
}
