package phifleet.equations.exact;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import phifleet.equations.ast.Expr;

/**
 * Powers, exponentials and logarithms, by the principal branch: {@code z^w = exp(w log z)}.
 *
 * <p>Each rule holds at every point of the domain where both sides are defined: {@code √(4x) = 2√x}, but {@code √(xy)} is split only for
 * positive factors, and {@code (x^a)^b = x^(ab)} is used only where −1 < a ≤ 1 or x is positive.
 */
final class Powers {
    private static final Monomial I = Monomial.of(new Kernel.MinusOne(), Rational.HALF);
    private static final Monomial PI = Monomial.of(new Kernel.MathConstant(Expr.Constant.PI));
    private static final Kernel EULER = new Kernel.MathConstant(Expr.Constant.E);
    static final String LOG = "log";

    private final FractionField field;
    private final Domain domain;

    Powers(FractionField field, Domain domain) {
        this.field = field;
        this.domain = domain;
    }

    static Fraction imaginaryUnit() {
        return Fraction.of(Polynomial.of(I));
    }

    Fraction power(Fraction base, Fraction exponent) {
        Optional<Rational> number = exponent.asRational();
        if (number.isPresent()) {
            return power(base, number.get());
        }
        if (base.numerator().isZero()) {
            throw new TooComplex("0 to a power that may not be positive");
        }
        if (base.equals(Fraction.ONE)) {
            return base;
        }
        return exp(field.times(exponent, log(base)));
    }

    Fraction power(Fraction base, Rational exponent) {
        if (exponent.isInteger()) {
            return exponent.asInt()
                    .map(n -> field.power(base, n))
                    .orElseThrow(() -> new TooComplex("the power " + exponent));
        }
        if (base.numerator().isZero()) {
            if (exponent.signum() < 0) {
                throw new TooComplex("a division by zero");
            }
            return base;
        }
        Optional<Monomial.Term> single = base.isPolynomial() ? base.numerator().asTerm() : Optional.empty();
        return single.isPresent() ? rootOfTerm(single.get(), exponent) : rootOfSum(base, exponent);
    }

    private Fraction rootOfTerm(Monomial.Term term, Rational exponent) {
        Split split = split(term);
        Monomial.Term positive = split.positive().power(exponent);
        Fraction root = field.times(
                rootOfNumber(split.magnitude(), exponent),
                Fraction.of(Polynomial.of(positive.coefficient(), positive.monomial())));
        if (split.unknown().isOne()) {
            return field.times(root, unit(split.turn().times(exponent)));
        }
        if (split.turn().isZero() && split.unknown().factors().size() == 1) {
            Monomial.Factor only = split.unknown().factors().getFirst();
            if (keepsBranch(only)) {
                Monomial power = Monomial.of(only.kernel(), only.exponent().times(exponent));
                return field.times(root, Fraction.of(Polynomial.of(power)));
            }
            Optional<Rational> even = evenPower(only);
            if (even.isPresent()) {
                Kernel size = Kernel.Applied.of("abs", List.of(Fraction.of(only.kernel())));
                Monomial power = Monomial.of(size, only.exponent().times(exponent));
                return field.times(root, Fraction.of(Polynomial.of(power)));
            }
        }
        Fraction rest = field.times(unit(split.turn()), Fraction.of(Polynomial.of(split.unknown())));
        return field.times(root, radical(rest, exponent));
    }

    private Optional<Rational> evenPower(Monomial.Factor factor) {
        Rational exponent = factor.exponent();
        return exponent.isInteger() && !exponent.numerator().testBit(0) && domain.isReal(factor.kernel())
                ? Optional.of(exponent)
                : Optional.empty();
    }

    /** Whether (k^e)^q = k^(eq) for every value of the kernel. */
    private static boolean keepsBranch(Monomial.Factor factor) {
        return !(factor.kernel() instanceof Kernel.Exponential)
                && factor.exponent().compareTo(Rational.MINUS_ONE) > 0
                && factor.exponent().compareTo(Rational.ONE) <= 0;
    }

