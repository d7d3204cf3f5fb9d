package phifleet.equations.identity;

import java.util.List;
import java.util.OptionalInt;
import phifleet.equations.ast.Function;

/** The value of each known function, made of the operations of an {@link Arithmetic}. */
final class CallCompiler<T> {
    /** Factors of one rising or falling factorial, at most. */
    private static final int MAX_FACTORS = 80;

    private final Arithmetic<T> field;

    CallCompiler(Arithmetic<T> field) {
        this.field = field;
    }

    Code<T> compile(Function function, List<Code<T>> arguments) {
        Code<T> x = arguments.getFirst();
        return switch (function) {
            case SIN -> point -> field.sin(x.at(point));
            case COS -> point -> field.cos(x.at(point));
            case TAN -> point -> tan(x.at(point));
            case COT -> point -> cot(x.at(point));
            case SEC -> point -> reciprocal(field.cos(x.at(point)));
            case CSC -> point -> reciprocal(field.sin(x.at(point)));
            case SINH -> point -> field.sinh(x.at(point));
            case COSH -> point -> field.cosh(x.at(point));
            case TANH -> point -> tanh(x.at(point));
            case COTH -> point -> reciprocal(tanh(x.at(point)));
            case SECH -> point -> reciprocal(field.cosh(x.at(point)));
            case CSCH -> point -> reciprocal(field.sinh(x.at(point)));
            case ASIN -> point -> field.asin(x.at(point));
            case ACOS -> point -> acos(x.at(point));
            case ATAN -> point -> field.atan(x.at(point));
            case ACOT -> point -> acot(x.at(point));
            case ASEC -> point -> acos(reciprocal(x.at(point)));
            case ACSC -> point -> field.asin(reciprocal(x.at(point)));
            case ASINH -> point -> field.asinh(x.at(point));
            case ACOSH -> point -> acosh(x.at(point));
            case ATANH -> point -> field.atanh(x.at(point));
            case ACOTH -> point -> field.atanh(reciprocal(x.at(point)));
            case ASECH -> point -> acosh(reciprocal(x.at(point)));
            case ACSCH -> point -> field.asinh(reciprocal(x.at(point)));
            case ATAN2 -> point -> atan2(x.at(point), arguments.get(1).at(point));
            case EXP -> point -> field.exp(x.at(point));
            case LOG -> log(x, arguments);
            case SQRT -> point -> field.sqrt(x.at(point));
            case ROOT -> point -> root(x.at(point), arguments.get(1).at(point));
            case ABS, NORM -> point -> field.abs(x.at(point));
            case SIGN -> point -> sign(x.at(point));
            case FLOOR -> point -> field.floor(x.at(point));
            case CEILING -> point -> field.negate(field.floor(field.negate(x.at(point))));
            case MIN -> extreme(arguments, -1);
            case MAX -> extreme(arguments, 1);
            case MOD -> point -> modulo(x.at(point), arguments.get(1).at(point));
            case RE -> point -> field.re(x.at(point));
            case IM -> point -> field.im(x.at(point));
            case ARG -> point -> field.arg(x.at(point));
            case CONJUGATE -> point -> conjugate(x.at(point));
            case FACTORIAL -> point -> factorial(x.at(point));
            case DOUBLE_FACTORIAL -> point -> doubleFactorial(x.at(point));
            case BINOMIAL -> point -> binomial(x.at(point), arguments.get(1).at(point));
            case RISING_FACTORIAL ->
                point -> rising(x.at(point), arguments.get(1).at(point));
            case FALLING_FACTORIAL ->
                point -> falling(x.at(point), arguments.get(1).at(point));
            case GAMMA -> point -> field.gamma(x.at(point));
            case LOG_GAMMA -> point -> field.logGamma(x.at(point));
            case DIGAMMA -> point -> field.digamma(x.at(point));
            case BETA -> point -> beta(x.at(point), arguments.get(1).at(point));
            case ZETA -> point -> field.zeta(x.at(point));
            case ERF -> point -> field.erf(x.at(point));
            case ERFC -> point -> field.minus(field.one(), field.erf(x.at(point)));
            case LAMBERT_W -> point -> field.lambertW(x.at(point));
            case SINC -> point -> sinc(x.at(point));
            case BESSEL_J ->
                point -> field.besselJ(x.at(point), arguments.get(1).at(point));
            case BESSEL_Y ->
                point -> field.besselY(x.at(point), arguments.get(1).at(point));
            case BESSEL_I ->
                point -> field.besselI(x.at(point), arguments.get(1).at(point));
            case BESSEL_K ->
                point -> field.besselK(x.at(point), arguments.get(1).at(point));
            case HEAVISIDE -> point -> heaviside(x.at(point));
            case KRONECKER_DELTA ->
                point -> field.integer(field.same(x.at(point), arguments.get(1).at(point)) ? 1 : 0);
            case DIRAC_DELTA -> throw new Unsupported("a distribution");
            case AVERAGE, CHANGE, DIFFERENTIAL, VARIATION ->
                throw new Unsupported("a " + function.spelling() + " sign");
            case ORDER -> throw new Unsupported("terms of an order");
            case OMITTED -> throw new Unsupported("terms that are left out");
            case DETERMINANT, TRACE, TRANSPOSE, RANK, NULLITY, TENSOR -> throw new Unsupported("matrices");
            case EXPECTATION, VARIANCE, COVARIANCE, PROBABILITY, GIVEN, INTERSECTION, UNION ->
                throw new Unsupported("random quantities");
        };
    }

