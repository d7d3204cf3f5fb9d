package phifleet.equations.matrix;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Trees;

/** The value of an expression as a matrix of expressions, or as one expression without any matrix in it. */
final class Expansion {
    private static final Set<String> TRACES = Set.of("tr", "Tr");
    private static final Set<String> TRANSPOSES = Set.of("T", "top");
    private static final String IDENTITY = "I";
    /** Letters of coordinates in space and time. */
    private static final Set<String> INDICES = Set.of("mu", "nu");

    private static final int MAX_POWER = 12;
    /** Nodes of all entries together, those that entries share counted each time: later stages walk entries as trees. */
    private static final long MAX_NODES = 50_000;

    /** Either of the two. */
    sealed interface Value {}

    record Scalar(Expr expr) implements Value {}

    record Array(Grid grid) implements Value {}

    private final Set<String> names = new TreeSet<>();

    /** The names that the components of vectors were given. */
    Set<String> names() {
        return names;
    }

    Value value(Expr expr) {
        return switch (expr) {
            case Expr.Matrix(List<List<Expr>> rows) ->
                new Array(new Grid(rows.stream()
                        .map(row -> row.stream().map(this::scalar).toList())
                        .toList()));
            case Symbol symbol when symbol.vector() -> new Array(components(symbol));
            case Expr.Sum(List<Expr> terms) ->
                sum(terms.stream().map(this::value).toList());
            case Expr.Product(List<Expr> factors) -> product(factors);
            case Expr.Negation(Expr operand) -> times(new Scalar(Expr.Num.of(-1)), value(operand));
            case Expr.Quotient(Expr above, Expr below) -> quotient(value(above), value(below));
            case Expr.Power(Expr base, Expr exponent) -> power(value(base), exponent);
            case Expr.VectorProduct(Expr.VectorProduct.Kind kind, Expr a, Expr b) -> {
                Grid left = grid(value(a));
                Grid right = grid(value(b));
                yield switch (kind) {
                    case DOT -> new Scalar(left.dot(right));
                    case CROSS -> new Array(bounded(left.cross(right)));
                };
            }
            case Expr.Call call -> call(call);
            case Expr.Nabla(Expr.Nabla.Kind kind, Expr _)
            when kind == Expr.Nabla.Kind.GRAD || kind == Expr.Nabla.Kind.CURL ->
                throw new Grid.Unfit("a vector without components");
            default -> {
                Trees.visit(expr, node -> {
                    if (node instanceof Expr.Matrix || (node instanceof Symbol s && s.vector())) {
                        throw new Grid.Unfit(
                                "a matrix inside of " + expr.getClass().getSimpleName());
                    }
                });
                yield new Scalar(expr);
            }
        };
    }

    private Expr scalar(Expr expr) {
        return switch (value(expr)) {
            case Scalar(Expr inner) -> inner;
            case Array(Grid grid) -> throw new Grid.Unfit("a matrix as an entry");
        };
    }

    private static Grid grid(Value value) {
        return switch (value) {
            case Array(Grid grid) -> grid;
            case Scalar _ -> throw new Grid.Unfit("a product of a vector with what has no components");
        };
    }

    private Grid components(Symbol symbol) {
        List<Expr> entries = new ArrayList<>();
        for (String axis : List.of("x", "y", "z")) {
            Symbol component = new Symbol(symbol.base(), symbol.subscript() + axis, symbol.mark(), false);
            names.add(component.name());
            entries.add(component);
        }
        return Grid.column(entries);
    }

    private static Value sum(List<Value> terms) {
        Grid model = null;
        for (Value term : terms) {
            model = term instanceof Array(Grid grid) ? grid : model;
        }
        if (model == null) {
            return new Scalar(Entries.sum(
                    terms.stream().map(term -> ((Scalar) term).expr()).toList()));
        }
        Grid total = null;
        for (Value term : terms) {
            Grid grid = shaped(term, model);
            total = total == null ? grid : total.plus(grid);
        }
        return new Array(java.util.Objects.requireNonNull(total));
    }

    /** A scalar beside a matrix is 0, or a multiple of the identity written I. */
    static Grid shaped(Value value, Grid model) {
        return switch (value) {
            case Array(Grid grid) -> grid;
            case Scalar(Expr expr)
            when expr instanceof Expr.Num number && number.is(0) -> model.each(entry -> Entries.ZERO);
            case Scalar(Expr expr) when model.height() == 1 && model.width() == 1 -> new Grid(List.of(List.of(expr)));
            case Scalar(Expr expr) -> {
                if (!model.isSquare()) {
                    throw new Grid.Misshapen("a number cannot equal or be added to a " + model.size() + " matrix");
                }
                Expr factor = withoutIdentity(expr);
                yield Grid.identity(model.height()).each(entry -> Entries.times(entry, factor));
            }
        };
    }

