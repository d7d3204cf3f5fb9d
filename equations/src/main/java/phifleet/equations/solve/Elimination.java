package phifleet.equations.solve;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Shape;
import phifleet.equations.ast.Spelling;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Statement.Operator;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Statement.Several;
import phifleet.equations.ast.Trees;

/**
 * Equations between numbers, taken together: a symbol that one of them gives is put into the others, until what is left has no symbol or
 * one.
 */
public final class Elimination {
    /** Statements that are taken together, at most. */
    private static final int MAX_MEMBERS = 12;
    /** Nodes of a statement with symbols put in, at most. */
    private static final int MAX_NODES = 400;

    /** What is found of all together. */
    public sealed interface Together {
        /** No values satisfy all. */
        record Contradiction(String why) implements Together {}

        /** All were put in, and hold; with what the symbols are, some by others. */
        record Solved(Map<String, String> values) implements Together {}

        /** It cannot be told. */
        record Open() implements Together {}
    }

    private final Function<Relation, SolveOutcome> solver;
    private final List<Relation> rest = new ArrayList<>();
    private final Map<String, String> values = new TreeMap<>();
    private boolean all = true;

    private Elimination(Function<Relation, SolveOutcome> solver) {
        this.solver = solver;
    }

    /**
     * Open where one of them is no relation.
     *
     * @param solver says for which real values a relation holds
     */
    public static Together of(Several several, Function<Relation, SolveOutcome> solver) {
        List<Relation> pairs = new ArrayList<>();
        for (Statement member : several.members()) {
            if (!(member instanceof Relation relation)) {
                return new Together.Open();
            }
            pairs.addAll(relation.pairs());
        }
        boolean fits = pairs.size() <= MAX_MEMBERS && pairs.stream().allMatch(Elimination::isOfNumbers);
        return fits ? new Elimination(solver).together(pairs) : new Together.Open();
    }

    private static boolean isOfNumbers(Relation relation) {
        return !Trees.any(relation, node -> switch (node) {
            case Expr.Num _, Expr.Constant _, Expr.Sum _, Expr.Product _, Expr.Quotient _ -> false;
            case Expr.Power _, Expr.Negation _, Expr.Call _ -> false;
            case Symbol symbol -> symbol.vector();
            default -> true;
        });
    }

    private Together together(List<Relation> relations) {
        rest.addAll(relations);
        for (Given given = next(); given != null; given = next()) {
            if (!putIn(given)) {
                return new Together.Open();
            }
        }
        for (Relation relation : rest) {
            switch (solver.apply(relation)) {
                case SolveOutcome.Fails fails
                when !fails.why().equals(SolveOutcome.Fails.ROUNDED) -> {
                    return new Together.Contradiction(text(relation) + " does not hold");
                }
                case SolveOutcome.NoSolution none -> {
                    return new Together.Contradiction("of " + text(relation) + ", " + none.why());
                }
                case SolveOutcome.Holds _ -> {}
                case SolveOutcome.Values(var symbol, var found, var _, var _, var _, var _, var _) ->
                    values.put(symbol, String.join(" or ", found));
                default -> all = false;
            }
        }
        return all && rest.stream().filter(one -> !Trees.symbols(one).isEmpty()).count() <= 1
                ? new Together.Solved(values)
                : new Together.Open();
    }

    private static String text(Relation relation) {
        return "“" + Spelling.of(Shape.of(relation)) + "”";
    }

    private record Given(Relation source, Symbol symbol, Expr value) {}

    private boolean putIn(Given given) {
        rest.remove(given.source());
        values.put(given.symbol().plain().name(), Spelling.of(given.value()));
        for (int i = 0; i < rest.size(); i++) {
            Relation relation = rest.get(i);
            Relation replaced =
                    (Relation) Trees.mapSides(relation, side -> Trees.replace(side, given.symbol(), given.value()));
            if (replaced.sides().stream().mapToInt(Trees::nodeCount).sum() > MAX_NODES
                    || replaced.sides().stream().anyMatch(side -> Trees.depth(side) > Trees.MAX_DEPTH)) {
                return false;
            }
            rest.set(i, replaced);
        }
        return true;
    }

    /** A symbol that stands in another equation too, with what one says it is; a number first. */
    private @Nullable Given next() {
        Given found = null;
        for (Relation relation : rest) {
            for (Given given : given(relation)) {
                boolean elsewhere = rest.stream()
                        .anyMatch(other ->
                                !other.equals(relation) && Trees.symbols(other).contains(given.symbol()));
                boolean number = Trees.symbols(given.value()).isEmpty();
                if (elsewhere
                        && (found == null
                                || (number && !Trees.symbols(found.value()).isEmpty()))) {
                    found = given;
                }
            }
        }
        return found;
    }

    private static List<Given> given(Relation relation) {
        if (relation.operators().getFirst() != Operator.EQUAL) {
            return List.of();
        }
        List<Given> found = new ArrayList<>();
        isolate(relation, relation.left(), relation.right(), found);
        isolate(relation, relation.right(), relation.left(), found);
        return found;
    }

    private static void isolate(Relation relation, Expr side, Expr other, List<Given> found) {
        List<Expr> terms = Trees.terms(side);
        for (int i = 0; i < terms.size(); i++) {
            List<Expr> rest = new ArrayList<>(terms);
            Expr term = rest.remove(i);
            boolean negative = term instanceof Expr.Negation;
            Expr size = term instanceof Expr.Negation(Expr operand) ? operand : term;
            Expr factor = Expr.Num.of(1);
            if (size instanceof Expr.Product(List<Expr> factors)
                    && factors.size() == 2
                    && factors.getFirst() instanceof Expr.Num number
                    && number.value().signum() != 0) {
                factor = number;
                size = factors.getLast();
            }
            if (size instanceof Symbol symbol
                    && !Trees.symbols(other).contains(symbol)
                    && rest.stream().noneMatch(one -> Trees.symbols(one).contains(symbol))) {
                List<Expr> sum = new ArrayList<>(List.of(other));
                rest.forEach(one -> sum.add(new Expr.Negation(one)));
                Expr value = sum.size() == 1 ? other : new Expr.Sum(sum);
                Expr signed = negative ? new Expr.Negation(value) : value;
                found.add(new Given(
                        relation,
                        symbol,
                        factor instanceof Expr.Num one && one.is(1) ? signed : new Expr.Quotient(signed, factor)));
            }
        }
    }
}
