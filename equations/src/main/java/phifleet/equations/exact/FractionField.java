package phifleet.equations.exact;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import phifleet.equations.budget.Budget;

/**
 * The four operations on {@link Fraction}, and the test for zero. One object a request, for it spends a budget.
 *
 * <p>Roots of what is no monomial ({@link Kernel.Radicand}) are kept with exponents in [0, 1): whole powers of them are multiplied out.
 */
final class FractionField {
    /** The highest power of a sum that is multiplied out. */
    static final int MAX_POWER = 40;
    /** Quotient terms tried in one exact division. */
    private static final int MAX_QUOTIENT = 64;

    private final Budget budget;

    FractionField(Budget budget) {
        this.budget = budget;
    }

    Budget budget() {
        return budget;
    }

    Fraction plus(Fraction a, Fraction b) {
        if (a.isPolynomial() && b.isPolynomial()) {
            budget.spend(a.numerator().size() + (long) b.numerator().size());
            return Fraction.of(a.numerator().plus(b.numerator()));
        }
        TreeMap<String, Fraction.Divisor> common = new TreeMap<>(a.divisors());
        b.divisors().forEach((key, divisor) -> common.merge(key, divisor, (x, y) -> x.times() >= y.times() ? x : y));
        Polynomial sum = raise(a, common).plus(raise(b, common));
        return cancel(sum, common);
    }

    Fraction minus(Fraction a, Fraction b) {
        return plus(a, b.negate());
    }

    /** The numerator of {@code a} over the larger denominator {@code common}. */
    private Polynomial raise(Fraction a, Map<String, Fraction.Divisor> common) {
        Polynomial numerator = a.numerator();
        for (Map.Entry<String, Fraction.Divisor> entry : common.entrySet()) {
            Fraction.Divisor own = a.divisors().get(entry.getKey());
            int missing = entry.getValue().times() - (own == null ? 0 : own.times());
            for (int i = 0; i < missing; i++) {
                numerator = numerator.times(entry.getValue().polynomial(), budget);
            }
        }
        return numerator;
    }

    Fraction times(Fraction a, Fraction b) {
        Polynomial product = a.numerator().times(b.numerator(), budget);
        if (a.isPolynomial() && b.isPolynomial()) {
            return settle(product, Map.of());
        }
        TreeMap<String, Fraction.Divisor> divisors = new TreeMap<>(a.divisors());
        b.divisors()
                .forEach((key, divisor) -> divisors.merge(
                        key, divisor, (x, y) -> new Fraction.Divisor(x.polynomial(), x.times() + y.times())));
        Fraction cancelled = cancel(product, divisors);
        return settle(cancelled.numerator(), cancelled.divisors());
    }

    Fraction dividedBy(Fraction a, Fraction b) {
        return times(a, reciprocal(b));
    }

    Fraction power(Fraction base, int exponent) {
        if (exponent < 0) {
            return power(reciprocal(base), Math.negateExact(exponent));
        }
        Optional<Monomial.Term> term = base.isPolynomial() ? base.numerator().asTerm() : Optional.empty();
        if (term.isPresent()) {
            Monomial.Term power = term.get().monomial().power(Rational.of(exponent));
            Rational coefficient = term.get().coefficient().pow(exponent).times(power.coefficient());
            return settle(Polynomial.of(coefficient, power.monomial()), Map.of());
        }
        if (exponent > MAX_POWER) {
            throw new TooComplex("a sum to the power " + exponent);
        }
        Fraction power = Fraction.ONE;
        for (int i = 0; i < exponent; i++) {
            power = times(power, base);
        }
        return power;
    }

    /** 1 over {@code a}; a zero that can be seen is refused. */
    Fraction reciprocal(Fraction a) {
        if (isZero(a)) {
            throw new TooComplex("a division by zero");
        }
        Polynomial inverse = Polynomial.ONE;
        for (Fraction.Divisor divisor : a.divisors().values()) {
            for (int i = 0; i < divisor.times(); i++) {
                inverse = inverse.times(divisor.polynomial(), budget);
            }
        }
        Optional<Monomial.Term> single = a.numerator().asTerm();
        if (single.isPresent()) {
            return settle(inverse.times(reciprocal(single.get())), Map.of());
        }
        Optional<Polynomial> rationalized = Surds.reciprocal(a.numerator(), budget);
        if (rationalized.isPresent()) {
            return settle(inverse.times(rationalized.get(), budget), Map.of());
        }
        Monomial content = Contents.monomial(a.numerator());
        Polynomial primitive = a.numerator().times(reciprocal(new Monomial.Term(Rational.ONE, content)));
        Rational leading = primitive.leading().coefficient();
        Polynomial divisor = primitive.times(leading.reciprocal());
        Polynomial numerator = inverse.times(reciprocal(new Monomial.Term(leading, content)));
        Fraction result = Fraction.of(numerator, Map.of(divisor.toString(), new Fraction.Divisor(divisor, 1)));
        return settle(result.numerator(), result.divisors());
    }