    /** The principal power, by multiplication where the exponent is an integer. */
    T power(T base, T exponent) {
        OptionalInt whole = field.asInteger(exponent);
        return whole.isPresent() ? field.power(base, (long) whole.getAsInt()) : field.power(base, exponent);
    }

    /** The integer it is; throws where it is none. */
    int integer(T value) {
        return field.asInteger(value).orElseThrow(() -> new Undefined("no integer"));
    }

    /** Books differ on odd roots of negative numbers, so those have no value. */
    private T root(T x, T degree) {
        OptionalInt whole = field.asInteger(degree);
        if (whole.isPresent()
                && whole.getAsInt() % 2 != 0
                && field.isReal(x)
                && field.compare(x, field.integer(0)) < 0) {
            throw new Undefined("an odd root of a negative number is a convention");
        }
        return power(x, reciprocal(degree));
    }

    private T reciprocal(T x) {
        return field.dividedBy(field.one(), x);
    }

    private T half(T x) {
        return field.dividedBy(x, field.integer(2));
    }

    private T tan(T x) {
        return field.dividedBy(field.sin(x), field.cos(x));
    }

    private T cot(T x) {
        return field.dividedBy(field.cos(x), field.sin(x));
    }

    private T tanh(T x) {
        return field.dividedBy(field.sinh(x), field.cosh(x));
    }

    private T acos(T x) {
        return field.minus(half(field.pi()), field.asin(x));
    }

    /** Books differ on the left half of the plane, so it has a value only on the right one. */
    private T acot(T x) {
        if (field.compare(field.re(x), field.integer(0)) <= 0) {
            throw new Undefined("acot of a negative number is a convention");
        }
        return field.atan(reciprocal(x));
    }

    private T acosh(T x) {
        T root = field.times(field.sqrt(field.minus(x, field.one())), field.sqrt(field.plus(x, field.one())));
        return field.log(field.plus(x, root));
    }

    private T atan2(T y, T x) {
        if (!field.isReal(x) || !field.isReal(y)) {
            throw new Undefined("atan2 of complex numbers");
        }
        return field.arg(field.plus(x, field.times(field.imaginaryUnit(), y)));
    }

    private Code<T> log(Code<T> x, List<Code<T>> arguments) {
        if (arguments.size() == 1) {
            return point -> field.log(x.at(point));
        }
        Code<T> base = arguments.get(1);
        return point -> field.dividedBy(field.log(x.at(point)), field.log(base.at(point)));
    }

