package phifleet.equations.grammar.parser;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Application;
import phifleet.equations.ast.Expr.Call;
import phifleet.equations.ast.Expr.Derivative;
import phifleet.equations.ast.Expr.Integral;
import phifleet.equations.ast.Expr.Limit;
import phifleet.equations.ast.Expr.Nabla;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Piecewise;
import phifleet.equations.ast.Expr.Range;
import phifleet.equations.ast.Expr.Series;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Expr.VectorProduct;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Statement;
import phifleet.equations.grammar.token.SyntaxException;
import phifleet.equations.grammar.token.SyntaxProblem.Code;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/** SymPy's printed forms, whose arguments may be tuples. */
final class Forms {
    /** One argument: an expression, or the members of a tuple, the last perhaps a condition. */
    private record Argument(List<Expr> members, boolean tuple, Statement.@Nullable Relation condition) {
        Expr only() {
            return members.getFirst();
        }
    }

    private final Atoms atoms;
    private final Cursor cursor;

    Forms(Atoms atoms) {
        this.atoms = atoms;
        this.cursor = atoms.cursor;
    }

    Expr read(Token name) {
        List<Argument> arguments = arguments();
        int start = name.start();
        Expr first = arguments.getFirst().only();
        return switch (name.text()) {
            case "Derivative", "diff" -> {
                atLeast(2, arguments, name);
                yield cursor.make(new Derivative(first, by(arguments, name), isPartial(first)), start);
            }
            case "Integral", "integrate" -> {
                atLeast(2, arguments, name);
                yield cursor.make(
                        new Integral(
                                first, rest(arguments).map(a -> range(a, name)).toList()),
                        start);
            }
            case "Sum" -> series(Series.Kind.SUM, arguments, name);
            case "Product" -> series(Series.Kind.PRODUCT, arguments, name);
            case "Limit", "limit", "LimitAbove", "LimitBelow" -> {
                exactly(3, arguments, name);
                yield cursor.make(
                        new Limit(
                                first,
                                arguments.get(1).only(),
                                arguments.get(2).only(),
                                switch (name.text()) {
                                    case "LimitAbove" -> Limit.Side.ABOVE;
                                    case "LimitBelow" -> Limit.Side.BELOW;
                                    default -> Limit.Side.BOTH;
                                }),
                        start);
            }
            case "dot", "cross" -> {
                exactly(2, arguments, name);
                VectorProduct.Kind kind = name.text().equals("dot") ? VectorProduct.Kind.DOT : VectorProduct.Kind.CROSS;
                yield cursor.make(
                        new VectorProduct(kind, first, arguments.get(1).only()), start);
            }
            case "div" -> nabla(Nabla.Kind.DIV, arguments, name);
            case "grad" -> nabla(Nabla.Kind.GRAD, arguments, name);
            case "curl", "rot" -> nabla(Nabla.Kind.CURL, arguments, name);
            case "laplacian", "Laplacian" -> nabla(Nabla.Kind.LAPLACIAN, arguments, name);
            case "log10" -> logarithm(10, arguments, name);
            case "log2" -> logarithm(2, arguments, name);
            case "cbrt" -> {
                exactly(1, arguments, name);
                yield cursor.make(Call.of(Function.ROOT, first, number(3, name)), start);
            }
            case "Piecewise" ->
                cursor.make(
                        new Piecewise(
                                arguments.stream().map(a -> branch(a, name)).toList()),
                        start);
            case "Matrix" -> {
                exactly(1, arguments, name);
                yield first;
            }
            default ->
                throw cursor.fail(Code.UNEXPECTED_TOKEN, name.text() + " cannot stand inside an equation.", name);
        };
    }

    private List<Argument> arguments() {
        Token open = cursor.next();
        List<Argument> arguments = new ArrayList<>();
        do {
            arguments.add(argument());
        } while (cursor.acceptOperator(","));
        cursor.expectClose(open, ")");
        return arguments;
    }

