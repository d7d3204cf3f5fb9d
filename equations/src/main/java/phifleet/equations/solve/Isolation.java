package phifleet.equations.solve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import phifleet.equations.ast.Expr;
import phifleet.equations.exact.FormText;
import phifleet.equations.exact.Fraction;
import phifleet.equations.exact.Normalizer;

/** An equation of several symbols, solved for one that stands linearly in it. */
final class Isolation {
    private Isolation() {}

    static Optional<SolveOutcome> of(
            Fraction difference, Expr left, Expr right, List<String> names, Normalizer normalizer) {
        for (String name : preferred(left, right, names)) {
            Optional<Fraction> expression = normalizer.solveLinear(difference, name);
            if (expression.isPresent()) {
                return Optional.of(new SolveOutcome.Isolated(name, FormText.of(expression.get())));
            }
        }
        return Optional.empty();
    }

    /** A symbol that is a side by itself first. */
    private static List<String> preferred(Expr left, Expr right, List<String> names) {
        List<String> order = new ArrayList<>(names);
        for (Expr side : List.of(right, left)) {
            if (side instanceof Expr.Symbol symbol
                    && order.remove(symbol.plain().name())) {
                order.addFirst(symbol.plain().name());
            }
        }
        return order;
    }
}