    private static Monomial.Term reciprocal(Monomial.Term term) {
        Monomial.Term inverse = term.monomial().power(Rational.MINUS_ONE);
        return new Monomial.Term(term.coefficient().reciprocal().times(inverse.coefficient()), inverse.monomial());
    }

    /** Divides out the denominators that divide the numerator. */
    private Fraction cancel(Polynomial numerator, Map<String, Fraction.Divisor> divisors) {
        Polynomial rest = numerator;
        TreeMap<String, Fraction.Divisor> left = new TreeMap<>();
        for (Map.Entry<String, Fraction.Divisor> entry : divisors.entrySet()) {
            Polynomial divisor = entry.getValue().polynomial();
            int times = entry.getValue().times();
            while (times > 0) {
                Optional<Polynomial> quotient = divide(rest, divisor);
                if (quotient.isEmpty()) {
                    break;
                }
                rest = quotient.get();
                times--;
            }
            if (times > 0) {
                left.put(entry.getKey(), new Fraction.Divisor(divisor, times));
            }
        }
        return Fraction.of(rest, left);
    }

    /** The quotient, where the division is seen to be exact. */
    Optional<Polynomial> divide(Polynomial dividend, Polynomial divisor) {
        if (dividend.isZero()) {
            return Optional.of(dividend);
        }
        Polynomial rest = dividend;
        Polynomial quotient = Polynomial.ZERO;
        Monomial.Term inverse = reciprocal(divisor.leading());
        for (int i = 0; i < MAX_QUOTIENT && !rest.isZero(); i++) {
            budget.spend(rest.size());
            Polynomial step = Polynomial.of(rest.leading()).times(inverse);
            quotient = quotient.plus(step);
            Monomial before = rest.leading().monomial();
            rest = rest.minus(divisor.times(step, budget));
            if (!rest.isZero() && rest.leading().monomial().compareTo(before) >= 0) {
                return Optional.empty();
            }
        }
        return rest.isZero() ? Optional.of(quotient) : Optional.empty();
    }

    /** Multiplies out whole powers of roots of sums, until none is left. */
    private Fraction settle(Polynomial numerator, Map<String, Fraction.Divisor> divisors) {
        if (numerator.terms().keySet().stream().noneMatch(FractionField::isUnsettled)) {
            return Fraction.of(numerator, divisors);
        }
        Fraction sum = Fraction.ZERO;
        for (Map.Entry<Monomial, Rational> entry : numerator.terms().entrySet()) {
            Fraction term = Fraction.of(entry.getValue());
            for (Monomial.Factor factor : entry.getKey().factors()) {
                if (factor.kernel() instanceof Kernel.Radicand radicand) {
                    Rational exponent = factor.exponent();
                    int whole = Rational.of(exponent.floor()).toInt();
                    Monomial root = Monomial.of(radicand, exponent.fraction());
                    term = times(term, power(radicand.base(), whole));
                    term = Fraction.of(term.numerator().times(new Monomial.Term(Rational.ONE, root)), term.divisors());
                } else {
                    Monomial plain = Monomial.of(factor.kernel(), factor.exponent());
                    term = Fraction.of(term.numerator().times(new Monomial.Term(Rational.ONE, plain)), term.divisors());
                }
            }
            sum = plus(sum, term);
        }
        return times(sum, Fraction.of(Polynomial.ONE, divisors));
    }

    private static boolean isUnsettled(Monomial monomial) {
        return monomial.factors().stream()
                .anyMatch(factor -> factor.kernel() instanceof Kernel.Radicand
                        && (factor.exponent().signum() < 0 || factor.exponent().compareTo(Rational.ONE) >= 0));
    }

    /** Whether the value is 0 wherever it is defined; false where that can not be seen. */
    boolean isZero(Fraction fraction) {
        return fraction.numerator().isZero() || RootsOfUnity.isZero(fraction.numerator(), budget);
    }
}