    private Argument argument() {
        Token open = cursor.peek();
        int index = cursor.index();
        boolean tuple =
                open.is(Kind.OPEN, "(") && cursor.hasComma(index) && ends(cursor.token(cursor.closing(index) + 1));
        if (!tuple) {
            return new Argument(List.of(atoms.grammar.nested()), false, null);
        }
        cursor.next();
        List<Expr> members = new ArrayList<>();
        Statement.Relation condition = null;
        do {
            members.add(atoms.grammar.nested());
            if (cursor.peek().is(Kind.RELATION)) {
                Statement.Operator operator = Relations.operator(cursor, cursor.next());
                condition = new Statement.Relation(
                        List.of(members.removeLast(), atoms.grammar.nested()), List.of(operator));
            }
        } while (condition == null && cursor.acceptOperator(","));
        cursor.expectClose(open, ")");
        return new Argument(members, true, condition);
    }

    private static boolean ends(Token token) {
        return token.isOperator(",") || token.is(Kind.CLOSE, ")");
    }

    private List<Derivative.By> by(List<Argument> arguments, Token name) {
        List<Derivative.By> by = new ArrayList<>();
        for (Argument argument : arguments.subList(1, arguments.size())) {
            boolean order = !argument.tuple() && argument.only() instanceof Num && !by.isEmpty();
            if (order) {
                Derivative.By last = by.removeLast();
                by.add(new Derivative.By(last.variable(), Calculus.order(cursor, argument.only(), name)));
            } else {
                boolean counted = argument.members().size() == 2;
                by.add(new Derivative.By(
                        argument.only(),
                        counted ? Calculus.order(cursor, argument.members().get(1), name) : 1));
            }
        }
        return by;
    }

    static boolean isPartial(Expr operand) {
        return operand instanceof Application application
                && application.arguments().size() > 1;
    }

    private Expr series(Series.Kind kind, List<Argument> arguments, Token name) {
        exactly(2, arguments, name);
        return cursor.make(new Series(kind, arguments.getFirst().only(), range(arguments.get(1), name)), name.start());
    }

    private Range range(Argument argument, Token place) {
        List<Expr> members = argument.members();
        return switch (members.size()) {
            case 1 -> new Range(members.get(0), null, null);
            case 2 -> new Range(members.get(0), null, members.get(1));
            case 3 -> new Range(members.get(0), members.get(1), members.get(2));
            default -> throw cursor.fail(Code.WRONG_ARGUMENT_COUNT, "A range is a variable and two bounds.", place);
        };
    }

    private Piecewise.Branch branch(Argument argument, Token name) {
        boolean always = argument.condition() == null
                && argument.members().size() == 2
                && argument.members().get(1) instanceof Symbol s
                && s.base().equals("True");
        if (!argument.tuple()
                || (argument.condition() == null && !always)
                || argument.members().isEmpty()) {
            throw cursor.fail(Code.UNEXPECTED_TOKEN, "A case is a value and a condition.", name, "(value, condition)");
        }
        return new Piecewise.Branch(argument.only(), argument.condition());
    }

    private Expr nabla(Nabla.Kind kind, List<Argument> arguments, Token name) {
        exactly(1, arguments, name);
        return cursor.make(new Nabla(kind, arguments.getFirst().only()), name.start());
    }

    private Expr logarithm(long base, List<Argument> arguments, Token name) {
        exactly(1, arguments, name);
        return cursor.make(Call.of(Function.LOG, arguments.getFirst().only(), number(base, name)), name.start());
    }

    private Expr number(long value, Token place) {
        return cursor.make(Num.of(value), place.span());
    }

    private static java.util.stream.Stream<Argument> rest(List<Argument> arguments) {
        return arguments.stream().skip(1);
    }

    private void exactly(int count, List<Argument> arguments, Token name) {
        if (arguments.size() != count) {
            throw wrong(name, String.valueOf(count), arguments);
        }
    }

    private void atLeast(int count, List<Argument> arguments, Token name) {
        if (arguments.size() < count) {
            throw wrong(name, "at least " + count, arguments);
        }
    }

    private SyntaxException wrong(Token name, String wanted, List<Argument> arguments) {
        return cursor.fail(
                Code.WRONG_ARGUMENT_COUNT,
                name.text() + " takes " + wanted + " arguments, here are " + arguments.size() + ".",
                name);
    }
}
