package phifleet.equations.exact;

import java.math.BigInteger;
import java.util.Optional;

/**
 * The number a + b√5 with rational a and b: the field of the golden ratio φ = (1 + √5)/2.
 *
 * @param rational a
 * @param surd b
 */
public record Sqrt5(Rational rational, Rational surd) implements Comparable<Sqrt5> {
    static final Monomial ROOT = Monomial.of(new Kernel.Prime(BigInteger.valueOf(5)), Rational.HALF);

    /** φ. */
    public static final Sqrt5 GOLDEN = new Sqrt5(Rational.HALF, Rational.HALF);

    public static Sqrt5 of(Rational rational) {
        return new Sqrt5(rational, Rational.ZERO);
    }

    public Sqrt5 plus(Sqrt5 other) {
        return new Sqrt5(rational.plus(other.rational), surd.plus(other.surd));
    }

    public Sqrt5 minus(Sqrt5 other) {
        return new Sqrt5(rational.minus(other.rational), surd.minus(other.surd));
    }

    public Sqrt5 times(Sqrt5 other) {
        Rational five = Rational.of(5);
        return new Sqrt5(
                rational.times(other.rational).plus(five.times(surd).times(other.surd)),
                rational.times(other.surd).plus(surd.times(other.rational)));
    }

    /** a² − 5b²: 0 only for 0. */
    public Rational norm() {
        return rational.times(rational).minus(Rational.of(5).times(surd).times(surd));
    }

    public Sqrt5 reciprocal() {
        Rational norm = norm();
        return new Sqrt5(rational.dividedBy(norm), surd.negate().dividedBy(norm));
    }

    public boolean isRational() {
        return surd.isZero();
    }

    public int signum() {
        int a = rational.signum();
        int b = surd.signum();
        return a == b || b == 0 ? a : a == 0 ? b : norm().signum() * a;
    }

    /** The square root, where it lies in Q(√5) too. */
    public Optional<Sqrt5> sqrt() {
        if (signum() < 0) {
            return Optional.empty();
        }
        if (isRational()) {
            Optional<Sqrt5> plain = rational.sqrt().map(Sqrt5::of);
            return plain.isPresent()
                    ? plain
                    : rational.dividedBy(Rational.of(5)).sqrt().map(b -> new Sqrt5(Rational.ZERO, b));
        }
        // (x + y√5)² = a + b√5 means x² + 5y² = a, 2xy = b, so that x² = (a ± √(a² − 5b²))/2.
        return norm().sqrt()
                .flatMap(root -> half(rational.plus(root))
                        .sqrt()
                        .or(() -> half(rational.minus(root)).sqrt()))
                .map(x -> new Sqrt5(x, surd.dividedBy(x.plus(x))))
                .map(found -> found.signum() < 0 ? new Sqrt5(found.rational.negate(), found.surd.negate()) : found);
    }

    private static Rational half(Rational value) {
        return value.times(Rational.HALF);
    }

    public double doubleValue() {
        double a = rational.doubleValue();
        double b = surd.doubleValue() * Math.sqrt(5);
        double sum = a + b;
        // Where a and b√5 nearly cancel, the norm over the conjugate keeps the digits.
        return Math.abs(sum) * 16 < Math.abs(a) ? norm().doubleValue() / (a - b) : sum;
    }

    @Override
    public int compareTo(Sqrt5 other) {
        return minus(other).signum();
    }

    /** Such as {@code 1/2+1/2*sqrt(5)}. */
    @Override
    public String toString() {
        if (isRational()) {
            return rational.toString();
        }
        String root = surd.equals(Rational.ONE) ? "sqrt(5)" : surd + "*sqrt(5)";
        return rational.isZero() ? root : rational + (surd.signum() > 0 ? "+" : "") + root;
    }
}
