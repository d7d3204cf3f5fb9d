package phifleet.equations.exact;

import java.util.Set;

/**
 * What may be assumed of symbols, and how trigonometric functions are written.
 *
 * @param positive names of symbols that are positive real numbers
 * @param real names of symbols that are real numbers; the positive ones need not be among them
 * @param everythingPositive whether all symbols and all sums under roots are positive, as amounts in physical laws are
 * @param exponentials whether sin, cos and their kin become exponentials, in which every angle identity is plain algebra
 */
public record Domain(Set<String> positive, Set<String> real, boolean everythingPositive, boolean exponentials) {
    public Domain {
        positive = Set.copyOf(positive);
        real = Set.copyOf(real);
    }

    /** Symbols are any complex numbers: what is proved here holds wherever both sides are defined. */
    public static Domain complex() {
        return new Domain(Set.of(), Set.of(), false, true);
    }

    /** Some symbols are positive or real. */
    public static Domain of(Set<String> positive, Set<String> real) {
        return new Domain(positive, real, false, true);
    }

    /** For matching laws: quantities are positive, and sin and cos stay as they are. */
    public static Domain physical() {
        return new Domain(Set.of(), Set.of(), true, false);
    }

    boolean isPositive(Kernel kernel) {
        return switch (kernel) {
            case Kernel.Prime _ -> true;
            case Kernel.MinusOne _ -> false;
            case Kernel.MathConstant c -> c.isNumber();
            case Kernel.Named named -> everythingPositive || positive.contains(named.name());
            case Kernel.Exponential power -> isReal(power.exponent());
            case Kernel.Radicand root -> everythingPositive || isPositive(root.base());
            case Kernel.Applied _ -> everythingPositive;
        };
    }

    /** Whether {@code fraction} is seen to be positive. */
    boolean isPositive(Fraction fraction) {
        return !fraction.numerator().isZero()
                && isPositive(fraction.numerator())
                && fraction.divisors().values().stream().allMatch(divisor -> isPositive(divisor.polynomial()));
    }

    private boolean isPositive(Polynomial sum) {
        return sum.terms().entrySet().stream()
                .allMatch(term -> term.getValue().signum() > 0
                        && term.getKey().factors().stream()
                                .allMatch(factor -> isPositive(factor.kernel())
                                        || (isReal(factor.kernel())
                                                && isEven(factor.exponent())
                                                && !term.getKey().isOne()
                                                && hasPositiveNumber(sum))));
    }

    private static boolean hasPositiveNumber(Polynomial sum) {
        Rational constant = sum.terms().get(Monomial.ONE);
        return constant != null && constant.signum() > 0;
    }

    /** Whether {@code kernel} is seen to be real. */
    boolean isReal(Kernel kernel) {
        return isPositive(kernel)
                || switch (kernel) {
                    case Kernel.Named named -> real.contains(named.name());
                    case Kernel.Applied applied ->
                        applied.head().equals(Powers.LOG)
                                ? isPositive(applied.argument())
                                : REAL_FUNCTIONS.contains(applied.head())
                                        && applied.arguments().stream().allMatch(this::isReal);
                    case Kernel.Prime _,
                            Kernel.MinusOne _,
                            Kernel.MathConstant _,
                            Kernel.Exponential _,
                            Kernel.Radicand _ -> false;
                };
    }

    boolean isReal(Fraction fraction) {
        return isReal(fraction.numerator())
                && fraction.divisors().values().stream().allMatch(divisor -> isReal(divisor.polynomial()));
    }

    private boolean isReal(Polynomial sum) {
        return sum.terms().keySet().stream()
                .flatMap(m -> m.factors().stream())
                .allMatch(factor -> isPositive(factor.kernel())
                        || (isReal(factor.kernel()) && factor.exponent().isInteger()));
    }

    private static boolean isEven(Rational exponent) {
        return exponent.isInteger() && !exponent.numerator().testBit(0);
    }

    /** Functions that are real at every real point. */
    private static final Set<String> REAL_FUNCTIONS =
            Set.of("abs", "sign", "floor", "ceiling", "re", "im", "arg", "erf", "atan", "asinh", "Heaviside");
}
