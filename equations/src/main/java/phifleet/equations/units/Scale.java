package phifleet.equations.units;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Optional;

/**
 * An exact scale factor: a rational number times an integer power of π (a degree is π/180, a parsec 648000/π au).
 *
 * @param denominator positive, and coprime to the numerator
 */
public record Scale(BigInteger numerator, BigInteger denominator, int piExponent) {
    public static final Scale ONE = new Scale(BigInteger.ONE, BigInteger.ONE, 0);

    /** Bits past which a factor is refused, so that {@code 10^999999999} costs nothing. */
    private static final int MAX_BITS = 4096;

    public Scale {
        if (denominator.signum() == 0) {
            throw new ArithmeticException("division by zero in a scale factor");
        }
        if (numerator.bitLength() > MAX_BITS || denominator.bitLength() > MAX_BITS) {
            throw new ArithmeticException("scale factor out of range");
        }
        BigInteger divisor = numerator.gcd(denominator);
        if (denominator.signum() < 0) {
            divisor = divisor.negate();
        }
        if (!divisor.equals(BigInteger.ONE)) {
            numerator = numerator.divide(divisor);
            denominator = denominator.divide(divisor);
        }
    }

    /** An exact decimal, such as 1.602176634e-19. */
    public static Scale of(BigDecimal value) {
        if (Math.abs((long) value.scale()) > MAX_BITS / 4) {
            throw new ArithmeticException("scale factor out of range");
        }
        return value.scale() <= 0
                ? new Scale(value.toBigIntegerExact(), BigInteger.ONE, 0)
                : new Scale(value.unscaledValue(), BigInteger.TEN.pow(value.scale()), 0);
    }

    static Scale pi() {
        return new Scale(BigInteger.ONE, BigInteger.ONE, 1);
    }

    public Scale times(Scale other) {
        return new Scale(
                numerator.multiply(other.numerator),
                denominator.multiply(other.denominator),
                Math.addExact(piExponent, other.piExponent));
    }

    public Scale over(Scale other) {
        return times(other.pow(-1));
    }

    /** This factor to an integer power. */
    public Scale pow(int exponent) {
        long size = (long) Math.absExact(exponent) * Math.max(numerator.bitLength(), denominator.bitLength());
        if (size > 2L * MAX_BITS && !(numerator.equals(BigInteger.ONE) && denominator.equals(BigInteger.ONE))) {
            throw new ArithmeticException("scale factor out of range");
        }
        int power = Math.absExact(exponent);
        BigInteger top = numerator.equals(BigInteger.ONE) ? numerator : numerator.pow(power);
        BigInteger bottom = denominator.equals(BigInteger.ONE) ? denominator : denominator.pow(power);
        int pi = Math.multiplyExact(piExponent, exponent);
        return exponent < 0 ? new Scale(bottom, top, pi) : new Scale(top, bottom, pi);
    }

    /** The {@code n}-th root (n positive) where it is exact, else empty. */
    public Optional<Scale> root(int n) {
        if (n == 1 || equals(ONE)) {
            return Optional.of(this);
        }
        if (piExponent % n != 0 || numerator.signum() <= 0) {
            return Optional.empty();
        }
        BigInteger top = integerRoot(numerator, n);
        BigInteger bottom = integerRoot(denominator, n);
        boolean exact = top.pow(n).equals(numerator) && bottom.pow(n).equals(denominator);
        return exact ? Optional.of(new Scale(top, bottom, piExponent / n)) : Optional.empty();
    }

    /** The largest integer whose n-th power does not pass the value, by bisection. */
    private static BigInteger integerRoot(BigInteger value, int n) {
        if (n > MAX_BITS) {
            return BigInteger.ONE;
        }
        BigInteger low = BigInteger.ONE;
        BigInteger high = BigInteger.ONE.shiftLeft(value.bitLength() / n + 1);
        while (low.compareTo(high) < 0) {
            BigInteger middle = low.add(high).add(BigInteger.ONE).shiftRight(1);
            if (middle.pow(n).compareTo(value) <= 0) {
                low = middle;
            } else {
                high = middle.subtract(BigInteger.ONE);
            }
        }
        return low;
    }

    public double doubleValue() {
        double rational = new BigDecimal(numerator)
                .divide(new BigDecimal(denominator), MathContext.DECIMAL64)
                .doubleValue();
        return rational * Math.pow(Math.PI, piExponent);
    }
}
