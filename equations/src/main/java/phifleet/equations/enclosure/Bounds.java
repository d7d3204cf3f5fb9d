package phifleet.equations.enclosure;

/**
 * A closed real interval that holds the true value. Every operation rounds outwards, by Moore's rules; where a result is exact in binary it
 * stays a point, so that an exact 0 is known to be one.
 *
 * <p>Sources: R. E. Moore, Methods and Applications of Interval Analysis, 1979; the error-free sum and product are Knuth's and that of the
 * fused multiply-add. {@link StrictMath} promises 1 ulp for exp, log, sin, cos and atan and 2.5 for sinh and cosh; {@link #ULPS} are taken.
 */
record Bounds(double low, double high) {
    static final Bounds ZERO = point(0);
    static final Bounds ONE = point(1);
    static final Bounds PI = new Bounds(Math.nextDown(Math.PI), Math.nextUp(Math.PI));
    static final Bounds E = new Bounds(Math.nextDown(Math.E), Math.nextUp(Math.E));

    /** Units in the last place by which a library function is taken to be off. */
    private static final int ULPS = 4;
    /** Beyond this an angle is not reduced with certainty. */
    private static final double MAX_ANGLE = 1e6;

    static Bounds point(double value) {
        return of(value, value);
    }

    /** Of finite ends. */
    static Bounds of(double low, double high) {
        if (!(low <= high) || Double.isInfinite(low) || Double.isInfinite(high)) {
            throw new Unbounded("out of range");
        }
        return new Bounds(low, high);
    }

    /** The hull of a value of a library function at both ends of an interval on which it is monotone. */
    private static Bounds rounded(double low, double high) {
        return of(low - ULPS * Math.ulp(low), high + ULPS * Math.ulp(high));
    }

    boolean isZero() {
        return low == 0 && high == 0;
    }

    boolean isPoint() {
        return low == high;
    }

    boolean mayBeZero() {
        return low <= 0 && high >= 0;
    }

    boolean meets(Bounds other) {
        return low <= other.high && other.low <= high;
    }

    double middle() {
        return low / 2 + high / 2;
    }

    double width() {
        return high - low;
    }

    /** The largest absolute value in it. */
    double size() {
        return Math.max(Math.abs(low), Math.abs(high));
    }

    Bounds negate() {
        return new Bounds(-high, -low);
    }

    Bounds hull(Bounds other) {
        return new Bounds(Math.min(low, other.low), Math.max(high, other.high));
    }

    Bounds widened(double by) {
        return of(low - by, high + by);
    }

    Bounds plus(Bounds other) {
        return of(down(sum(low, other.low), lost(low, other.low)), up(sum(high, other.high), lost(high, other.high)));
    }

    Bounds minus(Bounds other) {
        return plus(other.negate());
    }

    private static double sum(double a, double b) {
        return a + b;
    }

    /** The exact error of a sum. */
    private static double lost(double a, double b) {
        double sum = a + b;
        double virtual = sum - a;
        return (a - (sum - virtual)) + (b - virtual);
    }

    private static double down(double value, double lost) {
        return lost == 0 ? value : Math.nextDown(value);
    }

    private static double up(double value, double lost) {
        return lost == 0 ? value : Math.nextUp(value);
    }

    Bounds times(Bounds other) {
        Bounds a = product(low, other.low);
        if (isPoint() && other.isPoint()) {
            return a;
        }
        return a.hull(product(low, other.high)).hull(product(high, other.low)).hull(product(high, other.high));
    }

    private static Bounds product(double a, double b) {
        double product = a * b;
        boolean exact = Math.fma(a, b, -product) == 0 && (product == 0 ? a == 0 || b == 0 : Math.abs(product) > 1e-290);
        return exact ? of(product, product) : of(Math.nextDown(product), Math.nextUp(product));
    }

