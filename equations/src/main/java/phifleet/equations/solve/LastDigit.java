package phifleet.equations.solve;

import java.math.BigDecimal;

/** How exact a number is by the way it is written. */
public final class LastDigit {
    private LastDigit() {}

    /** The value of one in the last digit that is sure: zeros at the end of a whole number may be rounding, 300000 has one. */
    public static BigDecimal unit(BigDecimal number) {
        return number.scale() > 0 || number.signum() == 0
                ? number.ulp()
                : number.stripTrailingZeros().ulp();
    }

    /** How many digits are sure. */
    public static int significant(BigDecimal number) {
        return number.scale() > 0 || number.signum() == 0
                ? number.precision()
                : number.stripTrailingZeros().precision();
    }
}
