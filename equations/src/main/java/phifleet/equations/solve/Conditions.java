package phifleet.equations.solve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Statement.Operator;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;
import phifleet.equations.budget.Budget;
import phifleet.equations.identity.ClosedValue;

/** What some of several statements say of the values of single symbols: {@code x > 1}, {@code 0 < x < π}, {@code x ≠ 0}. */
public final class Conditions {
    /** Narrows what values a symbol may take. */
    public interface Condition {
        Allowed of(Allowed before);

        default Condition and(Condition other) {
            return before -> other.of(of(before));
        }
    }

    private Conditions() {}

    /** By canonical name. */
    public static Map<String, Condition> of(List<Statement> members, Budget budget) {
        Map<String, Condition> found = new HashMap<>();
        for (Statement member : members) {
            budget.spend(1);
            if (member instanceof Relation relation) {
                name(relation)
                        .ifPresent(name ->
                                conditions(relation, budget).forEach(one -> found.merge(name, one, Condition::and)));
            }
        }
        return found;
    }

    /** The one symbol that it bounds; empty where it is something else. */
    private static Optional<String> name(Relation relation) {
        boolean order = relation.operators().stream().allMatch(Conditions::isOrder);
        List<Symbol> symbols = relation.sides().stream()
                .filter(Symbol.class::isInstance)
                .map(Symbol.class::cast)
                .toList();
        boolean numbers = relation.sides().stream().allMatch(side -> side instanceof Symbol || isNumber(side));
        boolean between = relation.sides().size() == 2
                || (relation.sides().size() == 3 && relation.sides().get(1) instanceof Symbol);
        return order && numbers && between && symbols.size() == 1
                ? Optional.of(symbols.getFirst().plain().name())
                : Optional.empty();
    }

    private static boolean isOrder(Operator operator) {
        return switch (operator) {
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, NOT_EQUAL -> true;
            case EQUAL, IDENTICAL, APPROXIMATE, PROPORTIONAL, TENDS_TO -> false;
        };
    }

    private static boolean isNumber(Expr side) {
        return Trees.symbols(side).isEmpty() && !Trees.any(side, node -> node instanceof Expr.Quantity);
    }

    private static List<Condition> conditions(Relation relation, Budget budget) {
        List<Condition> found = new ArrayList<>();
        for (Relation pair : relation.pairs()) {
            boolean symbolFirst = pair.left() instanceof Symbol;
            Operator operator = pair.operators().getFirst();
            ClosedValue.of(symbolFirst ? pair.right() : pair.left(), budget)
                    .filter(ClosedValue::isReal)
                    .map(value -> value.re().doubleValue())
                    .ifPresent(bound -> found.add(condition(symbolFirst, operator, bound)));
        }
        return found;
    }

    private static Condition condition(boolean symbolFirst, Operator operator, double bound) {
        boolean included = operator == Operator.LESS_OR_EQUAL || operator == Operator.GREATER_OR_EQUAL;
        boolean less = operator == Operator.LESS || operator == Operator.LESS_OR_EQUAL;
        return before -> operator == Operator.NOT_EQUAL
                ? before.without(bound)
                : less == symbolFirst ? before.below(bound, included) : before.above(bound, included);
    }
}
