package phifleet.equations.dimension;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Trees;

/**
 * Tells vectors from scalars: a divergence is a scalar, a curl a vector, and the two are never equal.
 *
 * <p>A letter is a vector where it has an arrow or stands where only a vector can (under a divergence or a curl, in a dot
 * or cross product). Any other letter is a scalar in a statement with arrows; without arrows, or beside ∇, where arrows
 * are often left out, it may be either. Two vectors side by side may mean either product, so nothing is said of them.
 */
final class VectorKinds {
    private enum Kind {
        SCALAR,
        VECTOR,
        EITHER
    }

    /** Letters that usually stand for vectors in mechanics, in electromagnetism and in the transfer of heat. */
    private static final Set<String> OF_VECTORS = Set.of(
            "r", "x", "s", "v", "u", "c", "a", "g", "omega", "alpha", "p", "F", "M", "tau", "T", "I", "J", "L", "E",
            "D", "P", "B", "H", "A", "S", "j", "m", "mu", "q", "k", "d", "N", "f");

    private final Set<Symbol> vectors = new HashSet<>();
    /** Letters that are all of a side, and may have lost their arrow. */
    private final Set<Symbol> bare = new HashSet<>();

    private boolean arrows;
    private boolean nabla;
    private @Nullable Conflict conflict;

    private VectorKinds() {}

    /** The first place where a vector stands for a scalar or a scalar for a vector. */
    static Optional<Conflict> conflict(Statement statement) {
        VectorKinds kinds = new VectorKinds();
        Trees.visit(statement, kinds::note);
        if (kinds.vectors.isEmpty() && !kinds.nabla) {
            return Optional.empty();
        }
        kinds.noteSides(statement);
        kinds.statement(statement);
        return Optional.ofNullable(kinds.conflict);
    }

    private void note(Expr node) {
        switch (node) {
            case Symbol symbol
            when symbol.vector() -> {
                arrows = true;
                vectors.add(symbol.plain());
            }
            case Expr.Application(Symbol head, var arguments)
            when head.vector() -> {
                arrows = true;
                vectors.add(head.plain());
            }
            case Expr.Nabla(Expr.Nabla.Kind kind, Expr operand) -> {
                nabla = true;
                if (kind == Expr.Nabla.Kind.DIV || kind == Expr.Nabla.Kind.CURL) {
                    mustBeVector(operand);
                }
            }
            case Expr.VectorProduct(var kind, Expr a, Expr b) -> {
                mustBeVector(a);
                mustBeVector(b);
            }
            default -> {}
        }
    }

    /** A letter of a vector that stands alone on a side and nowhere else: {@code F = q \\vec E}, and not {@code W = \\vec F × \\vec s}. */
    private void noteSides(Statement statement) {
        if (statement instanceof Statement.Relation relation) {
            for (Expr side : relation.sides()) {
                if (side instanceof Symbol symbol
                        && !symbol.vector()
                        && OF_VECTORS.contains(symbol.base())
                        && relation.sides().stream()
                                        .filter(any -> Trees.any(any, side::equals))
                                        .count()
                                == 1) {
                    bare.add(symbol.plain());
                }
            }
        }
    }

    private void mustBeVector(Expr expr) {
        if (expr instanceof Symbol symbol) {
            vectors.add(symbol.plain());
        } else if (expr instanceof Expr.Application(Symbol head, var arguments)) {
            vectors.add(head.plain());
        }
    }

    private void statement(Statement statement) {
        switch (statement) {
            case Statement.Relation relation -> agree(relation.sides());
            case Statement.Several several -> several.members().forEach(this::statement);
            case Statement.Bare(Expr expr) -> kind(expr);
            case Statement.Reaction reaction -> {}
        }
    }

    /** Requires one kind of all members; the kind of those that have one. */
    private Kind agree(List<Expr> members) {
        Kind common = Kind.EITHER;
        Expr first = members.getFirst();
        for (Expr member : members) {
            Kind kind = kind(member);
            if (common == Kind.EITHER) {
                common = kind;
                first = member;
            } else if (kind != Kind.EITHER && kind != common) {
                report(member, kind, first, common);
            }
        }
        return common;
    }

    private void report(Expr where, Kind found, @Nullable Expr against, Kind expected) {
        if (conflict == null) {
            conflict = new Conflict(Rule.VECTOR, where, text(found), against, text(expected));
        }
    }

    private static String text(Kind kind) {
        return kind == Kind.VECTOR ? "vector" : "scalar";
    }

    private void require(Expr expr, Kind wanted) {
        Kind kind = kind(expr);
        if (kind != Kind.EITHER && kind != wanted) {
            report(expr, kind, null, wanted);
        }
    }

