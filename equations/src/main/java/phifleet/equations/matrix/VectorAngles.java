package phifleet.equations.matrix;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Call;
import phifleet.equations.ast.Expr.Product;
import phifleet.equations.ast.Expr.Quotient;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Expr.VectorProduct;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;

/**
 * What is said of the lengths of vectors and of the angle between two of them, {@code a·b = |a||b| cos θ} and {@code r² = r·r}: a letter without
 * its arrow is the length of the vector, and the angle's cosine and sine are a·b and |a×b| by both lengths.
 */
public final class VectorAngles {
    private static final Set<String> ANGLES = Set.of("theta", "phi", "alpha", "beta", "gamma", "psi", "varphi");
    private static final Set<Function> OF_ANGLES = EnumSet.of(Function.COS, Function.SIN);

    private VectorAngles() {}

    /** The relation in vectors alone; empty where it speaks of neither length nor angle, or of anything else beside. */
    public static Optional<Relation> resolved(Relation relation) {
        Set<Symbol> vectors = new TreeSet<>();
        Set<Symbol> plain = new HashSet<>();
        Set<Symbol> angles = new HashSet<>();
        Trees.visit(relation, node -> {
            if (node instanceof Symbol symbol) {
                (symbol.vector() ? vectors : plain).add(symbol);
            } else if (isOfAngle(node)) {
                angles.add((Symbol) ((Call) node).argument());
            }
        });
        if (vectors.isEmpty()) {
            return Optional.empty();
        }
        boolean between = angles.size() == 1 && vectors.size() == 2;
        Set<Symbol> lengths = new HashSet<>(plain);
        lengths.removeAll(angles);
        boolean told = (between || angles.isEmpty())
                && !plain.isEmpty()
                && lengths.stream().allMatch(length -> vectors.contains(arrow(length)))
                && relation.sides().stream().noneMatch(side -> hasOther(side));
        if (!told) {
            return Optional.empty();
        }
        Iterator<Symbol> both = vectors.iterator();
        Symbol a = both.next();
        Symbol b = between ? both.next() : a;
        Relation resolved = (Relation) Trees.mapSides(
                relation,
                side -> Trees.rewrite(side, node -> {
                    if (node instanceof Symbol symbol) {
                        return lengths.contains(symbol) ? Call.of(Function.NORM, arrow(symbol)) : node;
                    }
                    return isOfAngle(node) ? ratio(((Call) node).function(), a, b) : node;
                }));
        // An angle that stands elsewhere too, as in θ = π/2, is none that could be put in.
        return Trees.symbols(resolved).stream().anyMatch(angles::contains) ? Optional.empty() : Optional.of(resolved);
    }

    private static Expr ratio(Function function, Symbol a, Symbol b) {
        Expr above = function == Function.COS
                ? new VectorProduct(VectorProduct.Kind.DOT, a, b)
                : Call.of(Function.NORM, new VectorProduct(VectorProduct.Kind.CROSS, a, b));
        return new Quotient(above, new Product(List.of(Call.of(Function.NORM, a), Call.of(Function.NORM, b))));
    }

    private static Symbol arrow(Symbol length) {
        return new Symbol(length.base(), length.subscript(), length.mark(), true);
    }

    private static boolean isOfAngle(Expr node) {
        return node instanceof Call call
                && OF_ANGLES.contains(call.function())
                && call.arguments().size() == 1
                && call.argument() instanceof Symbol angle
                && ANGLES.contains(angle.base());
    }

    /** Whether something stands there that is no product, sum or length of what is known. */
    private static boolean hasOther(Expr side) {
        return Trees.any(side, node -> switch (node) {
            case Expr.Derivative _, Expr.Integral _, Expr.Nabla _, Expr.Application _, Expr.Quantity _, Expr.Series _ ->
                true;
            default -> false;
        });
    }
}
