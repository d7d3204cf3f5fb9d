package phifleet.equations.exact;

import java.util.Map;
import java.util.Optional;
import phifleet.equations.budget.Budget;

/** Sums of square roots of integers, with i among them: their reciprocals, by conjugates. */
final class Surds {
    /** Square roots in one sum; each may double the terms of the conjugates. */
    private static final int MAX_ROOTS = 6;

    private Surds() {}

    /** 1 over {@code sum}, where it is a non-zero rational combination of square roots. */
    static Optional<Polynomial> reciprocal(Polynomial sum, Budget budget) {
        if (sum.isZero() || !isSurd(sum)) {
            return Optional.empty();
        }
        Polynomial rest = sum;
        Polynomial conjugates = Polynomial.ONE;
        for (int i = 0; i <= MAX_ROOTS; i++) {
            Optional<Rational> number = rest.asRational();
            if (number.isPresent()) {
                return number.get().isZero()
                        ? Optional.empty()
                        : Optional.of(conjugates.times(number.get().reciprocal()));
            }
            Kernel root = someRoot(rest);
            Polynomial conjugate = rest.mapTerms(term -> Polynomial.of(
                    term.monomial().exponent(root).isZero()
                            ? term.coefficient()
                            : term.coefficient().negate(),
                    term.monomial()));
            conjugates = conjugates.times(conjugate, budget);
            rest = rest.times(conjugate, budget);
        }
        return Optional.empty();
    }

    private static boolean isSurd(Polynomial sum) {
        return sum.terms().keySet().stream()
                .flatMap(monomial -> monomial.factors().stream())
                .allMatch(factor ->
                        (factor.kernel() instanceof Kernel.Prime || factor.kernel() instanceof Kernel.MinusOne)
                                && factor.exponent().equals(Rational.HALF));
    }

    private static Kernel someRoot(Polynomial sum) {
        for (Map.Entry<Monomial, Rational> entry : sum.terms().entrySet()) {
            if (!entry.getKey().isOne()) {
                return entry.getKey().factors().getFirst().kernel();
            }
        }
        throw new IllegalArgumentException("a rational number: " + sum);
    }
}
