package phifleet.equations.solve;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Trees;
import phifleet.equations.budget.Budget;
import phifleet.equations.exact.Domain;
import phifleet.equations.exact.Proof;
import phifleet.equations.exact.Prover;
import phifleet.equations.identity.ClosedValue;

/**
 * A relation between two numbers.
 *
 * <p>{@code =} is exact, and what is but rounded is told apart; {@code ≈} allows half a unit of the last digit of the coarsest decimal written, as {@code π ≈ 3.14} does, and 1 %
 * where no decimal is written.
 */
final class NumericStatement {
    /** Relative difference below which two 35-digit values count as one. */
    private static final BigDecimal SAME = new BigDecimal("1e-30");

    private static final BigDecimal WITHOUT_DECIMALS = new BigDecimal("0.01");
    /** Significant digits from which on a decimal is more likely a rounded number than a wrong one. */
    private static final int FEWEST_DIGITS = 3;
    /** Of powers of ten that belong to a number. */
    private static final int MAX_POWER_OF_TEN = 999;
    /** So many digits are left out at least where rounding is meant: who leaves out one, {@code 3/16 = 0.188}, could have written it. */
    private static final int LEFT_OUT = 2;

    private static final BigDecimal HALF = new BigDecimal("0.5");

    private NumericStatement() {}

    static SolveOutcome decide(Expr left, Statement.Operator operator, Expr right, Budget budget) {
        Proof proof = Prover.prove(left, right, Domain.complex(), budget);
        Optional<ClosedValue> a = ClosedValue.of(left, budget);
        Optional<ClosedValue> b = ClosedValue.of(right, budget);
        if (a.isEmpty() || b.isEmpty()) {
            return new SolveOutcome.Undetermined("a side has no value");
        }
        boolean equal = proof instanceof Proof.Proved || same(a.get(), b.get());
        if (!a.get().isReal() || !b.get().isReal()) {
            return switch (operator) {
                case EQUAL, IDENTICAL, APPROXIMATE ->
                    equal ? holds(a.get(), "both sides are ") : fails(a.get(), b.get(), "the sides differ");
                case NOT_EQUAL ->
                    equal ? fails(a.get(), b.get(), "the sides are equal") : holds(a.get(), "the left side is ");
                case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, PROPORTIONAL, TENDS_TO ->
                    new SolveOutcome.Undetermined("complex numbers have no order");
            };
        }
        int order = equal ? 0 : a.get().re().compareTo(b.get().re());
        return switch (operator) {
            case EQUAL, IDENTICAL ->
                equal
                        ? holds(a.get(), "both sides are ")
                        : Optional.of(operator)
                                .filter(sign -> sign == Statement.Operator.EQUAL)
                                .flatMap(_ -> rounds(left, right, a.get(), b.get())
                                        .or(() -> rounds(right, left, b.get(), a.get())))
                                .orElseGet(() -> fails(a.get(), b.get(), hint(left, right, a.get(), b.get())));
            case APPROXIMATE -> approximate(left, right, a.get(), b.get());
            case NOT_EQUAL -> told(order != 0, a.get(), b.get());
            case LESS -> told(order < 0, a.get(), b.get());
            case LESS_OR_EQUAL -> told(order <= 0, a.get(), b.get());
            case GREATER -> told(order > 0, a.get(), b.get());
            case GREATER_OR_EQUAL -> told(order >= 0, a.get(), b.get());
            case PROPORTIONAL, TENDS_TO -> new SolveOutcome.Undetermined("numbers are not " + operator.sign());
        };
    }

    private static SolveOutcome told(boolean holds, ClosedValue left, ClosedValue right) {
        return holds
                ? new SolveOutcome.Holds("the sides are " + left.text() + " and " + right.text(), 0)
                : fails(left, right, "the order is another");
    }

    private static SolveOutcome holds(ClosedValue value, String what) {
        return new SolveOutcome.Holds(what + value.text(), 0);
    }

    private static SolveOutcome fails(ClosedValue left, ClosedValue right, String why) {
        return new SolveOutcome.Fails(left.text(), right.text(), why);
    }

