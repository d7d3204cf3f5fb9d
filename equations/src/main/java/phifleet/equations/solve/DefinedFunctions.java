package phifleet.equations.solve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Application;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Statement.Operator;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Statement.Several;
import phifleet.equations.ast.Trees;

/**
 * A function that one of several equations defines, in the others at numbers: {@code f(x) = 2x + 1, f(3) = 7} says that 2·3 + 1 is 7;
 * and its derivative: {@code f(x) = x^3, f'(x) = 3x^2}.
 */
public final class DefinedFunctions {
    private DefinedFunctions() {}

    private record Definition(Symbol head, Symbol argument, Expr value) {
        static Optional<Definition> of(Statement statement) {
            return statement instanceof Relation relation
                            && relation.sides().size() == 2
                            && relation.operators().getFirst() == Operator.EQUAL
                            && relation.left() instanceof Application(Symbol head, List<Expr> arguments)
                            && arguments.size() == 1
                            && arguments.getFirst() instanceof Symbol argument
                            && !applies(relation.right(), head)
                    ? Optional.of(new Definition(head, argument, relation.right()))
                    : Optional.empty();
        }

        /** With its value in place of the function, wherever it stands at a number or is differentiated. */
        Statement putInto(Statement statement) {
            return Trees.mapSides(statement, side -> Trees.rewrite(side, this::at));
        }

        private Expr at(Expr node) {
            if (node instanceof Expr.Derivative(Expr operand, List<Expr.Derivative.By> by, boolean partial)
                    && applies(operand, head)) {
                Expr written = new Application(head, List.of(argument));
                return new Expr.Derivative(
                        Trees.rewrite(operand, part -> part.equals(written) ? value : part), by, partial);
            }
            return node instanceof Application(Symbol other, List<Expr> arguments)
                            && other.equals(head)
                            && arguments.size() == 1
                            && Trees.symbols(arguments.getFirst()).isEmpty()
                    ? Trees.rewrite(value, part -> part.equals(argument) ? arguments.getFirst() : part)
                    : node;
        }
    }

    /** The equations beside a definition, with the function's values; the same as before where they hold none. */
    public static Statement putIn(Several several) {
        for (Statement member : several.members()) {
            Optional<Definition> definition = Definition.of(member);
            if (definition.isPresent()) {
                List<Statement> others = new ArrayList<>(several.members());
                others.remove(member);
                List<Statement> valued =
                        others.stream().map(definition.get()::putInto).toList();
                boolean all = !valued.equals(others)
                        && valued.stream()
                                .noneMatch(other -> Trees.any(
                                        other,
                                        node -> isOf(node, definition.get().head())));
                if (all) {
                    return valued.size() == 1 ? valued.getFirst() : new Several(valued);
                }
            }
        }
        return several;
    }

    private static boolean applies(Expr expr, Symbol head) {
        return Trees.any(expr, node -> isOf(node, head));
    }

    private static boolean isOf(Expr node, Symbol head) {
        return node instanceof Application(Symbol other, List<Expr> _) && other.equals(head);
    }
}
