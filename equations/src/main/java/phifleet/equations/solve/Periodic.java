package phifleet.equations.solve;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Trees;

/** Functions that are the same after a whole turn of their variable. */
final class Periodic {
    private static final Set<Function> CIRCULAR =
            EnumSet.of(Function.SIN, Function.COS, Function.TAN, Function.COT, Function.SEC, Function.CSC);

    private Periodic() {}

    /** Whether the variable stands in sines and their kin alone, there times whole numbers. */
    static boolean byTurns(Expr expr, Symbol variable) {
        if (expr.equals(variable)) {
            return false;
        }
        boolean turns = expr instanceof Expr.Call call
                && CIRCULAR.contains(call.function())
                && isWholeTurns(call.argument(), variable);
        return turns || Trees.children(expr).stream().allMatch(part -> byTurns(part, variable));
    }

    private static boolean isWholeTurns(Expr angle, Symbol variable) {
        return switch (angle) {
            case Symbol _ -> true;
            case Expr.Negation(Expr operand) -> isWholeTurns(operand, variable);
            case Expr.Sum(List<Expr> terms) -> terms.stream().allMatch(term -> isWholeTurns(term, variable));
            case Expr.Product(List<Expr> factors)
            when factors.contains(variable) ->
                factors.size() == 2
                        && factors.stream().anyMatch(factor -> factor instanceof Expr.Num number && number.isInteger());
            default -> !Trees.symbols(angle).contains(variable);
        };
    }
}
