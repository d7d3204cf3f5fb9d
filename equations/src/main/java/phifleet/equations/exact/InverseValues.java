package phifleet.equations.exact;

import java.math.BigInteger;
import java.util.Map;

/** Angles, as multiples of π, of the sines and tangents that are square roots; keyed by {@link Fraction#key}. */
final class InverseValues {
    private static final Rational ROOT = Rational.HALF;

    static final Map<String, Rational> ARCSINES = Map.of(
            Fraction.ONE.key(), Rational.HALF,
            Fraction.of(Rational.HALF).key(), Rational.of(1, 6),
            root(2, Rational.HALF), Rational.of(1, 4),
            root(3, Rational.HALF), Rational.of(1, 3));

    static final Map<String, Rational> ARCTANGENTS = Map.of(
            Fraction.ONE.key(), Rational.of(1, 4),
            root(3, Rational.ONE), Rational.of(1, 3),
            root(3, Rational.of(1, 3)), Rational.of(1, 6));

    private InverseValues() {}

    private static String root(long of, Rational factor) {
        Kernel prime = new Kernel.Prime(BigInteger.valueOf(of));
        return Fraction.of(Polynomial.of(factor, Monomial.of(prime, ROOT))).key();
    }
}