    /**
     * Whether {@code decimal} is what is calculated on the other side, rounded to its digits: {@code (1+√5)/2 = 1.618}. Who was wrong would hardly hit it.
     */
    private static Optional<SolveOutcome> rounds(
            Expr calculated, Expr decimal, ClosedValue value, ClosedValue written) {
        Expr bare = unsigned(decimal);
        if (!(bare instanceof Expr.Num number)
                || number.value().scale() <= 0
                || unsigned(calculated) instanceof Expr.Num) {
            return Optional.empty();
        }
        int digits = number.value().precision();
        boolean rounded = digits >= FEWEST_DIGITS
                && value.re().stripTrailingZeros().precision() >= digits + LEFT_OUT
                && distance(value, written).compareTo(number.value().ulp().multiply(HALF)) <= 0;
        return rounded ? Optional.of(new SolveOutcome.Rounds(value.text(), digits)) : Optional.empty();
    }

    private static Expr unsigned(Expr expr) {
        return expr instanceof Expr.Negation(Expr operand) ? operand : expr;
    }

    private static String hint(Expr left, Expr right, ClosedValue a, ClosedValue b) {
        boolean close =
                (hasDecimal(left) || hasDecimal(right)) && distance(a, b).compareTo(tolerance(left, right, a, b)) <= 0;
        return close ? SolveOutcome.Fails.ROUNDED : "the sides differ";
    }

    private static SolveOutcome approximate(Expr left, Expr right, ClosedValue a, ClosedValue b) {
        return distance(a, b).compareTo(tolerance(left, right, a, b)) <= 0
                ? new SolveOutcome.Holds(
                        a.text() + " and " + b.text() + " agree "
                                + (hasDecimal(left) || hasDecimal(right) ? "to the digits written" : "within 1 %"),
                        0)
                : fails(a, b, "the sides differ by more than the digits written allow");
    }

    private static BigDecimal distance(ClosedValue a, ClosedValue b) {
        return a.re().subtract(b.re()).abs();
    }

    private static boolean same(ClosedValue a, ClosedValue b) {
        BigDecimal size = a.re().abs().max(b.re().abs()).max(a.im().abs()).max(b.im().abs());
        BigDecimal gap = distance(a, b).max(a.im().subtract(b.im()).abs());
        return gap.compareTo(size.multiply(SAME)) <= 0;
    }

    private static boolean hasDecimal(Expr expr) {
        return Trees.any(expr, node -> node instanceof Expr.Num number && !number.isInteger());
    }

    /** Half a unit of the last digit, as an absolute error where a side is one number, else relative to the digits of the coarsest. */
    private static BigDecimal tolerance(Expr left, Expr right, ClosedValue a, ClosedValue b) {
        BigDecimal size = a.re().abs().max(b.re().abs());
        BigDecimal absolute = unit(left).max(unit(right));
        if (absolute.signum() > 0) {
            return absolute.multiply(HALF);
        }
        int[] digits = {Integer.MAX_VALUE};
        for (Expr side : new Expr[] {left, right}) {
            Trees.visit(side, node -> {
                if (node instanceof Expr.Num number && !number.isInteger()) {
                    digits[0] = Math.min(digits[0], number.value().precision());
                }
            });
        }
        return digits[0] == Integer.MAX_VALUE
                ? size.multiply(WITHOUT_DECIMALS)
                : size.multiply(HALF).movePointLeft(Math.max(0, digits[0] - 1));
    }

    /** The value of the last digit written, where the expression is one decimal, or one times a power of ten; else 0. */
    private static BigDecimal unit(Expr expr) {
        if (expr instanceof Expr.Num number) {
            return LastDigit.unit(number.value());
        }
        if (expr instanceof Expr.Negation negation) {
            return unit(negation.operand());
        }
        return expr instanceof Expr.Product product
                        && product.factors().size() == 2
                        && product.factors().get(0) instanceof Expr.Num number
                        && product.factors().get(1) instanceof Expr.Power power
                        && power.base() instanceof Expr.Num base
                        && base.is(10)
                ? powerOfTen(power).multiply(unit(number))
                : BigDecimal.ZERO;
    }

    /** 10 to a small written power; 0 for another. */
    private static BigDecimal powerOfTen(Expr.Power power) {
        boolean negative = power.exponent() instanceof Expr.Negation;
        Expr size = power.exponent() instanceof Expr.Negation negation ? negation.operand() : power.exponent();
        OptionalInt exponent = size instanceof Expr.Num number ? number.integer(MAX_POWER_OF_TEN) : OptionalInt.empty();
        return exponent.isEmpty()
                ? BigDecimal.ZERO
                : BigDecimal.ONE.scaleByPowerOfTen(negative ? -exponent.getAsInt() : exponent.getAsInt());
    }
}
