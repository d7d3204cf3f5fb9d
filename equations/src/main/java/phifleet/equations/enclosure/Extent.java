package phifleet.equations.enclosure;

/**
 * All values of a real function on an interval, which may reach to infinity. Operations round outwards.
 *
 * <p>Unlike {@link Bounds} it never gives up where a function is not defined everywhere: it holds the values where it is, and says so.
 *
 * @param low NaN where there is no value at all
 * @param whole whether the function is defined, and so continuous, on the whole interval
 */
record Extent(double low, double high, boolean whole) {
    private static final double INFINITE = Double.POSITIVE_INFINITY;
    /** Units in the last place by which a library function is taken to be off. */
    private static final int ULPS = 4;

    /** Numbers whose products are far from the ends of what a double holds. */
    private static final double SMALL = 1e100;

    static final Extent NONE = new Extent(Double.NaN, Double.NaN, false);

    static Extent of(double low, double high) {
        return new Extent(low, high, true);
    }

    static Extent of(Bounds bounds) {
        return of(bounds.low(), bounds.high());
    }

    /** Without a point in it. */
    boolean isNone() {
        return Double.isNaN(low);
    }

    /** A point with which numbers are calculated as exactly as can be. */
    private boolean isSmallPoint() {
        return low == high && Math.abs(low) < SMALL && (low == 0 || Math.abs(low) > 1 / SMALL);
    }

    private Extent whole(boolean defined) {
        return new Extent(low, high, defined);
    }

    private boolean isFinite() {
        return Double.isFinite(low) && Double.isFinite(high);
    }

    Bounds bounds() {
        return Bounds.of(low, high);
    }

    /** Whether 0 may be among the values. */
    boolean mayBeZero() {
        return low <= 0 && high >= 0;
    }

    /** 1 or −1 where all values, if there are any, have that sign; else 0. */
    int sign() {
        return low > 0 ? 1 : high < 0 ? -1 : 0;
    }

    private static Extent rounded(double low, double high, boolean whole) {
        return new Extent(
                Double.isNaN(low) ? -INFINITE : Math.nextDown(low),
                Double.isNaN(high) ? INFINITE : Math.nextUp(high),
                whole);
    }

    private static Extent library(double low, double high, boolean whole) {
        double below = Double.isFinite(low) ? low - ULPS * Math.ulp(low) : low;
        double above = Double.isFinite(high) ? high + ULPS * Math.ulp(high) : high;
        return rounded(below, above, whole);
    }

    private Extent within(double least, double most) {
        return isNone() ? this : new Extent(Math.max(least, low), Math.min(most, high), whole);
    }

    Extent negate() {
        return new Extent(-high, -low, whole);
    }

    Extent plus(Extent other) {
        if (isSmallPoint() && other.isSmallPoint()) {
            return of(bounds().plus(other.bounds())).whole(whole && other.whole);
        }
        return isNone() || other.isNone() ? NONE : rounded(low + other.low, high + other.high, whole && other.whole);
    }

    Extent times(Extent other) {
        if (isNone() || other.isNone()) {
            return NONE;
        }
        if (isSmallPoint() && other.isSmallPoint()) {
            return of(bounds().times(other.bounds())).whole(whole && other.whole);
        }
        double a = product(low, other.low);
        double b = product(low, other.high);
        double c = product(high, other.low);
        double d = product(high, other.high);
        return rounded(
                Math.min(Math.min(a, b), Math.min(c, d)),
                Math.max(Math.max(a, b), Math.max(c, d)),
                whole && other.whole);
    }

    /** The values do not reach infinity, so that 0 of them is 0. */
    private static double product(double a, double b) {
        return a == 0 || b == 0 ? 0 : a * b;
    }

    Extent dividedBy(Extent other) {
        return isSmallPoint() && other.isSmallPoint() && other.low != 0
                ? of(bounds().dividedBy(other.bounds())).whole(whole && other.whole)
                : times(other.reciprocal());
    }

    private Extent reciprocal() {
        if (isNone() || (low == 0 && high == 0)) {
            return NONE;
        }
        if (low > 0 || high < 0) {
            return rounded(1 / high, 1 / low, whole);
        }
        return low == 0
                ? rounded(1 / high, INFINITE, false)
                : high == 0 ? rounded(-INFINITE, 1 / low, false) : new Extent(-INFINITE, INFINITE, false);
    }

    Extent power(int exponent) {
        if (isNone()) {
            return NONE;
        }
        if (exponent < 0) {
            return power(-exponent).reciprocal();
        }
        if (exponent == 0) {
            return new Extent(1, 1, whole);
        }
        double a = StrictMath.pow(low, exponent);
        double b = StrictMath.pow(high, exponent);
        if (exponent % 2 == 1) {
            return library(a, b, whole);
        }
        return library(mayBeZero() ? 0 : Math.min(a, b), Math.max(a, b), whole).within(0, INFINITE);
    }

    /** Of positive numbers; what a power of others is, conventions differ in. */
    Extent power(Extent exponent) {
        if (low < 0) {
            throw new Unbounded("a power of what may be negative");
        }
        return log().times(exponent).exp();
    }

    Extent sqrt() {
        return high < 0 || isNone()
                ? NONE
                : rounded(Math.sqrt(Math.max(0, low)), Math.sqrt(high), whole && low >= 0)
                        .within(0, INFINITE);
    }

    Extent exp() {
        return isNone()
                ? NONE
                : library(StrictMath.exp(low), StrictMath.exp(high), whole).within(0, INFINITE);
    }

    Extent log() {
        return high <= 0 || isNone()
                ? NONE
                : library(StrictMath.log(Math.max(0, low)), StrictMath.log(high), whole && low > 0);
    }

    Extent sin() {
        return isNone() ? NONE : isFinite() ? of(bounds().sin()).whole(whole) : new Extent(-1, 1, whole);
    }

    Extent cos() {
        return isNone() ? NONE : isFinite() ? of(bounds().cos()).whole(whole) : new Extent(-1, 1, whole);
    }

    Extent atan() {
        return isNone() ? NONE : library(StrictMath.atan(low), StrictMath.atan(high), whole);
    }

    Extent asin() {
        return low > 1 || high < -1 || isNone()
                ? NONE
                : library(
                        StrictMath.asin(Math.max(-1, low)),
                        StrictMath.asin(Math.min(1, high)),
                        whole && low >= -1 && high <= 1);
    }

    Extent abs() {
        return isNone() || low >= 0 ? this : high <= 0 ? negate() : new Extent(0, Math.max(-low, high), whole);
    }
}
