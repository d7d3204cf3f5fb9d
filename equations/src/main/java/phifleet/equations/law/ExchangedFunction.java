package phifleet.equations.law;

import java.util.ArrayList;
import java.util.List;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;

/**
 * An equation with another function of its angles: {@code F = B I L sin θ} for {@code F = B I L cos θ}. Only angles that are a symbol, or a number of times
 * one, are tried, since of what depends on time or place either function may be right, {@code x = A cos(ω t)}.
 *
 * @param relation with the other function wherever the written one stood
 */
public record ExchangedFunction(Relation relation, Function written, Function other) {
    private static final List<Function> OF_ANGLES = List.of(Function.SIN, Function.COS, Function.TAN);

    /** All of them; none where there are no such angles. */
    public static List<ExchangedFunction> of(Relation relation) {
        List<ExchangedFunction> all = new ArrayList<>();
        for (Function written : OF_ANGLES) {
            if (Trees.any(relation, node -> isOfAngle(node, written))) {
                OF_ANGLES.stream()
                        .filter(other -> other != written)
                        .map(other -> new ExchangedFunction(exchanged(relation, written, other), written, other))
                        .forEach(all::add);
            }
        }
        return all;
    }

    private static Relation exchanged(Relation relation, Function written, Function other) {
        return (Relation) Trees.mapSides(
                relation,
                side -> Trees.rewrite(
                        side,
                        node -> node instanceof Expr.Call call && isOfAngle(node, written)
                                ? Expr.Call.of(other, call.argument())
                                : node));
    }

    private static boolean isOfAngle(Expr node, Function function) {
        return node instanceof Expr.Call call && call.function() == function && isAngle(call.argument());
    }

    /** A symbol, or a number of times one, {@code 2θ}. */
    private static boolean isAngle(Expr argument) {
        return argument instanceof Expr.Symbol
                || (argument instanceof Expr.Product(List<Expr> factors)
                        && factors.size() == 2
                        && factors.getFirst() instanceof Expr.Num
                        && factors.getLast() instanceof Expr.Symbol);
    }

    /** Whether a name in place of a law's says nothing of another law. */
    public static boolean isKept(String mine, String its) {
        return Synonyms.are(mine, its);
    }
}