    Bounds dividedBy(Bounds other) {
        if (other.mayBeZero()) {
            throw new Unbounded("a division by what may be 0");
        }
        Bounds a = quotient(low, other.low);
        if (isPoint() && other.isPoint()) {
            return a;
        }
        return a.hull(quotient(low, other.high)).hull(quotient(high, other.low)).hull(quotient(high, other.high));
    }

    private static Bounds quotient(double a, double b) {
        double quotient = a / b;
        boolean exact = a == 0 || (Math.fma(quotient, b, -a) == 0 && Math.abs(quotient) > 1e-290);
        return exact ? of(quotient, quotient) : of(Math.nextDown(quotient), Math.nextUp(quotient));
    }

    Bounds exp() {
        if (isZero()) {
            return ONE;
        }
        Bounds rounded = rounded(StrictMath.exp(low), StrictMath.exp(high));
        return of(Math.max(0, rounded.low), rounded.high);
    }

    Bounds log() {
        if (low <= 0) {
            throw new Unbounded("the logarithm of what may not be positive");
        }
        return low == 1 && high == 1 ? ZERO : rounded(StrictMath.log(low), StrictMath.log(high));
    }

    Bounds sqrt() {
        if (low < 0) {
            throw new Unbounded("the root of what may be negative");
        }
        double a = Math.sqrt(low);
        double b = Math.sqrt(high);
        return of(a * a == low ? a : Math.max(0, Math.nextDown(a)), b * b == high ? b : Math.nextUp(b));
    }

    Bounds sin() {
        return isZero() ? ZERO : minus(new Bounds(PI.low / 2, PI.high / 2)).cos();
    }

    Bounds cos() {
        if (isZero()) {
            return ONE;
        }
        if (width() >= 2 * Math.PI || size() > MAX_ANGLE) {
            return new Bounds(-1, 1);
        }
        double a = StrictMath.cos(low);
        double b = StrictMath.cos(high);
        double least = Math.min(a, b) - ULPS * Math.ulp(1.0);
        double most = Math.max(a, b) + ULPS * Math.ulp(1.0);
        // An extreme lies at a multiple of π: even ones are tops, odd ones bottoms. The ends are widened for safety.
        long first = (long) Math.floor(low / Math.PI - 1e-9);
        long last = (long) Math.ceil(high / Math.PI + 1e-9);
        for (long k = first; k <= last; k++) {
            double at = k * Math.PI;
            if (at >= low - 1e-9 && at <= high + 1e-9 && (width() > 1e-8 || (at >= low && at <= high))) {
                most = k % 2 == 0 ? 1 : most;
                least = k % 2 == 0 ? least : -1;
            }
        }
        return of(Math.max(-1, least), Math.min(1, most));
    }

    Bounds atan() {
        return isZero() ? ZERO : rounded(StrictMath.atan(low), StrictMath.atan(high));
    }

    Bounds asin() {
        if (low < -1 || high > 1) {
            throw new Unbounded("an arc sine beyond 1");
        }
        return isZero() ? ZERO : rounded(StrictMath.asin(low), StrictMath.asin(high));
    }

    Bounds abs() {
        return low >= 0 ? this : high <= 0 ? negate() : new Bounds(0, Math.max(-low, high));
    }

    /** The power by a real exponent of what is positive; 0 to a positive power is 0. */
    Bounds power(Bounds exponent) {
        if (low == 0 && exponent.low > 0) {
            return high == 0 ? ZERO : ZERO.hull(point(high).power(exponent));
        }
        return log().times(exponent).exp();
    }

    Bounds power(int exponent) {
        if (exponent < 0) {
            return ONE.dividedBy(power(-exponent));
        }
        if (exponent % 2 == 0 && mayBeZero() && !isPoint()) {
            Bounds size = abs();
            return ZERO.hull(point(size.high).power(exponent));
        }
        Bounds result = ONE;
        Bounds square = exponent % 2 == 0 ? abs() : this;
        for (int rest = exponent; rest > 0; rest >>= 1) {
            result = (rest & 1) == 1 ? result.times(square) : result;
            square = rest > 1 ? square.times(square) : square;
        }
        return result;
    }
}