    private static Expr withoutIdentity(Expr expr) {
        return switch (expr) {
            case Symbol symbol when symbol.name().equals(IDENTITY) -> Entries.ONE;
            case Expr.Constant constant when constant == Expr.Constant.I -> Entries.ONE;
            case Expr.Negation(Expr operand) -> Entries.negate(withoutIdentity(operand));
            case Expr.Product(List<Expr> factors) -> {
                Expr rest = Entries.ONE;
                boolean found = false;
                for (Expr factor : factors) {
                    boolean identity = !found
                            && (factor == Expr.Constant.I
                                    || (factor instanceof Symbol symbol
                                            && symbol.name().equals(IDENTITY)));
                    found |= identity;
                    rest = identity ? rest : Entries.times(rest, factor);
                }
                if (!found) {
                    throw new Grid.Unfit("a number beside a matrix");
                }
                yield rest;
            }
            default -> throw new Grid.Unfit("a number beside a matrix");
        };
    }

    private Value product(List<Expr> factors) {
        Value total = null;
        for (int i = 0; i < factors.size(); i++) {
            boolean trace =
                    factors.get(i) instanceof Symbol symbol && TRACES.contains(symbol.name()) && i + 1 < factors.size();
            Value next = trace
                    ? new Scalar(grid(product(factors.subList(i + 1, factors.size())))
                            .trace())
                    : value(factors.get(i));
            total = total == null ? next : times(total, next);
            if (trace) {
                break;
            }
        }
        return java.util.Objects.requireNonNull(total);
    }

    private static Value times(Value a, Value b) {
        return switch (a) {
            case Scalar(Expr left) ->
                switch (b) {
                    case Scalar(Expr right) -> new Scalar(Entries.times(left, right));
                    case Array(Grid right) -> new Array(right.each(entry -> Entries.times(left, entry)));
                };
            case Array(Grid left) ->
                switch (b) {
                    case Scalar(Expr right) -> new Array(left.each(entry -> Entries.times(entry, right)));
                    case Array(Grid right) -> new Array(bounded(left.times(right)));
                };
        };
    }

    private static Value quotient(Value a, Value b) {
        return switch (b) {
            case Array(Grid below) -> times(a, new Array(below.inverse()));
            case Scalar(Expr below) ->
                switch (a) {
                    case Scalar(Expr above) -> new Scalar(Entries.dividedBy(above, below));
                    case Array(Grid above) -> new Array(above.each(entry -> Entries.dividedBy(entry, below)));
                };
        };
    }

    private Value power(Value base, Expr exponent) {
        if (base instanceof Scalar(Symbol _) && exponent instanceof Symbol index && INDICES.contains(index.name())) {
            throw new Grid.Unfit("a component with an upper index");
        }
        return switch (base) {
            case Scalar(Expr inner) -> new Scalar(new Expr.Power(inner, scalar(exponent)));
            case Array(Grid grid) -> {
                if (exponent instanceof Symbol symbol && TRANSPOSES.contains(symbol.name())) {
                    yield new Array(grid.transposed());
                }
                int power = Entries.rational(exponent)
                        .filter(value -> value.isInteger() && value.numerator().bitLength() < 16)
                        .map(value -> value.numerator().intValue())
                        .orElseThrow(() -> new Grid.Unfit("a power of a matrix"));
                if (!grid.isSquare() && power == 2 && grid.isVector()) {
                    yield new Scalar(grid.dot(grid));
                }
                if (!grid.isSquare()) {
                    throw new Grid.Misshapen("a " + grid.size() + " matrix has no powers");
                }
                if (Math.abs(power) > MAX_POWER) {
                    throw new Grid.Unfit("a high power of a matrix");
                }
                Grid factor = power < 0 ? grid.inverse() : grid;
                Grid result = Grid.identity(grid.height());
                for (int i = 0; i < Math.abs(power); i++) {
                    result = bounded(result.times(factor));
                }
                yield new Array(result);
            }
        };
    }

    private static Grid bounded(Grid grid) {
        IdentityHashMap<Expr, Long> sizes = new IdentityHashMap<>();
        long total = 0;
        for (List<Expr> row : grid.rows()) {
            for (Expr entry : row) {
                total += size(entry, sizes);
                if (total > MAX_NODES) {
                    throw new Grid.Unfit("a product of matrices with too many terms");
                }
            }
        }
        return grid;
    }

    private static long size(Expr expr, IdentityHashMap<Expr, Long> sizes) {
        Long known = sizes.get(expr);
        if (known != null) {
            return known;
        }
        long size = 1;
        for (Expr part : expr.children()) {
            size = Math.min(MAX_NODES + 1, size + size(part, sizes));
        }
        sizes.put(expr, size);
        return size;
    }

    private Value call(Expr.Call call) {
        if (call.arguments().size() != 1) {
            return new Scalar(new Expr.Call(
                    call.function(), call.arguments().stream().map(this::scalar).toList()));
        }
        Value argument = value(call.argument());
        return switch (argument) {
            case Scalar(Expr inner) ->
                switch (call.function()) {
                    case TRANSPOSE, DETERMINANT, TRACE -> throw new Grid.Unfit("a matrix without entries");
                    default -> new Scalar(Expr.Call.of(call.function(), inner));
                };
            case Array(Grid grid) ->
                switch (call.function()) {
                    case DETERMINANT -> new Scalar(grid.determinant());
                    case TRACE -> new Scalar(grid.trace());
                    case TRANSPOSE -> new Array(grid.transposed());
                    case NORM -> new Scalar(grid.length());
                    case ABS -> new Scalar(grid.isVector() ? grid.length() : grid.determinant());
                    default -> throw new Grid.Unfit("a function of a matrix");
                };
        };
    }
}
