package phifleet.equations.exact;

import java.util.Map;
import java.util.Optional;

/**
 * Square roots of a + b√n that are sums of two simple roots: √(5 + 2√6) = √2 + √3.
 *
 * <p>Where a > 0 and a² − b²n is the square of a rational r, the root is √x ± √y with x, y = (a ± r)/2 and the sign of b.
 */
final class Denesting {
    private Denesting() {}

    /** The principal square root, where it is such a sum. */
    static Optional<Polynomial> root(Polynomial sum) {
        Rational a = sum.terms().get(Monomial.ONE);
        if (sum.size() != 2 || a == null || a.signum() <= 0) {
            return Optional.empty();
        }
        for (Map.Entry<Monomial, Rational> term : sum.terms().entrySet()) {
            Optional<Rational> square = square(term.getKey(), term.getValue());
            if (!term.getKey().isOne() && square.isPresent()) {
                return a.times(a)
                        .minus(square.get())
                        .sqrt()
                        .map(r -> simple(a.plus(r))
                                .plus(simple(a.minus(r))
                                        .times(Rational.of(term.getValue().signum()))));
            }
        }
        return Optional.empty();
    }

    /** (b√n)², where the monomial is a product of square roots of primes. */
    private static Optional<Rational> square(Monomial monomial, Rational b) {
        Rational square = b.times(b);
        for (Monomial.Factor factor : monomial.factors()) {
            if (!(factor.kernel() instanceof Kernel.Prime prime)
                    || !factor.exponent().equals(Rational.HALF)) {
                return Optional.empty();
            }
            square = square.times(Rational.of(prime.value()));
        }
        return Optional.of(square);
    }

    /** √(twice/2) of a positive number. */
    private static Polynomial simple(Rational twice) {
        return Powers.rootOfNumber(twice.times(Rational.HALF), Rational.HALF).numerator();
    }
}
