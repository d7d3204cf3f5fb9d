package phifleet.equations.exact;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An exact fraction in lowest terms with a positive denominator. Immutable, equal by value.
 *
 * <p>Kept in two longs while it fits, which nearly all do, and in two BigIntegers beyond that. Numbers past {@value #MAX_BITS} bits are
 * refused with {@link TooComplex}: no equation that a person writes needs them, and powers of powers would otherwise fill the heap.
 */
public final class Rational implements Comparable<Rational> {
    /** The longest numerator or denominator, in bits. */
    static final int MAX_BITS = 1_024;

    public static final Rational ZERO = new Rational(0, 1, null, null);
    public static final Rational ONE = new Rational(1, 1, null, null);
    public static final Rational MINUS_ONE = new Rational(-1, 1, null, null);
    public static final Rational HALF = new Rational(1, 2, null, null);

    /** Kept big, so that every long here can be negated. */
    private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);

    private final long n;
    private final long d;
    private final @Nullable BigInteger bigN;
    private final @Nullable BigInteger bigD;

    private Rational(long n, long d, @Nullable BigInteger bigN, @Nullable BigInteger bigD) {
        this.n = n;
        this.d = d;
        this.bigN = bigN;
        this.bigD = bigD;
    }

    public static Rational of(long value) {
        if (value == Long.MIN_VALUE) {
            return new Rational(0, 0, LONG_MIN, BigInteger.ONE);
        }
        return value == 0 ? ZERO : value == 1 ? ONE : new Rational(value, 1, null, null);
    }

    public static Rational of(long numerator, long denominator) {
        if (numerator == Long.MIN_VALUE || denominator == Long.MIN_VALUE) {
            return of(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
        }
        if (denominator == 0) {
            throw new ArithmeticException("denominator 0");
        }
        long gcd = gcd(Math.abs(numerator), Math.abs(denominator));
        long sign = denominator < 0 ? -1 : 1;
        return new Rational(sign * numerator / gcd, sign * denominator / gcd, null, null);
    }

    public static Rational of(BigInteger value) {
        return of(value, BigInteger.ONE);
    }

    public static Rational of(BigInteger numerator, BigInteger denominator) {
        if (denominator.signum() == 0) {
            throw new ArithmeticException("denominator 0");
        }
        BigInteger gcd = numerator.gcd(denominator);
        BigInteger signed = denominator.signum() < 0 ? gcd.negate() : gcd;
        BigInteger top = numerator.divide(signed);
        BigInteger bottom = denominator.divide(signed);
        if (top.bitLength() < 64 && bottom.bitLength() < 64 && !top.equals(LONG_MIN)) {
            return new Rational(top.longValue(), bottom.longValue(), null, null);
        }
        if (top.bitLength() > MAX_BITS || bottom.bitLength() > MAX_BITS) {
            throw new TooComplex("number of more than " + MAX_BITS + " bits");
        }
        return new Rational(0, 0, top, bottom);
    }

    /** The decimal, exactly. */
    public static Rational of(BigDecimal value) {
        if (Math.abs((long) value.scale()) > MAX_BITS / 3) {
            throw new TooComplex("number of more than " + MAX_BITS + " bits");
        }
        return value.scale() <= 0
                ? of(value.toBigIntegerExact())
                : of(value.unscaledValue(), BigInteger.TEN.pow(value.scale()));
    }

    private static long gcd(long a, long b) {
        long x = a;
        long y = b;
        while (y != 0) {
            long rest = x % y;
            x = y;
            y = rest;
        }
        return x == 0 ? 1 : x;
    }

    public BigInteger numerator() {
        return bigN == null ? BigInteger.valueOf(n) : bigN;
    }

    public BigInteger denominator() {
        return bigD == null ? BigInteger.valueOf(d) : bigD;
    }

    public Rational plus(Rational other) {
        if (bigN == null && other.bigN == null) {
            if (d == 1 && other.d == 1) {
                long sum = n + other.n;
                if (((n ^ sum) & (other.n ^ sum)) >= 0) {
                    return of(sum);
                }
            } else if (fitsInt(n) && fitsInt(d) && fitsInt(other.n) && fitsInt(other.d)) {
                return of(n * other.d + other.n * d, d * other.d);
            }
        }
        return of(
                numerator().multiply(other.denominator()).add(other.numerator().multiply(denominator())),
                denominator().multiply(other.denominator()));
    }

    public Rational minus(Rational other) {
        return plus(other.negate());
    }

    public Rational times(Rational other) {
        if (bigN == null && other.bigN == null && fitsInt(n) && fitsInt(d) && fitsInt(other.n) && fitsInt(other.d)) {
            return of(n * other.n, d * other.d);
        }
        return of(numerator().multiply(other.numerator()), denominator().multiply(other.denominator()));
    }

    public Rational dividedBy(Rational other) {
        return times(other.reciprocal());
    }

    public Rational reciprocal() {
        if (bigN == null) {
            return of(d, n);
        }
        return of(denominator(), numerator());
    }

    public Rational negate() {
        return bigN == null ? new Rational(-n, d, null, null) : of(numerator().negate(), denominator());
    }

    public Rational abs() {
        return signum() < 0 ? negate() : this;
    }

    /** To an integer power; 0 to a negative power is refused. */
    public Rational pow(int exponent) {
        long bits = (long) Math.abs(exponent)
                * Math.max(numerator().bitLength(), denominator().bitLength());
        if (bits > 2L * MAX_BITS && !equals(ONE) && !equals(MINUS_ONE)) {
            throw new TooComplex("power of more than " + MAX_BITS + " bits");
        }
        int size = Math.abs(exponent);
        Rational power = isInteger() && abs().equals(ONE)
                ? (size % 2 == 0 ? ONE : this)
                : of(numerator().pow(size), denominator().pow(size));
        return exponent < 0 ? power.reciprocal() : power;
    }

    /** The greatest integer that is not greater. */
    public BigInteger floor() {
        if (bigN == null) {
            return BigInteger.valueOf(Math.floorDiv(n, d));
        }
        BigInteger[] parts = numerator().divideAndRemainder(denominator());
        return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }

    /** This minus its {@link #floor}: at least 0, below 1. */
    public Rational fraction() {
        return minus(of(floor()));
    }

    /** The exact square root, where it is rational. */
    public Optional<Rational> sqrt() {
        if (signum() < 0) {
            return Optional.empty();
        }
        BigInteger[] top = numerator().sqrtAndRemainder();
        BigInteger[] bottom = denominator().sqrtAndRemainder();
        return top[1].signum() == 0 && bottom[1].signum() == 0 ? Optional.of(of(top[0], bottom[0])) : Optional.empty();
    }

    public boolean isInteger() {
        return bigN == null ? d == 1 : denominator().equals(BigInteger.ONE);
    }

    public boolean isZero() {
        return bigN == null && n == 0;
    }

    /** The value as an int, where it is an integer of that size. */
    public Optional<Integer> asInt() {
        return bigN == null && d == 1 && fitsInt(n) ? Optional.of((int) n) : Optional.empty();
    }

    /** The value as an int; another is refused with {@link TooComplex}. */
    int toInt() {
        return asInt().orElseThrow(() -> new TooComplex("the exponent " + (bigN == null ? this : "of many digits")));
    }

    /** The length of the longer part, in bits; 0 where both fit into an int. */
    int bits() {
        if (bigN == null) {
            return fitsInt(n) && fitsInt(d) ? 0 : 64;
        }
        return Math.max(numerator().bitLength(), denominator().bitLength());
    }

    public int signum() {
        return bigN == null ? Long.signum(n) : bigN.signum();
    }

    public double doubleValue() {
        if (bigN == null && Math.abs(n) < 1L << 53 && d < 1L << 53) {
            return (double) n / d;
        }
        return new BigDecimal(numerator())
                .divide(new BigDecimal(denominator()), MathContext.DECIMAL64)
                .doubleValue();
    }

    private static boolean fitsInt(long value) {
        return value == (int) value;
    }

    @Override
    public int compareTo(Rational other) {
        if (bigN == null && other.bigN == null && fitsInt(n) && fitsInt(d) && fitsInt(other.n) && fitsInt(other.d)) {
            return Long.compare(n * other.d, other.n * d);
        }
        return numerator()
                .multiply(other.denominator())
                .compareTo(other.numerator().multiply(denominator()));
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof Rational other
                && n == other.n
                && d == other.d
                && Objects.equals(bigN, other.bigN)
                && Objects.equals(bigD, other.bigD);
    }

    @Override
    public int hashCode() {
        return bigN == null
                ? Long.hashCode(n * 31 + d)
                : numerator().hashCode() * 31 + denominator().hashCode();
    }

    /** {@code 3} or {@code -3/4}. */
    @Override
    public String toString() {
        return isInteger() ? numerator().toString() : numerator() + "/" + denominator();
    }
}
