package phifleet.equations.dimension;

import phifleet.equations.ast.Function;

/** What a function does to dimensions. */
enum FunctionRule {
    /** Takes pure numbers, gives a pure number. */
    PURE,
    /** Gives the dimension of its arguments, which all agree. */
    KEEPS,
    /** Takes arguments that agree, gives a pure number. */
    FORGETS,
    /** Gives one over the dimension of its argument. */
    INVERTS,
    /** Gives the square of its argument's dimension. */
    SQUARES,
    /** Gives the product of its arguments' dimensions. */
    MULTIPLIES,
    /** Takes what has no dimension because it is no quantity, gives a pure number. */
    EVENT,
    /** Gives the dimension of its first argument; the second is an event. */
    CONDITION,
    SQUARE_ROOT,
    ROOT,
    /** Nothing is known of the result. */
    UNKNOWN;

    static FunctionRule of(Function function) {
        return switch (function) {
            case SIN, COS, TAN, COT, SEC, CSC, ASIN, ACOS, ATAN, ACOT, ASEC, ACSC -> PURE;
            case SINH, COSH, TANH, COTH, SECH, CSCH, ASINH, ACOSH, ATANH, ACOTH, ASECH, ACSCH -> PURE;
            case EXP, LOG, FACTORIAL, DOUBLE_FACTORIAL, BINOMIAL, RISING_FACTORIAL, FALLING_FACTORIAL -> PURE;
            case GAMMA, LOG_GAMMA, DIGAMMA, BETA, ZETA, ERF, ERFC, LAMBERT_W, SINC -> PURE;
            case BESSEL_J, BESSEL_Y, BESSEL_I, BESSEL_K -> PURE;
            case ABS, NORM, FLOOR, CEILING, MIN, MAX, MOD, RE, IM, CONJUGATE -> KEEPS;
            case AVERAGE, CHANGE, DIFFERENTIAL, VARIATION, TRACE, TRANSPOSE, EXPECTATION -> KEEPS;
            case VARIANCE -> SQUARES;
            case COVARIANCE, TENSOR -> MULTIPLIES;
            case GIVEN -> CONDITION;
            case PROBABILITY, INTERSECTION, UNION -> EVENT;
            case SIGN, ARG, ATAN2, HEAVISIDE, KRONECKER_DELTA -> FORGETS;
            case DIRAC_DELTA -> INVERTS;
            case SQRT -> SQUARE_ROOT;
            case ROOT -> ROOT;
            case RANK, NULLITY -> FORGETS;
            // Landau's O hides a constant of any dimension.
            case ORDER, OMITTED, DETERMINANT -> UNKNOWN;
        };
    }
}
