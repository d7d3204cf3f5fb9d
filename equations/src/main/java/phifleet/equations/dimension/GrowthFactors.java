package phifleet.equations.dimension;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Power;
import phifleet.equations.ast.Expr.Sum;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Trees;

/** Growth by a share from one step to the next, {@code (1 + r)^n} or {@code (1 + r/k)^{kt}}: its letters are pure numbers. */
final class GrowthFactors {
    private GrowthFactors() {}

    /** The letters in the factors and in their exponents; empty where there is no such factor. */
    static Set<Symbol> letters(Statement statement) {
        Set<Symbol> letters = new HashSet<>();
        Trees.visit(statement, node -> {
            if (node instanceof Power(Sum(List<Expr> terms), Expr exponent)
                    && terms.size() == 2
                    && terms.getFirst() instanceof Num one
                    && one.is(1)
                    && isShare(terms.getLast())
                    && !Trees.symbols(exponent).isEmpty()) {
                Trees.symbols(node).forEach(symbol -> letters.add(symbol.plain()));
            }
        });
        return letters;
    }

    private static boolean isShare(Expr term) {
        return switch (term) {
            case Symbol _ -> true;
            case Expr.Negation(Expr operand) -> isShare(operand);
            case Expr.Quotient(Symbol _, Expr below) -> below instanceof Symbol || below instanceof Num;
            default -> false;
        };
    }
}
