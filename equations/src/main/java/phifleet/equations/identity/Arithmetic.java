package phifleet.equations.identity;

import java.math.BigDecimal;
import java.util.OptionalInt;

/**
 * The numbers an expression is evaluated in. Every operation throws {@link Undefined} where it has no value that can be told, and {@link
 * Unsupported} where it is not offered at all.
 *
 * @param <T> the type of a complex number
 */
interface Arithmetic<T> {
    /** Budget steps that one operation counts as. */
    long stepsOfNode();

    T number(BigDecimal value);

    T integer(long value);

    T pi();

    T euler();

    T imaginaryUnit();

    T plus(T a, T b);

    T times(T a, T b);

    T dividedBy(T a, T b);

    T negate(T a);

    /** e to the power of {@code a}. */
    T exp(T a);

    /** The principal logarithm. */
    T log(T a);

    /** The principal square root. */
    T sqrt(T a);

    T sin(T a);

    T cos(T a);

    T sinh(T a);

    T cosh(T a);

    /** The principal power for an exponent that is no integer. */
    T power(T base, T exponent);

    /** The power by an integer. */
    T power(T base, long exponent);

    T asin(T a);

    T atan(T a);

    T asinh(T a);

    T atanh(T a);

    T abs(T a);

    T re(T a);

    T im(T a);

    /** The angle, in (−π, π]. */
    T arg(T a);

    /** The greatest integer of a real number. */
    T floor(T a);

    T gamma(T a);

    T logGamma(T a);

    T digamma(T a);

    T erf(T a);

    T zeta(T a);

    T lambertW(T a);

    T besselJ(T order, T a);

    T besselY(T order, T a);

    T besselI(T order, T a);

    T besselK(T order, T a);

    boolean isReal(T a);

    /** The integer it is exactly, where it is one of int size. */
    OptionalInt asInteger(T a);

    /** The sign of {@code a − b}, both real. */
    int compare(T a, T b);

    /** Whether the two are the same number; throws {@link Undefined} where rounding hides it. */
    boolean same(T a, T b);

    default T minus(T a, T b) {
        return plus(a, negate(b));
    }

    default T one() {
        return integer(1);
    }
}
