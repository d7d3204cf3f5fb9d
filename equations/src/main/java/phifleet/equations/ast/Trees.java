package phifleet.equations.ast;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr.Application;
import phifleet.equations.ast.Expr.Call;
import phifleet.equations.ast.Expr.Constant;
import phifleet.equations.ast.Expr.Derivative;
import phifleet.equations.ast.Expr.Integral;
import phifleet.equations.ast.Expr.Limit;
import phifleet.equations.ast.Expr.Matrix;
import phifleet.equations.ast.Expr.Nabla;
import phifleet.equations.ast.Expr.Negation;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Piecewise;
import phifleet.equations.ast.Expr.PlusMinus;
import phifleet.equations.ast.Expr.Power;
import phifleet.equations.ast.Expr.Product;
import phifleet.equations.ast.Expr.Quantity;
import phifleet.equations.ast.Expr.Quotient;
import phifleet.equations.ast.Expr.Range;
import phifleet.equations.ast.Expr.Series;
import phifleet.equations.ast.Expr.Sum;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Expr.VectorProduct;

/** Walks over trees. All are plain recursion: see {@link #MAX_DEPTH}. */
public final class Trees {
    /** Levels in a tree from the parser, at most. */
    public static final int MAX_DEPTH = 200;
    /** Nodes in a tree from the parser, at most: one a character, and some for what a sign stands for. */
    public static final int MAX_NODES = 8_000;

    private Trees() {}

    /** The direct parts, in written order; bounds, variables and the sides of conditions count. */
    public static List<Expr> children(Expr expr) {
        List<Expr> parts = new ArrayList<>();
        mapChildren(expr, part -> {
            parts.add(part);
            return part;
        });
        return parts;
    }

    /** The same node over new parts: {@code f} is called once for each child, in the order of {@link #children}. */
    public static Expr mapChildren(Expr expr, UnaryOperator<Expr> f) {
        return switch (expr) {
            case Num n -> n;
            case Constant c -> c;
            case Symbol s -> s;
            case Quantity q -> q;
            case Sum(List<Expr> terms) -> new Sum(map(terms, f));
            case Product(List<Expr> factors) -> new Product(map(factors, f));
            case Quotient(Expr a, Expr b) -> new Quotient(f.apply(a), f.apply(b));
            case Power(Expr a, Expr b) -> new Power(f.apply(a), f.apply(b));
            case Negation(Expr a) -> new Negation(f.apply(a));
            case PlusMinus(Expr a, boolean upper) -> new PlusMinus(f.apply(a), upper);
            case Call(Function function, List<Expr> arguments) -> new Call(function, map(arguments, f));
            case Application(Symbol head, List<Expr> arguments) -> new Application(head, map(arguments, f));
            case Derivative(Expr a, List<Derivative.By> by, boolean partial) ->
                new Derivative(
                        f.apply(a),
                        by.stream()
                                .map(v -> new Derivative.By(f.apply(v.variable()), v.order()))
                                .toList(),
                        partial);
            case Integral(Expr a, List<Range> ranges) ->
                new Integral(
                        f.apply(a),
                        ranges.stream().map(range -> mapRange(range, f)).toList());
            case Series(Series.Kind kind, Expr a, Range range) -> new Series(kind, f.apply(a), mapRange(range, f));
            case Limit(Expr a, Expr variable, Expr target, Limit.Side side) ->
                new Limit(f.apply(a), f.apply(variable), f.apply(target), side);
            case Nabla(Nabla.Kind kind, Expr a) -> new Nabla(kind, f.apply(a));
            case VectorProduct(VectorProduct.Kind kind, Expr a, Expr b) ->
                new VectorProduct(kind, f.apply(a), f.apply(b));
            case Matrix(List<List<Expr>> rows) ->
                new Matrix(rows.stream().map(row -> map(row, f)).toList());
            case Piecewise(List<Piecewise.Branch> branches) ->
                new Piecewise(
                        branches.stream().map(branch -> mapBranch(branch, f)).toList());
        };
    }

    /** Rebuilds bottom-up: {@code f} sees each node after its parts were rewritten. */
    public static Expr rewrite(Expr expr, UnaryOperator<Expr> f) {
        return f.apply(mapChildren(expr, part -> rewrite(part, f)));
    }

    /** The expression with {@code by} wherever {@code part} stands in it. */
    public static Expr replace(Expr expr, Expr part, Expr by) {
        return rewrite(expr, node -> node.equals(part) ? by : node);
    }

