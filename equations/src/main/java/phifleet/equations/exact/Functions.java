package phifleet.equations.exact;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Function;

/**
 * The rules of functions of normal forms.
 *
 * <p>Trigonometric and hyperbolic functions become exponentials where the {@link Domain} says so; then angle sums, multiples and the
 * theorem of Pythagoras need no rule of their own. What has no rule stays as an opaque {@link Kernel.Applied}.
 */
final class Functions {
    private final FractionField field;
    private final Domain domain;
    private final Powers powers;
    private final Gammas gammas;

    Functions(FractionField field, Domain domain, Powers powers) {
        this.field = field;
        this.domain = domain;
        this.powers = powers;
        this.gammas = new Gammas(field, domain);
    }

    Fraction apply(Function function, List<Fraction> arguments) {
        Fraction x = arguments.getFirst();
        return switch (function) {
            case SIN -> sine(x);
            case COS -> cosine(x);
            case TAN -> field.dividedBy(sine(x), cosine(x));
            case COT -> field.dividedBy(cosine(x), sine(x));
            case SEC -> field.reciprocal(cosine(x));
            case CSC -> field.reciprocal(sine(x));
            case SINH -> half(field.minus(powers.exp(x), powers.exp(x.negate())));
            case COSH -> half(field.plus(powers.exp(x), powers.exp(x.negate())));
            case TANH -> tanh(x);
            case COTH -> field.reciprocal(tanh(x));
            case SECH -> field.reciprocal(apply(Function.COSH, arguments));
            case CSCH -> field.reciprocal(apply(Function.SINH, arguments));
            case ASIN -> inverse(function, x, InverseValues.ARCSINES);
            case ACOS -> field.minus(piTimes(Rational.HALF), apply(Function.ASIN, arguments));
            case ATAN -> inverse(function, x, InverseValues.ARCTANGENTS);
            case ASEC -> apply(Function.ACOS, List.of(field.reciprocal(x)));
            case ACSC -> apply(Function.ASIN, List.of(field.reciprocal(x)));
            case ASECH -> apply(Function.ACOSH, List.of(field.reciprocal(x)));
            case ACSCH -> apply(Function.ASINH, List.of(field.reciprocal(x)));
            case ACOTH -> apply(Function.ATANH, List.of(field.reciprocal(x)));
            case ASINH, ATANH, ERF -> inverse(function, x, Map.of());
            case ERFC -> field.minus(Fraction.ONE, apply(Function.ERF, arguments));
            case EXP -> powers.exp(x);
            case LOG -> {
                Fraction log = powers.log(x);
                yield arguments.size() == 1 ? log : field.dividedBy(log, powers.log(arguments.get(1)));
            }
            case SQRT -> powers.power(x, Rational.HALF);
            case ROOT -> powers.power(x, field.reciprocal(arguments.get(1)));
            case ABS -> abs(x);
            case SIGN -> sign(x);
            case RE, CONJUGATE -> domain.isReal(x) ? x : opaque(function, arguments);
            case IM -> domain.isReal(x) ? Fraction.ZERO : opaque(function, arguments);
            case FLOOR, CEILING -> whole(function, arguments);
            case FACTORIAL -> gammas.gamma(field.plus(x, Fraction.ONE));
            case GAMMA -> gammas.gamma(x);
            case BINOMIAL -> gammas.binomial(x, arguments.get(1));
            case RISING_FACTORIAL -> gammas.rising(x, arguments.get(1));
            case FALLING_FACTORIAL -> gammas.falling(x, arguments.get(1));
            case BETA -> gammas.beta(x, arguments.get(1));
            case ORDER -> throw new TooComplex("terms of an order are no number");
            case OMITTED -> throw new TooComplex("terms that are left out");
            case DETERMINANT, TRACE, TRANSPOSE, RANK, NULLITY, TENSOR -> throw new TooComplex("matrices");
            case EXPECTATION, VARIANCE, COVARIANCE, PROBABILITY, GIVEN, INTERSECTION, UNION ->
                throw new TooComplex("random quantities");
            case KRONECKER_DELTA -> symmetric(function, arguments);
            case ACOT,
                    ACOSH,
                    ATAN2,
                    NORM,
                    MIN,
                    MAX,
                    MOD,
                    ARG,
                    DOUBLE_FACTORIAL,
                    LOG_GAMMA,
                    DIGAMMA,
                    ZETA,
                    LAMBERT_W,
                    SINC,
                    BESSEL_J,
                    BESSEL_Y,
                    BESSEL_I,
                    BESSEL_K,
                    HEAVISIDE,
                    DIRAC_DELTA,
                    AVERAGE,
                    CHANGE,
                    DIFFERENTIAL,
                    VARIATION -> opaque(function, arguments);
        };
    }

