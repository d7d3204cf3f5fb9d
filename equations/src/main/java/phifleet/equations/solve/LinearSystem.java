package phifleet.equations.solve;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;
import phifleet.equations.budget.Budget;
import phifleet.equations.exact.CanonicalEquation;
import phifleet.equations.exact.Monomial;
import phifleet.equations.exact.Rational;

/** Linear equations together: whether they contradict each other, by exact elimination. */
public final class LinearSystem {
    /** Equations that are looked at, at most; the work grows with their cube. */
    private static final int MAX_EQUATIONS = 30;
    /** The column of the numbers; no symbol has this name. */
    private static final String NUMBER = "";

    private LinearSystem() {}

    /** Whether no values satisfy all of them; what is not linear is left out. */
    public static boolean isContradiction(Collection<Relation> relations, Budget budget) {
        List<SortedMap<String, Rational>> rows = new ArrayList<>();
        for (Relation relation : relations) {
            if (relation.isEquation() && relation.sides().size() == 2 && rows.size() < MAX_EQUATIONS) {
                row(relation, budget).ifPresent(rows::add);
            }
        }
        Map<String, SortedMap<String, Rational>> pivots = new LinkedHashMap<>();
        for (SortedMap<String, Rational> row : rows) {
            budget.spend(1L + (long) row.size() * pivots.size());
            SortedMap<String, Rational> rest = row;
            for (Map.Entry<String, SortedMap<String, Rational>> pivot : pivots.entrySet()) {
                rest = without(pivot.getKey(), rest, pivot.getValue());
            }
            if (!rest.isEmpty()) {
                // The number's column sorts first, so the last key is a symbol if there is any.
                if (rest.lastKey().equals(NUMBER)) {
                    return true;
                }
                pivots.put(rest.lastKey(), rest);
            }
        }
        return false;
    }

    private static SortedMap<String, Rational> without(
            String column, SortedMap<String, Rational> row, SortedMap<String, Rational> pivot) {
        Rational here = row.get(column);
        Rational there = pivot.get(column);
        if (here == null || there == null) {
            return row;
        }
        Rational factor = here.dividedBy(there);
        SortedMap<String, Rational> rest = new TreeMap<>(row);
        pivot.forEach((name, coefficient) ->
                rest.merge(name, coefficient.times(factor).negate(), Rational::plus));
        rest.values().removeIf(Rational::isZero);
        return rest;
    }

    private static Optional<SortedMap<String, Rational>> row(Relation relation, Budget budget) {
        if (!isLinear(relation.left()) || !isLinear(relation.right())) {
            return Optional.empty();
        }
        return CanonicalEquation.of(relation.left(), relation.right(), budget).flatMap(LinearSystem::row);
    }

    private static Optional<SortedMap<String, Rational>> row(CanonicalEquation equation) {
        SortedMap<String, Rational> row = new TreeMap<>();
        for (Map.Entry<Monomial, Rational> term : equation.polynomial().terms().entrySet()) {
            List<Monomial.Factor> factors = term.getKey().factors();
            boolean linear = factors.isEmpty()
                    || (factors.size() == 1 && factors.getFirst().exponent().equals(Rational.ONE));
            if (!linear) {
                return Optional.empty();
            }
            row.put(factors.isEmpty() ? NUMBER : factors.getFirst().kernel().key(), term.getValue());
        }
        return Optional.of(row);
    }

    /** Sums of numbers times a symbol, as they are written: no rewriting may have turned it into that. */
    private static boolean isLinear(Expr expr) {
        return switch (expr) {
            case Expr.Num _, Expr.Symbol _ -> true;
            case Expr.Negation(Expr operand) -> isLinear(operand);
            case Expr.Sum(List<Expr> terms) -> terms.stream().allMatch(LinearSystem::isLinear);
            case Expr.Product(List<Expr> factors) ->
                factors.stream().allMatch(LinearSystem::isLinear)
                        && factors.stream()
                                        .filter(factor -> !Trees.symbols(factor).isEmpty())
                                        .count()
                                <= 1;
            case Expr.Quotient(Expr above, Expr below) -> isLinear(above) && below instanceof Expr.Num;
            default -> false;
        };
    }
}
