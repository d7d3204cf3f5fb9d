package phifleet.equations.calculus;

import java.util.Optional;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Trees;
import phifleet.equations.budget.Budget;
import phifleet.equations.exact.Domain;
import phifleet.equations.exact.Proof;
import phifleet.equations.exact.Prover;

/**
 * Numbers without a value, for certain: a division by what is exactly 0, the logarithm of 0, a function at its pole. What is 0 is decided by
 * normal form, so that {@code tan(π/2)} has no value and a very small divisor one.
 */
public final class Poles {
    private Poles() {}

    /** Why an expression has no value, as a clause; empty where nothing of the kind is seen. */
    public static Optional<String> of(Expr expr, Budget budget) {
        for (Expr part : Trees.children(expr)) {
            if (!(expr instanceof Expr.Series) && !(expr instanceof Expr.Limit) && !(expr instanceof Expr.Integral)) {
                Optional<String> inner = of(part, budget);
                if (inner.isPresent()) {
                    return inner;
                }
            }
        }
        return switch (expr) {
            case Expr.Quotient(Expr _, Expr below) when isZero(below, budget) -> Optional.of("it divides by 0");
            case Expr.Power(Expr base, Expr exponent)
            when isNegative(exponent) && isZero(base, budget) -> Optional.of("it is 0 to a negative power");
            case Expr.Call call -> of(call, budget);
            default -> Optional.empty();
        };
    }

    private static Optional<String> of(Expr.Call call, Budget budget) {
        Expr x = call.argument();
        return switch (call.function()) {
            case LOG ->
                isZero(x, budget)
                        ? Optional.of("0 has no logarithm")
                        : call.arguments().size() == 2
                                        && isZero(
                                                Expr.Call.of(
                                                        Function.LOG,
                                                        call.arguments().get(1)),
                                                budget)
                                ? Optional.of("a logarithm has no base 1")
                                : Optional.empty();
            case TAN, SEC -> pole(call, isZero(Expr.Call.of(Function.COS, x), budget));
            case COT, CSC -> pole(call, isZero(Expr.Call.of(Function.SIN, x), budget));
            case COTH, CSCH -> pole(call, isZero(Expr.Call.of(Function.SINH, x), budget));
            case ATANH, ACOTH ->
                pole(call, isZero(new Expr.Sum(java.util.List.of(
                        new Expr.Power(x, Expr.Num.of(2)), Expr.Num.of(-1))), budget));
            default -> Optional.empty();
        };
    }

    private static Optional<String> pole(Expr.Call call, boolean there) {
        return there ? Optional.of(call.function().spelling() + " has a pole there") : Optional.empty();
    }

    private static boolean isNegative(Expr exponent) {
        return exponent instanceof Expr.Negation || (exponent instanceof Expr.Num number && number.value().signum() < 0);
    }

    private static boolean isZero(Expr expr, Budget budget) {
        return Prover.prove(expr, Expr.Num.of(0), Domain.complex(), budget) instanceof Proof.Proved;
    }
}