    private Fraction rootOfSum(Fraction base, Rational exponent) {
        Rational twice = exponent.plus(exponent);
        Optional<Polynomial> denested =
                twice.asInt().isPresent() && base.isPolynomial() ? Denesting.root(base.numerator()) : Optional.empty();
        if (denested.isPresent()) {
            return field.power(Fraction.of(denested.get()), twice.asInt().orElseThrow());
        }
        Rational content = Contents.number(base.numerator());
        Monomial common = Contents.monomial(base.numerator()).only(domain::isPositive);
        Monomial.Term inverse = common.power(Rational.MINUS_ONE);
        Polynomial primitive = base.numerator()
                .times(new Monomial.Term(content.reciprocal().times(inverse.coefficient()), inverse.monomial()));
        Monomial.Term outside = common.power(exponent);
        Fraction root = field.times(
                rootOfNumber(content, exponent), Fraction.of(Polynomial.of(outside.coefficient(), outside.monomial())));
        if (domain.everythingPositive()) {
            root = field.times(root, radical(Fraction.of(primitive), exponent));
            for (Fraction.Divisor divisor : base.divisors().values()) {
                Fraction one =
                        radical(Fraction.of(divisor.polynomial()), exponent.times(Rational.of(-divisor.times())));
                root = field.times(root, one);
            }
            return root;
        }
        return field.times(root, radical(Fraction.of(primitive, base.divisors()), exponent));
    }

    /** base^exponent as whole powers and a root with an exponent in [0, 1). */
    private Fraction radical(Fraction base, Rational exponent) {
        Kernel kernel = Kernel.Radicand.of(base);
        Fraction root = Fraction.of(Polynomial.of(Monomial.of(kernel, exponent.fraction())));
        int whole = exponent.asInt().orElseGet(() -> exponent.floor().intValue());
        return whole == 0 ? root : field.times(root, field.power(base, whole));
    }

    /** A root of a positive rational number, as roots of primes. */
    static Fraction rootOfNumber(Rational number, Rational exponent) {
        Monomial.Term root = new Monomial.Term(Rational.ONE, Monomial.ONE);
        for (Map.Entry<BigInteger, Rational> prime : primes(number).entrySet()) {
            Monomial.Term one = Monomial.of(new Kernel.Prime(prime.getKey()))
                    .power(prime.getValue().times(exponent));
            Monomial.Term product = root.monomial().times(one.monomial());
            root = new Monomial.Term(
                    root.coefficient().times(one.coefficient()).times(product.coefficient()), product.monomial());
        }
        return Fraction.of(Polynomial.of(root));
    }

    private static Map<BigInteger, Rational> primes(Rational number) {
        Map<BigInteger, Rational> primes = new TreeMap<>();
        Contents.primes(number.numerator()).forEach((p, times) -> primes.merge(p, Rational.of(times), Rational::plus));
        Contents.primes(number.denominator())
                .forEach((p, times) -> primes.merge(p, Rational.of(-times), Rational::plus));
        return primes;
    }

    /** (−1)^turn. */
    private static Fraction unit(Rational turn) {
        Monomial.Term unit = Monomial.of(new Kernel.MinusOne()).power(turn);
        return Fraction.of(Polynomial.of(unit));
    }

    /** The exponential. */
    Fraction exp(Fraction exponent) {
        if (!exponent.isPolynomial()) {
            return exponentialOf(exponent);
        }
        Fraction product = Fraction.ONE;
        for (Map.Entry<Monomial, Rational> entry : exponent.numerator().terms().entrySet()) {
            product = field.times(product, expOfTerm(entry.getKey(), entry.getValue()));
        }
        return product;
    }

