package phifleet.equations.claim;

import java.util.ArrayList;
import java.util.List;
import phifleet.equations.ast.Expr;

/**
 * What beginners take functions for: that a number, a power or a sum can be drawn out of them, {@code ln 2x = 2 ln x}, {@code sin x² = sin²
 * x}, {@code e^{x+1} = e^x + e}.
 */
final class Distributed {
    private Distributed() {}

    /** Whether the one side is what comes of the other in that way. */
    static boolean isSaid(Expr left, Expr right) {
        return isDrawnOut(left, right) || isDrawnOut(right, left);
    }

    private static boolean isDrawnOut(Expr function, Expr other) {
        return switch (argument(function)) {
            case Expr.Product(List<Expr> factors)
            when factors.getFirst() instanceof Expr.Num number ->
                other.equals(product(number, of(function, rest(factors))));
            case Expr.Power(Expr base, Expr exponent) -> other.equals(new Expr.Power(of(function, base), exponent));
            case Expr.Sum(List<Expr> terms) ->
                other.equals(new Expr.Sum(
                        terms.stream().map(term -> of(function, term)).toList()));
            default -> false;
        };
    }

    /** What a function is of; for a power of a number its exponent. */
    private static Expr argument(Expr function) {
        return switch (function) {
            case Expr.Call call when call.arguments().size() == 1 -> call.argument();
            case Expr.Power(Expr base, Expr exponent)
            when base == Expr.Constant.E || base instanceof Expr.Num -> exponent;
            default -> function;
        };
    }

    private static Expr of(Expr function, Expr argument) {
        return switch (function) {
            case Expr.Call call -> Expr.Call.of(call.function(), argument);
            case Expr.Power(Expr base, Expr _) -> new Expr.Power(base, argument);
            default -> argument;
        };
    }

    private static Expr rest(List<Expr> factors) {
        List<Expr> rest = factors.subList(1, factors.size());
        return rest.size() == 1 ? rest.getFirst() : new Expr.Product(rest);
    }

    private static Expr product(Expr.Num number, Expr function) {
        List<Expr> factors = new ArrayList<>(List.of(number));
        factors.addAll(function instanceof Expr.Product(List<Expr> inner) ? inner : List.of(function));
        return new Expr.Product(factors);
    }
}
