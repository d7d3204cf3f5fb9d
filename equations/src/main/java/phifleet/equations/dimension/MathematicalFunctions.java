package phifleet.equations.dimension;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Application;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Trees;

/**
 * The functions of an equation that stand for any: the coefficients of a differential equation for y(x), and a pair such as f(t) and F(s)
 * beside an integral, of which one is the other's transform.
 */
final class MathematicalFunctions {
    private static final Set<String> COEFFICIENTS = Set.of("P", "Q", "R", "p", "q", "r", "f", "g", "h");

    private MathematicalFunctions() {}

    static Set<Symbol> of(Statement statement) {
        Set<Symbol> heads = new HashSet<>();
        boolean[] integral = {false};
        boolean[] ordinate = {false};
        Trees.visit(statement, node -> {
            switch (node) {
                case Application(Symbol head, List<Expr> arguments)
                when arguments.size() == 1 -> heads.add(head.plain());
                case Expr.Integral _ -> integral[0] = true;
                case Expr.Derivative derivative ->
                    ordinate[0] |= derivative.operand() instanceof Application application
                            && application.head().base().equals("y");
                default -> {}
            }
        });
        Set<Symbol> any = new HashSet<>();
        for (Symbol head : heads) {
            boolean coefficient = ordinate[0]
                    && (COEFFICIENTS.contains(head.name()) || head.base().equals("y"));
            boolean pair = integral[0]
                    && heads.stream()
                            .anyMatch(
                                    other -> !other.equals(head) && other.base().equalsIgnoreCase(head.base()));
            if (coefficient || pair) {
                any.add(head);
            }
        }
        return any;
    }
}