    private Fraction expOfTerm(Monomial monomial, Rational coefficient) {
        if (monomial.isOne()) {
            return Fraction.of(Polynomial.of(Monomial.of(EULER, coefficient)));
        }
        if (monomial.equals(I.times(PI).monomial())) {
            return unit(coefficient);
        }
        if (monomial.factors().size() == 1
                && monomial.factors().getFirst().exponent().equals(Rational.ONE)
                && monomial.factors().getFirst().kernel() instanceof Kernel.Applied function
                && function.head().equals(LOG)) {
            return power(function.argument(), coefficient);
        }
        Kernel kernel = Kernel.Exponential.of(Fraction.of(Polynomial.of(monomial)));
        return Fraction.of(Polynomial.of(Monomial.of(kernel, coefficient)));
    }

    private static Fraction exponentialOf(Fraction exponent) {
        Polynomial numerator = exponent.numerator();
        Rational content = Contents.number(numerator);
        Rational signed = numerator.leading().coefficient().signum() < 0 ? content.negate() : content;
        Fraction primitive = exponent.times(signed.reciprocal());
        return Fraction.of(Polynomial.of(Monomial.of(Kernel.Exponential.of(primitive), signed)));
    }

    /** The principal logarithm. */
    Fraction log(Fraction argument) {
        if (argument.numerator().isZero()) {
            throw new TooComplex("the logarithm of 0");
        }
        Optional<Monomial.Term> single =
                argument.isPolynomial() ? argument.numerator().asTerm() : Optional.empty();
        if (single.isEmpty()) {
            Rational content = Contents.number(argument.numerator());
            Fraction rest = argument.times(content.reciprocal());
            return field.plus(logOfNumber(content), logKernel(rest));
        }
        Split split = split(single.get());
        Fraction sum = logOfNumber(split.magnitude());
        for (Monomial.Factor factor : split.positive().factors()) {
            sum = field.plus(sum, logOfPositive(factor.kernel()).times(factor.exponent()));
        }
        if (split.unknown().isOne()) {
            return field.plus(
                    sum, Fraction.of(Polynomial.of(split.turn(), I.times(PI).monomial())));
        }
        if (split.turn().isZero() && split.unknown().factors().size() == 1) {
            Monomial.Factor only = split.unknown().factors().getFirst();
            if (keepsBranch(only)) {
                return field.plus(sum, logKernel(Fraction.of(only.kernel())).times(only.exponent()));
            }
        }
        return field.plus(sum, logKernel(field.times(unit(split.turn()), Fraction.of(Polynomial.of(split.unknown())))));
    }

    private Fraction logOfNumber(Rational number) {
        Fraction sum = Fraction.ZERO;
        for (Map.Entry<BigInteger, Rational> prime : primes(number).entrySet()) {
            Fraction one = logKernel(Fraction.of(Rational.of(prime.getKey())));
            sum = field.plus(sum, one.times(prime.getValue()));
        }
        return sum;
    }

    private static Fraction logOfPositive(Kernel kernel) {
        if (kernel.equals(EULER)) {
            return Fraction.ONE;
        }
        if (kernel instanceof Kernel.Prime prime) {
            return logKernel(Fraction.of(Rational.of(prime.value())));
        }
        return kernel instanceof Kernel.Exponential power ? power.exponent() : logKernel(Fraction.of(kernel));
    }

    private static Fraction logKernel(Fraction argument) {
        return Fraction.of(Kernel.Applied.of(LOG, List.of(argument)));
    }

    /**
     * A term as magnitude · (−1)^turn · positive · unknown.
     *
     * @param magnitude a positive number
     * @param turn in (−1, 1], the angle of the number part over π
     * @param positive kernels known to be positive
     * @param unknown the other kernels
     */
    private record Split(Rational magnitude, Rational turn, Monomial positive, Monomial unknown) {}

    private Split split(Monomial.Term term) {
        Rational turn = term.monomial().exponent(new Kernel.MinusOne());
        if (term.coefficient().signum() < 0) {
            turn = turn.signum() > 0 ? turn.minus(Rational.ONE) : Rational.ONE;
        }
        Monomial kernels = term.monomial().only(kernel -> !(kernel instanceof Kernel.MinusOne));
        return new Split(
                term.coefficient().abs(),
                turn,
                kernels.only(domain::isPositive),
                kernels.only(kernel -> !domain.isPositive(kernel)));
    }
}