    private Fraction sine(Fraction x) {
        if (!domain.exponentials()) {
            return odd(Function.SIN, x);
        }
        Fraction angle = field.times(x, Powers.imaginaryUnit());
        Fraction difference = field.minus(powers.exp(angle), powers.exp(angle.negate()));
        return half(field.times(difference, Powers.imaginaryUnit()).negate());
    }

    private Fraction cosine(Fraction x) {
        if (!domain.exponentials()) {
            return opaque(Function.COS, List.of(isNegative(x) ? x.negate() : x));
        }
        Fraction angle = field.times(x, Powers.imaginaryUnit());
        return half(field.plus(powers.exp(angle), powers.exp(angle.negate())));
    }

    private Fraction tanh(Fraction x) {
        Fraction square = powers.exp(x.times(Rational.of(2)));
        return field.dividedBy(field.minus(square, Fraction.ONE), field.plus(square, Fraction.ONE));
    }

    private static Fraction half(Fraction x) {
        return x.times(Rational.HALF);
    }

    private static Fraction piTimes(Rational factor) {
        return Fraction.of(new Kernel.MathConstant(Expr.Constant.PI)).times(factor);
    }

    /** An odd function with known values, in multiples of π. */
    private static Fraction inverse(Function function, Fraction x, Map<String, Rational> values) {
        if (x.numerator().isZero()) {
            return Fraction.ZERO;
        }
        boolean negative = isNegative(x);
        Fraction size = negative ? x.negate() : x;
        Rational known = values.get(size.key());
        Fraction value = known == null ? opaque(function, List.of(size)) : piTimes(known);
        return negative ? value.negate() : value;
    }

    private static Fraction odd(Function function, Fraction x) {
        return inverse(function, x, Map.of());
    }

    /** The sign that tells x from −x, so that both get one form. */
    static boolean isNegative(Fraction x) {
        return !x.numerator().isZero() && x.numerator().leading().coefficient().signum() < 0;
    }

    private Fraction abs(Fraction x) {
        Optional<Monomial.Term> single = x.isPolynomial() ? x.numerator().asTerm() : Optional.empty();
        if (x.numerator().isZero() || domain.isPositive(x)) {
            return x;
        }
        if (single.isEmpty()) {
            Rational content = Contents.number(x.numerator());
            Fraction rest = x.times(content.reciprocal());
            return opaque(Function.ABS, List.of(isNegative(rest) ? rest.negate() : rest))
                    .times(content);
        }
        Fraction product = Fraction.of(single.get().coefficient().abs());
        for (Monomial.Factor factor : single.get().monomial().factors()) {
            product = field.times(product, absOfFactor(factor));
        }
        return product;
    }

    private Fraction absOfFactor(Monomial.Factor factor) {
        Kernel kernel = factor.kernel();
        Rational exponent = factor.exponent();
        Fraction plain = Fraction.of(Polynomial.of(Monomial.of(kernel, exponent)));
        if (kernel instanceof Kernel.MinusOne) {
            return Fraction.ONE;
        }
        boolean even = exponent.isInteger() && !exponent.numerator().testBit(0);
        if (domain.isPositive(kernel) || (even && domain.isReal(kernel))) {
            return plain;
        }
        if (kernel instanceof Kernel.Exponential) {
            return opaque(Function.ABS, List.of(plain));
        }
        Kernel size = Kernel.Applied.of(Function.ABS.spelling(), List.of(Fraction.of(kernel)));
        return Fraction.of(Polynomial.of(Monomial.of(size, exponent)));
    }

    private Fraction sign(Fraction x) {
        Optional<Rational> number = x.asRational();
        if (number.isPresent()) {
            return Fraction.of(Rational.of(number.get().signum()));
        }
        if (domain.isPositive(x)) {
            return Fraction.ONE;
        }
        Fraction rest = x.times(Contents.number(x.numerator()).reciprocal());
        return isNegative(rest)
                ? opaque(Function.SIGN, List.of(rest.negate())).negate()
                : opaque(Function.SIGN, List.of(rest));
    }

    private static Fraction whole(Function function, List<Fraction> arguments) {
        Optional<Rational> number = arguments.getFirst().asRational();
        if (number.isEmpty()) {
            return opaque(function, arguments);
        }
        Rational floor = Rational.of(number.get().floor());
        boolean up = function == Function.CEILING && !number.get().isInteger();
        return Fraction.of(up ? floor.plus(Rational.ONE) : floor);
    }

    private static Fraction symmetric(Function function, List<Fraction> arguments) {
        Fraction a = arguments.get(0);
        Fraction b = arguments.get(1);
        return opaque(function, a.key().compareTo(b.key()) <= 0 ? List.of(a, b) : List.of(b, a));
    }

    static Fraction opaque(Function function, List<Fraction> arguments) {
        return Fraction.of(Kernel.Applied.of(function.spelling(), arguments));
    }
}
