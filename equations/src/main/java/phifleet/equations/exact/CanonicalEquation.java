package phifleet.equations.exact;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import phifleet.equations.ast.Expr;
import phifleet.equations.budget.Budget;

/**
 * An equation as a polynomial that is 0, without common monomial and up to a number: {@code E = m c²}, {@code m = E/c²} and {@code E/m = c²}
 * are the same, and so are {@code v = √(2E/m)} and {@code E = ½ m v²}.
 *
 * <p>Symbols count as positive quantities: {@code √(x y)} is {@code √x √y}. An equation of two terms is raised to the power that makes its
 * exponents coprime integers. Equal by content; see {@link Renaming} for equality up to names.
 *
 * @param polynomial the left side of {@code polynomial = 0}: coprime integer coefficients, the leading one positive
 */
public record CanonicalEquation(Polynomial polynomial) {
    /** The highest power to which both sides are raised. */
    private static final int MAX_POWER = 12;
    /** Roots of roots that are cleared. */
    private static final int MAX_ROUNDS = 3;
    /** Steps for one equation, some 3 ms at most. */
    private static final long STEP_LIMIT = 20_000;

    /**
     * The canonical form of {@code left = right}.
     *
     * @return empty where it says nothing (both sides are the same), is a number, or grows too large
     */
    public static Optional<CanonicalEquation> of(Expr left, Expr right, Budget budget) {
        try {
            Normalizer normalizer = new Normalizer(Domain.physical(), budget.part(STEP_LIMIT));
            Fraction difference = normalizer.difference(left, right);
            if (difference.isNumber() || normalizer.isZero(difference)) {
                return Optional.empty();
            }
            return Optional.of(new CanonicalEquation(clear(difference.numerator(), normalizer, MAX_ROUNDS)));
        } catch (TooComplex | Budget.Spent e) {
            return Optional.empty();
        }
    }

    private static Polynomial clear(Polynomial sum, Normalizer normalizer, int rounds) {
        Polynomial reduced = withoutContent(sum);
        if (reduced.size() != 2 || rounds == 0) {
            return scaled(reduced);
        }
        FractionField field = normalizer.field();
        Monomial.Term first = reduced.leading();
        Monomial.Term second = reduced.minus(Polynomial.of(first)).leading();
        Monomial.Term ratio = first.monomial()
                .times(second.monomial().power(Rational.MINUS_ONE).monomial());
        Monomial quantities = ratio.monomial().only(kernel -> !kernel.isNumber());
        Optional<Rational> power = coprime(quantities);
        if (power.isEmpty() || power.get().equals(Rational.ONE)) {
            return scaled(reduced);
        }
        Powers powers = new Powers(field, Domain.physical());
        Fraction left = powers.power(Fraction.of(Polynomial.of(first)), power.get());
        Fraction right = powers.power(Fraction.of(Polynomial.of(second).times(Rational.MINUS_ONE)), power.get());
        return clear(field.minus(left, right).numerator(), normalizer, rounds - 1);
    }

    /** The positive power that makes the exponents coprime integers; empty where it would be too high or lose a sign. */
    private static Optional<Rational> coprime(Monomial quantities) {
        BigInteger common = BigInteger.ONE;
        BigInteger shared = BigInteger.ZERO;
        for (Monomial.Factor factor : quantities.factors()) {
            BigInteger denominator = factor.exponent().denominator();
            common = common.divide(common.gcd(denominator)).multiply(denominator);
        }
        for (Monomial.Factor factor : quantities.factors()) {
            Rational whole = factor.exponent().times(Rational.of(common));
            shared = shared.gcd(whole.numerator());
        }
        if (shared.signum() == 0 || common.bitLength() > 8 || common.intValue() > MAX_POWER) {
            return Optional.empty();
        }
        return Optional.of(Rational.of(common, shared));
    }

    private static Polynomial withoutContent(Polynomial sum) {
        Monomial.Term inverse = Contents.monomial(sum).power(Rational.MINUS_ONE);
        return sum.times(inverse);
    }

    /** Coprime integer coefficients, the leading one positive. */
    private static Polynomial scaled(Polynomial sum) {
        Rational content = Contents.number(sum);
        Rational signed = sum.leading().coefficient().signum() < 0 ? content.negate() : content;
        return sum.times(signed.reciprocal());
    }

    /** The names of all symbols, those inside functions included. */
    public Set<String> symbols() {
        Set<String> names = new TreeSet<>();
        Names.collect(polynomial, names);
        return names;
    }

    /** The same equation in other names; a name that is not in the map stays. */
    public CanonicalEquation renamed(Map<String, String> names) {
        return renamed(name -> names.getOrDefault(name, name));
    }

    CanonicalEquation renamed(UnaryOperator<String> names) {
        return new CanonicalEquation(scaled(Names.rename(polynomial, names)));
    }

    /**
     * What is left when names and numbers are taken away: equal for equations that differ in names or in factors only. Good as the key of
     * an index of laws.
     */
    public String shape() {
        return Names.shape(polynomial);
    }

    @Override
    public String toString() {
        return polynomial + "=0";
    }
}
