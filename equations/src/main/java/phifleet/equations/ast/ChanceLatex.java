package phifleet.equations.ast;

import java.util.List;
import java.util.stream.Collectors;
import phifleet.equations.ast.Expr.Call;
import phifleet.equations.ast.Expr.Piecewise;

/** Writes means and probabilities as LaTeX, with blackboard letters, which are nothing else. */
final class ChanceLatex {
    private ChanceLatex() {}

    static String of(Call call) {
        List<Expr> arguments = call.arguments();
        return switch (call.function()) {
            case EXPECTATION -> "\\mathbb{E}\\left[" + Latex.of(call.argument()) + "\\right]";
            case PROBABILITY -> "\\mathbb{P}\\left(" + event(call.argument()) + "\\right)";
            case GIVEN -> event(arguments.getFirst()) + " \\mid " + event(arguments.getLast());
            case INTERSECTION -> joined(" \\cap ", arguments);
            default -> joined(" \\cup ", arguments);
        };
    }

    private static String joined(String sign, List<Expr> events) {
        return events.stream()
                .map(event -> event instanceof Call ? "\\left(" + event(event) + "\\right)" : event(event))
                .collect(Collectors.joining(sign));
    }

    /** An event; a relation as such. */
    private static String event(Expr event) {
        Statement.Relation relation =
                event instanceof Piecewise(List<Piecewise.Branch> branches) && branches.size() == 1
                        ? branches.getFirst().condition()
                        : null;
        return relation == null ? Latex.of(event) : LatexStatement.relation(relation, "");
    }
}
