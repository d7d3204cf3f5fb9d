package phifleet.equations.ast;

/** The functions the grammar knows, each under one canonical spelling. */
public enum Function {
    SIN("sin"),
    COS("cos"),
    TAN("tan"),
    COT("cot"),
    SEC("sec"),
    CSC("csc"),
    ASIN("asin"),
    ACOS("acos"),
    ATAN("atan"),
    ACOT("acot"),
    ASEC("asec"),
    ACSC("acsc"),
    SINH("sinh"),
    COSH("cosh"),
    TANH("tanh"),
    COTH("coth"),
    SECH("sech"),
    CSCH("csch"),
    ASINH("asinh"),
    ACOSH("acosh"),
    ATANH("atanh"),
    ACOTH("acoth"),
    ASECH("asech"),
    ACSCH("acsch"),
    /** Angle of the point (x, y), written {@code atan2(y, x)}. */
    ATAN2("atan2", 2, 2),
    EXP("exp"),
    /** The natural logarithm of one argument, or of the first to the base of the second. */
    LOG("log", 1, 2),
    SQRT("sqrt"),
    /** {@code root(x, n)}: the n-th root. */
    ROOT("root", 2, 2),
    ABS("abs"),
    /** The length of a vector. */
    NORM("norm"),
    SIGN("sign"),
    FLOOR("floor"),
    CEILING("ceiling"),
    MIN("min", 1, 64),
    MAX("max", 1, 64),
    MOD("mod", 2, 2),
    RE("re"),
    IM("im"),
    ARG("arg"),
    CONJUGATE("conjugate"),
    FACTORIAL("factorial"),
    /** n!! */
    DOUBLE_FACTORIAL("factorial2"),
    BINOMIAL("binomial", 2, 2),
    /** x (x+1) … (x+n−1), written {@code RisingFactorial(x, n)}. */
    RISING_FACTORIAL("RisingFactorial", 2, 2),
    /** x (x−1) … (x−n+1). */
    FALLING_FACTORIAL("FallingFactorial", 2, 2),
    /** Γ. */
    GAMMA("gamma"),
    LOG_GAMMA("loggamma"),
    /** ψ, the derivative of log Γ. */
    DIGAMMA("digamma"),
    BETA("beta", 2, 2),
    ZETA("zeta"),
    ERF("erf"),
    ERFC("erfc"),
    LAMBERT_W("LambertW"),
    SINC("sinc"),
    /** Bessel functions, the order first. */
    BESSEL_J("besselj", 2, 2),
    BESSEL_Y("bessely", 2, 2),
    BESSEL_I("besseli", 2, 2),
    BESSEL_K("besselk", 2, 2),
    HEAVISIDE("Heaviside"),
    DIRAC_DELTA("DiracDelta"),
    KRONECKER_DELTA("KroneckerDelta", 2, 2),
    /** A mean value: {@code ⟨x⟩}; has the dimension of its argument. */
    AVERAGE("avg"),
    /** A finite change: {@code Δx}; has the dimension of its argument. */
    CHANGE("Delta"),
    /** A differential: {@code dx}; has the dimension of its argument. */
    DIFFERENTIAL("d"),
    /** A small or inexact change: {@code δQ}; has the dimension of its argument. */
    VARIATION("delta"),
    /** Landau's O: terms of at least this order; has the dimension of its argument. */
    ORDER("O"),
    DETERMINANT("det"),
    TRACE("tr"),
    TRANSPOSE("transpose"),
    /** Independent rows of a matrix. */
    RANK("rank"),
    /** The dimension of what a matrix takes to 0. */
    NULLITY("nullity"),
    /** {@code A ⊗ B}; of matrices Kronecker's. */
    TENSOR("tensor", 2, 4_000),
    /** What a row of dots stands for, in a sum or product; its argument says nothing. */
    OMITTED("omitted"),
    /** The mean of a random quantity: {@code E[X]}; has the dimension of its argument. */
    EXPECTATION("E"),
    VARIANCE("Var"),
    COVARIANCE("Cov", 2, 2),
    /** Of an event: {@code P(A)}, {@code P(A|B)}, {@code P(X > a)}; the event is a relation as a {@link Expr.Piecewise} that is 1 where it holds. */
    PROBABILITY("P"),
    /** {@code A|B} within a probability. */
    GIVEN("given", 2, 2),
    INTERSECTION("intersection", 2, 4_000),
    UNION("union", 2, 4_000);

    private final String spelling;
    private final int fewest;
    private final int most;

    Function(String spelling) {
        this(spelling, 1, 1);
    }

    Function(String spelling, int fewest, int most) {
        this.spelling = spelling;
        this.fewest = fewest;
        this.most = most;
    }

    /** The canonical ASCII name. */
    public String spelling() {
        return spelling;
    }

    /** Whether it can be called with that many arguments. */
    public boolean takes(int arguments) {
        return arguments >= fewest && arguments <= most;
    }

    /** The fewest arguments it takes. */
    public int fewest() {
        return fewest;
    }

    /** The most arguments it takes. */
    public int most() {
        return most;
    }
}
