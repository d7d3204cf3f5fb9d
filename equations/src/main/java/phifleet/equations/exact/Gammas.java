package phifleet.equations.exact;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Function;

/** Γ and what is made of it, with arguments shifted so that their constant part lies in [0, 1). */
final class Gammas {
    /** Factors that one shift multiplies out, at most. */
    private static final int MAX_SHIFT = 40;
    /** The largest n with n! written out. */
    private static final int MAX_FACTORIAL = 160;

    private final FractionField field;
    private final Domain domain;

    Gammas(FractionField field, Domain domain) {
        this.field = field;
        this.domain = domain;
    }

    Fraction gamma(Fraction x) {
        Optional<Rational> number = x.asRational();
        if (number.isPresent() && number.get().isInteger()) {
            return Fraction.of(factorial(number.get().minus(Rational.ONE)));
        }
        if (number.isPresent() && number.get().equals(Rational.HALF)) {
            Kernel pi = new Kernel.MathConstant(Expr.Constant.PI);
            return Fraction.of(Polynomial.of(Monomial.of(pi, Rational.HALF)));
        }
        Rational constant =
                x.isPolynomial() ? x.numerator().terms().getOrDefault(Monomial.ONE, Rational.ZERO) : Rational.ZERO;
        BigInteger shift = constant.floor();
        if (shift.signum() == 0 || shift.abs().compareTo(BigInteger.valueOf(MAX_SHIFT)) > 0 || !domain.exponentials()) {
            return Functions.opaque(Function.GAMMA, List.of(x));
        }
        Fraction start = field.minus(x, Fraction.of(Rational.of(shift)));
        int steps = shift.intValueExact();
        Fraction product = gamma(start);
        for (int k = 0; k < steps; k++) {
            product = field.times(product, field.plus(start, Fraction.of(Rational.of(k))));
        }
        for (int k = -1; k >= steps; k--) {
            product = field.dividedBy(product, field.plus(start, Fraction.of(Rational.of(k))));
        }
        return product;
    }

    private static Rational factorial(Rational n) {
        int size = n.asInt().orElse(-1);
        if (size < 0) {
            throw new TooComplex("a pole of the gamma function, or a large factorial");
        }
        if (size > MAX_FACTORIAL) {
            throw new TooComplex("the factorial of " + size);
        }
        BigInteger product = BigInteger.ONE;
        for (int k = 2; k <= size; k++) {
            product = product.multiply(BigInteger.valueOf(k));
        }
        return Rational.of(product);
    }

    private Fraction factorial(Fraction n) {
        return gamma(field.plus(n, Fraction.ONE));
    }

    Fraction binomial(Fraction n, Fraction k) {
        Optional<Integer> size = k.asRational().flatMap(Rational::asInt);
        if (size.isPresent()) {
            return size.get() < 0 ? Fraction.ZERO : field.times(falling(n, k), field.reciprocal(factorial(k)));
        }
        Fraction rest = field.minus(n, k);
        return field.dividedBy(factorial(n), field.times(factorial(k), factorial(rest)));
    }

    Fraction rising(Fraction x, Fraction n) {
        Optional<Fraction> product = product(x, n, 1);
        return product.isPresent() ? product.get() : field.dividedBy(gamma(field.plus(x, n)), gamma(x));
    }

    Fraction falling(Fraction x, Fraction n) {
        Optional<Fraction> product = product(x, n, -1);
        return product.isPresent() ? product.get() : field.dividedBy(factorial(x), factorial(field.minus(x, n)));
    }

    private Optional<Fraction> product(Fraction x, Fraction n, int step) {
        Optional<Integer> count = n.asRational().flatMap(Rational::asInt);
        if (count.isEmpty() || count.get() < 0 || count.get() > MAX_SHIFT) {
            return Optional.empty();
        }
        Fraction product = Fraction.ONE;
        for (int k = 0; k < count.get(); k++) {
            product = field.times(product, field.plus(x, Fraction.of(Rational.of((long) step * k))));
        }
        return Optional.of(product);
    }

    Fraction beta(Fraction x, Fraction y) {
        return field.dividedBy(field.times(gamma(x), gamma(y)), gamma(field.plus(x, y)));
    }
}
