package phifleet.equations.matrix;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Trees;

/** An equation between matrices or vectors, taken apart into its entries. */
public sealed interface Components {

    /** Neither side holds a matrix or a vector that has components. */
    record Scalars() implements Components {}

    /**
     * Equal where all these pairs are.
     *
     * @param names of the components that vectors were given, which are real
     */
    record Entrywise(List<Pair> pairs, Set<String> names) implements Components {
        public Entrywise {
            pairs = List.copyOf(pairs);
            names = Set.copyOf(names);
        }
    }

    /** The sizes do not fit, so the equation cannot hold. */
    record Misshapen(String why) implements Components {}

    /** There is no rule for what it holds. */
    record Unfit(String why) implements Components {}

    /**
     * One entry of both sides.
     *
     * @param place such as {@code row 2, column 1}; empty where both sides are numbers
     */
    record Pair(String place, Expr left, Expr right) {}

    /** Of {@code left = right}. */
    static Components of(Expr left, Expr right) {
        if (!Trees.any(left, Components::isArray) && !Trees.any(right, Components::isArray)) {
            return new Scalars();
        }
        if (hasMagnitudes(left, right)) {
            return new Unfit("a vector beside its own length");
        }
        try {
            Expansion expansion = new Expansion();
            Expansion.Value a = expansion.value(left);
            Expansion.Value b = expansion.value(right);
            return paired(a, b, expansion.names());
        } catch (Grid.Misshapen e) {
            return new Misshapen(String.valueOf(e.getMessage()));
        } catch (Grid.Unfit e) {
            return new Unfit(String.valueOf(e.getMessage()));
        }
    }

    private static boolean isArray(Expr node) {
        return node instanceof Expr.Matrix
                || node instanceof Expr.VectorProduct
                || (node instanceof Symbol symbol && symbol.vector())
                || (node instanceof Expr.Call call
                        && (call.function() == Function.DETERMINANT || call.function() == Function.TRACE));
    }

    /** Whether a letter stands there with an arrow and without: {@code a·b = a b cos θ}. */
    private static boolean hasMagnitudes(Expr left, Expr right) {
        Set<Symbol> vectors = new HashSet<>();
        Set<Symbol> plain = new TreeSet<>();
        for (Expr side : List.of(left, right)) {
            Trees.symbols(side).forEach(symbol -> (symbol.vector() ? vectors : plain).add(symbol.plain()));
        }
        return vectors.stream().anyMatch(plain::contains);
    }

    private static Components paired(Expansion.Value left, Expansion.Value right, Set<String> names) {
        List<Pair> pairs = new ArrayList<>();
        if (left instanceof Expansion.Scalar(Expr a) && right instanceof Expansion.Scalar(Expr b)) {
            pairs.add(new Pair("", a, b));
            return new Entrywise(pairs, names);
        }
        Grid model = left instanceof Expansion.Array(Grid grid) ? grid : ((Expansion.Array) right).grid();
        Grid a = Expansion.shaped(left, model);
        Grid b = Expansion.shaped(right, model);
        if (a.height() != b.height() || a.width() != b.width()) {
            return new Misshapen("the left side is " + a.size() + " and the right side " + b.size());
        }
        for (int i = 0; i < a.height(); i++) {
            for (int j = 0; j < a.width(); j++) {
                String place = a.width() == 1 ? "component " + (i + 1) : "row " + (i + 1) + ", column " + (j + 1);
                pairs.add(new Pair(place, a.at(i, j), b.at(i, j)));
            }
        }
        return new Entrywise(pairs, names);
    }
}
