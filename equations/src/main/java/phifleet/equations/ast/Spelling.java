package phifleet.equations.ast;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
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

/** Writes a tree as ASCII that the grammar reads back as the same tree; vector marks are left out. */
public final class Spelling {
    /** How tightly what is written binds; a part that binds less tightly gets brackets. */
    private enum Binding {
        SUM,
        PRODUCT,
        POWER,
        ATOM
    }

    /** Digits of a whole number that are written out, at most. */
    private static final int PLAIN_DIGITS = 40;

    private final StringBuilder out = new StringBuilder();

    private Spelling() {}

    public static String of(Expr expr) {
        Spelling spelling = new Spelling();
        spelling.write(expr);
        return spelling.out.toString();
    }

    public static String of(Statement statement) {
        return switch (statement) {
            case Statement.Relation(List<Expr> sides, List<Statement.Operator> operators) -> {
                StringBuilder text = new StringBuilder(of(sides.getFirst()));
                for (int i = 0; i < operators.size(); i++) {
                    text.append(' ').append(operators.get(i).sign()).append(' ').append(of(sides.get(i + 1)));
                }
                yield text.toString();
            }
            case Statement.Several(List<Statement> members) ->
                members.stream().map(Spelling::of).collect(Collectors.joining("; "));
            case Statement.Bare(Expr expr) -> of(expr);
            case Statement.Reaction(
                    List<Statement.Reaction.Species> reactants,
                    List<Statement.Reaction.Species> products,
                    boolean reversible,
                    List<String> _) -> side(reactants) + (reversible ? " <=> " : " -> ") + side(products);
        };
    }

    private static String side(List<Statement.Reaction.Species> species) {
        return species.stream()
                .map(s -> (s.coefficient().equals(java.math.BigInteger.ONE) ? "" : s.coefficient() + " ") + s.formula())
                .collect(Collectors.joining(" + "));
    }

    private void write(Expr expr) {
        switch (expr) {
            case Num n -> number(n.value());
            case Constant c ->
                out.append(
                        switch (c) {
                            case PI -> "pi";
                            case E -> "e";
                            case I -> "i";
                            case GOLDEN -> "GoldenRatio";
                            case INFINITY -> "oo";
                        });
            case Symbol s -> out.append(s.name());
            case Quantity(Num n, String unit) -> {
                number(n.value());
                out.append(' ').append(unit);
            }
            case Sum(List<Expr> terms) -> sum(terms);
            case Product(List<Expr> factors) -> separated(factors, "*");
            case Quotient(Expr a, Expr b) -> {
                part(a, Binding.PRODUCT);
                out.append('/');
                part(b, Binding.POWER);
            }
            case Power(Expr a, Expr b) -> {
                part(a, Binding.ATOM);
                out.append('^');
                part(b, Binding.ATOM);
            }
            case Negation(Expr a) -> {
                out.append('-');
                part(a, Binding.PRODUCT);
            }
            case PlusMinus(Expr a, boolean upper) -> {
                out.append(upper ? "± " : "∓ ");
                part(a, Binding.PRODUCT);
            }
            case Call call -> {
                List<Expr> arguments = call.arguments();
                switch (call.function()) {
                    case GIVEN -> events(" | ", arguments);
                    case INTERSECTION -> events(" ∩ ", arguments);
                    case UNION -> events(" ∪ ", arguments);
                    case TENSOR -> separated(arguments, " ⊗ ");
                    case OMITTED -> out.append("...");
                    case EXPECTATION ->
                        out.append("E[").append(of(arguments.getFirst())).append(']');
                    default -> call(call.function().spelling(), arguments);
                }
            }
            case Application(Symbol head, List<Expr> members)
            when head.name().equals("set") ->
                out.append(members.stream().map(Spelling::of).collect(Collectors.joining(", ", "{", "}")));
            case Application(Symbol head, List<Expr> arguments) -> call(head.name(), arguments);
            case Derivative(Expr a, List<Derivative.By> by, boolean _) -> {
                out.append("Derivative(");
                write(a);
                for (Derivative.By v : by) {
                    out.append(", ");
                    out.append(v.order() == 1 ? of(v.variable()) : "(" + of(v.variable()) + ", " + v.order() + ")");
                }
                out.append(')');
            }
            case Integral(Expr a, List<Range> ranges) -> {
                out.append("Integral(");
                write(a);
                ranges.forEach(range -> out.append(", ").append(range(range)));
                out.append(')');
            }
            case Series(Series.Kind kind, Expr a, Range range) -> {
                out.append(kind == Series.Kind.SUM ? "Sum(" : "Product(");
                write(a);
                out.append(", ").append(range(range)).append(')');
            }
            case Limit(Expr a, Expr variable, Expr target, Limit.Side side) ->
                call(
                        switch (side) {
                            case BOTH -> "Limit";
                            case ABOVE -> "LimitAbove";
                            case BELOW -> "LimitBelow";
                        },
                        List.of(a, variable, target));
            case Nabla(Nabla.Kind kind, Expr a) ->
                call(
                        switch (kind) {
                            case GRAD -> "grad";
                            case DIV -> "div";
                            case CURL -> "curl";
                            case LAPLACIAN -> "laplacian";
                        },
                        List.of(a));
            case VectorProduct(VectorProduct.Kind kind, Expr a, Expr b) ->
                call(kind == VectorProduct.Kind.DOT ? "dot" : "cross", List.of(a, b));
            case Matrix(List<List<Expr>> rows) ->
                out.append(rows.stream()
                        .map(row -> row.stream().map(Spelling::of).collect(Collectors.joining(", ", "[", "]")))
                        .collect(Collectors.joining(", ", "[", "]")));
            case Piecewise(List<Piecewise.Branch> branches) ->
                out.append(
                        branches.stream().map(Spelling::branch).collect(Collectors.joining(", ", "Piecewise(", ")")));
        }
    }

