package phifleet.equations.claim;

import java.util.ArrayList;
import java.util.List;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Trees;

/**
 * What beginners take functions for: that a number, a power or a sum can be drawn out of them, {@code ln 2x = 2 ln x}, {@code sin x² = sin²
 * x}, {@code e^{x+1} = e^x + e}.
 */
final class Distributed {
    private Distributed() {}

    /** What beginners make of a function; empty where there is nothing to be drawn out. */
    static List<Expr> drawnOut(Expr function) {
        return switch (argument(function)) {
            case Expr.Product(List<Expr> factors) -> {
                List<Expr> drawn = new ArrayList<>(List.of(new Expr.Product(
                        factors.stream().map(factor -> of(function, factor)).toList())));
                if (factors.getFirst() instanceof Expr.Num number) {
                    drawn.add(product(number, of(function, rest(factors))));
                }
                if (function instanceof Expr.Power && factors.getLast() instanceof Expr.Call call) {
                    // e^{2 ln x} is not 2x.
                    drawn.add(product(factors, call.argument()));
                }
                yield drawn;
            }
            case Expr.Quotient(Expr above, Expr below) ->
                List.of(new Expr.Quotient(of(function, above), of(function, below)));
            case Expr.Power(Expr base, Expr exponent) -> List.of(new Expr.Power(of(function, base), exponent));
            case Expr.Sum(List<Expr> terms) ->
                List.of(new Expr.Sum(
                        terms.stream().map(term -> of(function, term)).toList()));
            case Expr.Call inner
            when inner.arguments().size() == 1
                    && function instanceof Expr.Call outer
                    && inner.function() != outer.function() ->
                List.of(Expr.Call.of(inner.function(), of(function, inner.argument())));
            default -> List.of();
        };
    }

    private static Expr product(List<Expr> factors, Expr last) {
        List<Expr> all = new ArrayList<>(factors.subList(0, factors.size() - 1));
        all.add(last);
        return new Expr.Product(all);
    }

    /** What a function is of; for a power of a number its exponent. */
    private static Expr argument(Expr function) {
        return switch (function) {
            case Expr.Call call when call.arguments().size() == 1 || call.function() == Function.LOG -> call.argument();
            case Expr.Power(Expr base, Expr exponent)
            when base == Expr.Constant.E || base instanceof Expr.Num -> exponent;
            default -> function;
        };
    }

    private static Expr of(Expr function, Expr argument) {
        return switch (function) {
            case Expr.Call call -> {
                List<Expr> arguments = new ArrayList<>(call.arguments());
                arguments.set(0, argument);
                yield new Expr.Call(call.function(), arguments);
            }
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
        factors.addAll(Trees.factors(function));
        return new Expr.Product(factors);
    }
}