    private Kind letter(Symbol symbol) {
        if (vectors.contains(symbol.plain())) {
            return Kind.VECTOR;
        }
        if (bare.contains(symbol.plain())) {
            return Kind.EITHER;
        }
        // A hat is on unit vectors, on operators and on estimates.
        return arrows && !nabla && !symbol.mark().equals("hat") ? Kind.SCALAR : Kind.EITHER;
    }

    private Kind kind(Expr expr) {
        return switch (expr) {
            case Expr.Num number -> number.is(0) ? Kind.EITHER : Kind.SCALAR;
            case Expr.Constant constant -> Kind.SCALAR;
            case Expr.Quantity quantity -> Kind.SCALAR;
            case Symbol symbol -> letter(symbol);
            case Expr.Application(Symbol head, var arguments) -> letter(head);
            case Expr.Sum(var terms) -> agree(terms);
            case Expr.Product(var factors) -> product(factors);
            case Expr.Quotient(Expr a, Expr b) -> {
                require(b, Kind.SCALAR);
                yield kind(a);
            }
            case Expr.Power(Expr base, Expr exponent) -> {
                require(exponent, Kind.SCALAR);
                // The square of a vector is its square length.
                yield kind(base) == Kind.VECTOR
                        ? exponent instanceof Expr.Num number && number.is(2) ? Kind.SCALAR : Kind.EITHER
                        : kind(base);
            }
            case Expr.Negation(Expr operand) -> kind(operand);
            case Expr.PlusMinus(Expr operand, boolean upper) -> kind(operand);
            case Expr.Call call -> call(call);
            case Expr.Derivative derivative ->
                derivative.variables().stream().anyMatch(by -> kind(by.variable()) == Kind.VECTOR)
                        ? Kind.EITHER
                        : kind(derivative.operand());
            case Expr.Integral(Expr integrand, var ranges) ->
                ranges.stream().anyMatch(range -> kind(range.variable()) == Kind.VECTOR)
                        ? Kind.EITHER
                        : kind(integrand);
            case Expr.Series series -> kind(series.body());
            case Expr.Limit limit -> kind(limit.body());
            case Expr.Nabla(Expr.Nabla.Kind kind, Expr operand) -> nabla(kind, operand);
            case Expr.VectorProduct(Expr.VectorProduct.Kind kind, Expr a, Expr b) -> {
                require(a, Kind.VECTOR);
                require(b, Kind.VECTOR);
                boolean advected = b instanceof Expr.Nabla(Expr.Nabla.Kind nabla, Expr operand)
                        && nabla == Expr.Nabla.Kind.GRAD
                        && kind(operand) != Kind.SCALAR;
                yield advected
                        ? kind(((Expr.Nabla) b).operand())
                        : kind == Expr.VectorProduct.Kind.DOT ? Kind.SCALAR : Kind.VECTOR;
            }
            case Expr.Matrix matrix -> Kind.EITHER;
            case Expr.Piecewise(var branches) ->
                agree(branches.stream().map(Expr.Piecewise.Branch::value).toList());
        };
    }

    private Kind product(List<Expr> factors) {
        int found = 0;
        boolean either = false;
        for (Expr factor : factors) {
            Kind kind = kind(factor);
            found += kind == Kind.VECTOR ? 1 : 0;
            either |= kind == Kind.EITHER;
        }
        if (found > 1) {
            return Kind.EITHER;
        }
        return found == 1 ? Kind.VECTOR : either ? Kind.EITHER : Kind.SCALAR;
    }

    private Kind call(Expr.Call call) {
        return switch (FunctionRule.of(call.function())) {
            case PURE, FORGETS -> {
                call.arguments().forEach(argument -> require(argument, Kind.SCALAR));
                yield Kind.SCALAR;
            }
            case KEEPS ->
                call.function() == Function.NORM || call.function() == Function.ABS
                        ? Kind.SCALAR
                        : agree(call.arguments());
            case CONDITION -> kind(call.argument());
            case MULTIPLIES -> call.function() == Function.TENSOR ? Kind.EITHER : Kind.SCALAR;
            case INVERTS, SQUARES, EVENT, SQUARE_ROOT, ROOT -> Kind.SCALAR;
            case UNKNOWN -> Kind.EITHER;
        };
    }

    private Kind nabla(Expr.Nabla.Kind kind, Expr operand) {
        return switch (kind) {
            // The gradient of a vector is a tensor, and its divergence a vector: neither is told apart here.
            case GRAD -> kind(operand) == Kind.VECTOR ? Kind.EITHER : Kind.VECTOR;
            case DIV -> {
                require(operand, Kind.VECTOR);
                yield Kind.SCALAR;
            }
            case CURL -> {
                require(operand, Kind.VECTOR);
                yield Kind.VECTOR;
            }
            case LAPLACIAN -> kind(operand);
        };
    }
}