    private T sign(T x) {
        if (field.isReal(x)) {
            return field.integer(field.compare(x, field.integer(0)));
        }
        return field.dividedBy(x, field.abs(x));
    }

    private Code<T> extreme(List<Code<T>> arguments, int direction) {
        return point -> {
            T best = arguments.getFirst().at(point);
            for (int i = 1; i < arguments.size(); i++) {
                T next = arguments.get(i).at(point);
                best = field.compare(next, best) * direction > 0 ? next : best;
            }
            return best;
        };
    }

    private T modulo(T x, T divisor) {
        return field.minus(x, field.times(divisor, field.floor(field.dividedBy(x, divisor))));
    }

    private T conjugate(T x) {
        return field.minus(field.re(x), field.times(field.imaginaryUnit(), field.im(x)));
    }

    private T factorial(T x) {
        return field.gamma(field.plus(x, field.one()));
    }

    private T doubleFactorial(T x) {
        int n = integer(x);
        if (n < -1 || n > 2 * MAX_FACTORS) {
            throw new Undefined("out of range");
        }
        T product = field.one();
        for (int k = n; k > 1; k -= 2) {
            product = field.times(product, field.integer(k));
        }
        return product;
    }

    /** 1/Γ, which is 0 at the poles of Γ. */
    private T reciprocalGamma(T x) {
        OptionalInt whole = field.asInteger(x);
        return whole.isPresent() && whole.getAsInt() <= 0 ? field.integer(0) : reciprocal(field.gamma(x));
    }

    private T binomial(T n, T k) {
        OptionalInt count = field.asInteger(k);
        if (count.isPresent() && count.getAsInt() >= 0 && count.getAsInt() <= MAX_FACTORS) {
            return field.dividedBy(falling(n, k), factorial(k));
        }
        T both = field.times(
                reciprocalGamma(field.plus(k, field.one())),
                reciprocalGamma(field.plus(field.minus(n, k), field.one())));
        return field.times(factorial(n), both);
    }

    private T rising(T x, T n) {
        OptionalInt count = field.asInteger(n);
        if (count.isEmpty() || Math.abs(count.getAsInt()) > MAX_FACTORS) {
            return field.dividedBy(field.gamma(field.plus(x, n)), field.gamma(x));
        }
        T product = field.one();
        for (int k = 0; k < count.getAsInt(); k++) {
            product = field.times(product, field.plus(x, field.integer(k)));
        }
        for (int k = -1; k >= count.getAsInt(); k--) {
            product = field.dividedBy(product, field.plus(x, field.integer(k)));
        }
        return product;
    }

    private T falling(T x, T n) {
        OptionalInt count = field.asInteger(n);
        if (count.isEmpty() || Math.abs(count.getAsInt()) > MAX_FACTORS) {
            return field.dividedBy(factorial(x), factorial(field.minus(x, n)));
        }
        T product = field.one();
        for (int k = 0; k < count.getAsInt(); k++) {
            product = field.times(product, field.minus(x, field.integer(k)));
        }
        for (int k = -1; k >= count.getAsInt(); k--) {
            product = field.dividedBy(product, field.minus(x, field.integer(k)));
        }
        return product;
    }

    private T beta(T x, T y) {
        return field.dividedBy(field.times(field.gamma(x), field.gamma(y)), field.gamma(field.plus(x, y)));
    }

    private T sinc(T x) {
        OptionalInt whole = field.asInteger(x);
        return whole.isPresent() && whole.getAsInt() == 0 ? field.one() : field.dividedBy(field.sin(x), x);
    }

    private T heaviside(T x) {
        int sign = field.compare(x, field.integer(0));
        if (sign == 0) {
            throw new Undefined("the step itself is a convention");
        }
        return field.integer(sign > 0 ? 1 : 0);
    }
}