    private static String branch(Piecewise.Branch branch) {
        Statement.Relation condition = branch.condition();
        return "(" + of(branch.value()) + ", " + (condition == null ? "True" : of((Statement) condition)) + ")";
    }

    private static String range(Range range) {
        Expr lower = range.lower();
        Expr upper = range.upper();
        if (lower == null && upper == null) {
            return of(range.variable());
        }
        return "(" + of(range.variable()) + (lower == null ? "" : ", " + of(lower))
                + (upper == null ? "" : ", " + of(upper)) + ")";
    }

    /** Digits as written, long ones with an exponent as the lexer reads it. */
    private void number(BigDecimal value) {
        boolean plain = value.scale() <= 0 && value.precision() - value.scale() < PLAIN_DIGITS;
        out.append(
                plain
                        ? value.toPlainString()
                        : value.toString().replace("E+", "e").replace('E', 'e'));
    }

    private void sum(List<Expr> terms) {
        for (int i = 0; i < terms.size(); i++) {
            Expr term = terms.get(i);
            if (i > 0) {
                out.append(term instanceof Negation ? " - " : term instanceof PlusMinus ? " " : " + ");
            }
            if (i > 0 && term instanceof Negation(Expr operand)) {
                part(operand, Binding.PRODUCT);
            } else {
                part(term, Binding.SUM);
            }
        }
    }

    private void separated(List<Expr> factors, String sign) {
        for (int i = 0; i < factors.size(); i++) {
            out.append(i > 0 ? sign : "");
            part(factors.get(i), i == 0 ? Binding.PRODUCT : Binding.POWER);
        }
    }

    private void events(String sign, List<Expr> events) {
        out.append(events.stream()
                .map(event -> event instanceof Call inner && inner.arguments().size() > 1 && !sign.equals(" | ")
                        ? "(" + of(event) + ")"
                        : event(event))
                .collect(Collectors.joining(sign)));
    }

    /** An event; a relation as such. */
    private static String event(Expr event) {
        Statement.Relation relation =
                event instanceof Piecewise(List<Piecewise.Branch> branches) && branches.size() == 1
                        ? branches.getFirst().condition()
                        : null;
        return relation == null ? Spelling.of(event) : of((Statement) relation);
    }

    private void call(String name, List<Expr> arguments) {
        boolean events = name.equals(Function.PROBABILITY.spelling());
        out.append(name)
                .append('(')
                .append(arguments.stream()
                        .map(events ? Spelling::event : Spelling::of)
                        .collect(Collectors.joining(", ")));
        out.append(')');
    }

    private void part(Expr expr, Binding needed) {
        boolean brackets = binding(expr).compareTo(needed) < 0;
        out.append(brackets ? "(" : "");
        write(expr);
        out.append(brackets ? ")" : "");
    }

    private static Binding binding(Expr expr) {
        return switch (expr) {
            case Sum _, Negation _, PlusMinus _ -> Binding.SUM;
            case Product _, Quotient _, Quantity _ -> Binding.PRODUCT;
            case Power _ -> Binding.POWER;
            case Call call ->
                switch (call.function()) {
                    case TENSOR, INTERSECTION, UNION -> Binding.SUM;
                    default -> Binding.ATOM;
                };
            default -> Binding.ATOM;
        };
    }
}