    /** What a sum adds up; of anything else itself. */
    public static List<Expr> terms(Expr expr) {
        return expr instanceof Sum(List<Expr> terms) ? terms : List.of(expr);
    }

    /** What a product multiplies; of anything else itself. */
    public static List<Expr> factors(Expr expr) {
        return expr instanceof Product(List<Expr> factors) ? factors : List.of(expr);
    }

    /** The statement over new sides; a reaction has none. */
    public static Statement mapSides(Statement statement, UnaryOperator<Expr> f) {
        return switch (statement) {
            case Statement.Relation(List<Expr> sides, List<Statement.Operator> operators) ->
                new Statement.Relation(map(sides, f), operators);
            case Statement.Several(List<Statement> members) ->
                new Statement.Several(
                        members.stream().map(member -> mapSides(member, f)).toList());
            case Statement.Bare(Expr a) -> new Statement.Bare(f.apply(a));
            case Statement.Reaction reaction -> reaction;
        };
    }

    /** Every node, parents first. */
    public static void visit(Expr expr, Consumer<Expr> visitor) {
        visitor.accept(expr);
        children(expr).forEach(part -> visit(part, visitor));
    }

    /** Every node of every side, parents first. */
    public static void visit(Statement statement, Consumer<Expr> visitor) {
        sides(statement).forEach(side -> visit(side, visitor));
    }

    /** Whether a node is so; asks no more once one is. */
    public static boolean any(Expr expr, Predicate<Expr> is) {
        if (is.test(expr)) {
            return true;
        }
        for (Expr part : children(expr)) {
            if (any(part, is)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a node of a side is so. */
    public static boolean any(Statement statement, Predicate<Expr> is) {
        return sides(statement).stream().anyMatch(side -> any(side, is));
    }

    /** The outermost expressions, in written order. */
    public static List<Expr> sides(Statement statement) {
        return switch (statement) {
            case Statement.Relation relation -> relation.sides();
            case Statement.Several several ->
                several.members().stream().flatMap(m -> sides(m).stream()).toList();
            case Statement.Bare(Expr a) -> List.of(a);
            case Statement.Reaction reaction -> List.of();
        };
    }

    /** All symbols, heads of applications and bound variables included, as written. */
    public static SortedSet<Symbol> symbols(Expr expr) {
        SortedSet<Symbol> found = new TreeSet<>();
        visit(expr, node -> addSymbol(node, found));
        return found;
    }

    /** All symbols of all sides. */
    public static SortedSet<Symbol> symbols(Statement statement) {
        SortedSet<Symbol> found = new TreeSet<>();
        visit(statement, node -> addSymbol(node, found));
        return found;
    }

    /** The symbol of a plain name as it is written there; plain where it does not stand there. */
    public static Symbol symbol(Statement statement, String name) {
        return symbols(statement).stream()
                .filter(symbol -> symbol.plain().name().equals(name))
                .findFirst()
                .orElseGet(() -> Symbol.of(name));
    }

    public static int nodeCount(Expr expr) {
        int count = 1;
        for (Expr part : children(expr)) {
            count += nodeCount(part);
        }
        return count;
    }

    /** 1 for a leaf. */
    public static int depth(Expr expr) {
        int deepest = 0;
        for (Expr part : children(expr)) {
            deepest = Math.max(deepest, depth(part));
        }
        return deepest + 1;
    }

    private static void addSymbol(Expr node, SortedSet<Symbol> found) {
        if (node instanceof Symbol symbol) {
            found.add(symbol);
        } else if (node instanceof Application application) {
            found.add(application.head());
        }
    }

    private static List<Expr> map(List<Expr> parts, UnaryOperator<Expr> f) {
        return parts.stream().map(f).toList();
    }

    private static Range mapRange(Range range, UnaryOperator<Expr> f) {
        return new Range(f.apply(range.variable()), mapNullable(range.lower(), f), mapNullable(range.upper(), f));
    }

    private static @Nullable Expr mapNullable(@Nullable Expr expr, UnaryOperator<Expr> f) {
        return expr == null ? null : f.apply(expr);
    }

    private static Piecewise.Branch mapBranch(Piecewise.Branch branch, UnaryOperator<Expr> f) {
        Statement.Relation condition = branch.condition();
        return new Piecewise.Branch(
                f.apply(branch.value()),
                condition == null ? null : new Statement.Relation(map(condition.sides(), f), condition.operators()));
    }
}
