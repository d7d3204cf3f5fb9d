package phifleet.equations.calculus;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Integral;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;
import phifleet.equations.budget.Budget;
import phifleet.equations.identity.Derivatives;

/**
 * An equation with indefinite integrals, differentiated by their variable: {@code ∫ cos x dx = sin x + C} is true for some C where
 * {@code cos x = cos x} is. Integrals have to stand linearly, and the equation has to say how they depend on the variable: {@code W = ∫ F dx}
 * hides it in F and stays as it is.
 *
 * @param relation between the derivatives
 * @param variable by which
 */
public record Differentiated(Relation relation, String variable) {

    /** Empty where there is no indefinite integral, or no rule for how it stands. */
    public static Optional<Differentiated> of(Relation relation, Budget budget) {
        Set<Symbol> variables = new HashSet<>();
        boolean[] odd = {false};
        Trees.visit(relation, node -> {
            if (node instanceof Integral integral && !integral.isBounded()) {
                odd[0] |= integral.ranges().size() != 1
                        || !(integral.ranges().getFirst().variable() instanceof Symbol)
                        || integral.ranges().getFirst().lower() != null;
                integral.ranges().forEach(range -> {
                    if (range.variable() instanceof Symbol symbol) {
                        variables.add(symbol);
                    }
                });
            }
        });
        if (odd[0] || variables.size() != 1 || !relation.isEquation()) {
            return Optional.empty();
        }
        Symbol variable = variables.iterator().next();
        boolean shown = relation.sides().stream().anyMatch(side -> shows(side, variable));
        try {
            return shown
                    ? Optional.of(new Differentiated(
                            Relation.equal(
                                    derivative(relation.left(), variable, budget),
                                    derivative(relation.right(), variable, budget)),
                            variable.name()))
                    : Optional.empty();
        } catch (Opaque e) {
            return Optional.empty();
        }
    }

    /** Whether the variable stands outside the integrals, or in an integrand. */
    private static boolean shows(Expr expr, Symbol variable) {
        return expr instanceof Integral integral
                ? Trees.symbols(integral.integrand()).contains(variable)
                : expr.equals(variable) || Trees.children(expr).stream().anyMatch(part -> shows(part, variable));
    }

    private static boolean holds(Expr expr) {
        return Trees.any(expr, node -> node instanceof Integral integral && !integral.isBounded());
    }

    /** There is no rule. */
    private static final class Opaque extends RuntimeException {
        private static final long serialVersionUID = 1;

        Opaque() {
            super("an integral that does not stand linearly", null, false, false);
        }
    }

    /** ln |u| has the derivative of ln u wherever u is real and not 0. */
    private static Expr withoutBars(Expr expr) {
        return Trees.rewrite(
                expr,
                node -> node instanceof Expr.Call(Function log, List<Expr> arguments)
                                && log == Function.LOG
                                && arguments.size() == 1
                                && arguments.getFirst() instanceof Expr.Call(Function abs, List<Expr> inner)
                                && abs == Function.ABS
                        ? Expr.Call.of(Function.LOG, inner.getFirst())
                        : node);
    }

    private static Expr derivative(Expr expr, Symbol variable, Budget budget) {
        if (!holds(expr)) {
            if (!Trees.symbols(expr).contains(variable)) {
                return Expr.Num.of(0);
            }
            Expr.Derivative by =
                    new Expr.Derivative(withoutBars(expr), List.of(new Expr.Derivative.By(variable, 1)), false);
            Expr result = Derivatives.carryOut(by, budget);
            if (result.equals(by)) {
                throw new Opaque();
            }
            return result;
        }
        return switch (expr) {
            case Integral integral -> integral.integrand();
            case Expr.Sum(List<Expr> terms) ->
                new Expr.Sum(terms.stream()
                        .map(term -> derivative(term, variable, budget))
                        .toList());
            case Expr.Negation(Expr operand) -> new Expr.Negation(derivative(operand, variable, budget));
            case Expr.Quotient(Expr above, Expr below)
            when !Trees.symbols(below).contains(variable) ->
                new Expr.Quotient(derivative(above, variable, budget), below);
            case Expr.Product(List<Expr> factors) -> {
                List<Expr> kept = new ArrayList<>();
                int integrals = 0;
                for (Expr factor : factors) {
                    boolean here = holds(factor);
                    integrals += here ? 1 : 0;
                    if (!here && Trees.symbols(factor).contains(variable)) {
                        throw new Opaque();
                    }
                    kept.add(here ? derivative(factor, variable, budget) : factor);
                }
                if (integrals != 1) {
                    throw new Opaque();
                }
                yield new Expr.Product(kept.stream()
                        .flatMap(factor -> Trees.factors(factor).stream())
                        .toList());
            }
            default -> throw new Opaque();
        };
    }
}
