package phifleet.equations.sympy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Call;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Statement;

/** Expressions as SymPy's {@code str} prints them, into trees. */
public final class SympyReader {
    private static final Map<String, Function> FUNCTIONS = functions();

    private final String text;
    private int at;

    private SympyReader(String text) {
        this.text = text;
    }

    public static Expr read(String text) {
        SympyReader reader = new SympyReader(text.replace("**", "^").replace(" ", ""));
        Expr expr = reader.sum();
        if (reader.at < reader.text.length()) {
            throw new IllegalArgumentException("unread: " + reader.text.substring(reader.at));
        }
        return expr;
    }

    /** {@code left = right}, or a sum alone. */
    public static List<Expr> sides(String equation) {
        return Arrays.stream(equation.split("=", -1)).map(SympyReader::read).toList();
    }

    private static Map<String, Function> functions() {
        Map<String, Function> functions = new TreeMap<>();
        for (Function function : Function.values()) {
            functions.put(function.spelling(), function);
        }
        functions.put("Abs", Function.ABS);
        functions.put("exp_polar", Function.EXP);
        return functions;
    }

    private boolean take(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char c) {
        if (!take(c)) {
            throw new IllegalArgumentException("expected " + c + " at " + at + " of " + text);
        }
    }

    private Expr sum() {
        List<Expr> terms = new ArrayList<>();
        boolean minus = take('-');
        if (!minus) {
            take('+');
        }
        terms.add(minus ? new Expr.Negation(product()) : product());
        while (true) {
            if (take('+')) {
                terms.add(product());
            } else if (take('-')) {
                terms.add(new Expr.Negation(product()));
            } else {
                return terms.size() == 1 ? terms.getFirst() : new Expr.Sum(terms);
            }
        }
    }

    private Expr product() {
        Expr product = power();
        while (true) {
            if (take('*')) {
                product = times(product, power());
            } else if (take('/')) {
                product = new Expr.Quotient(product, power());
            } else {
                return product;
            }
        }
    }

    private static Expr times(Expr a, Expr b) {
        List<Expr> factors = new ArrayList<>(a instanceof Expr.Product p ? p.factors() : List.of(a));
        factors.addAll(b instanceof Expr.Product p ? p.factors() : List.of(b));
        return new Expr.Product(factors);
    }

    private Expr power() {
        if (take('-')) {
            return new Expr.Negation(power());
        }
        Expr base = atom();
        return take('^') ? new Expr.Power(base, power()) : base;
    }

    private Expr atom() {
        if (take('(')) {
            Expr inner = sum();
            expect(')');
            return inner;
        }
        int start = at;
        while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        if (at > start) {
            return new Num(new BigDecimal(text.substring(start, at)));
        }
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        String name = text.substring(start, at);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("nothing at " + at + " of " + text);
        }
        return take('(') ? call(name) : constantOrSymbol(name);
    }

    private Expr call(String name) {
        if (name.equals("Piecewise")) {
            return piecewise();
        }
        if (name.equals("Derivative")) {
            return derivative();
        }
        List<Expr> arguments = new ArrayList<>();
        do {
            arguments.add(sum());
        } while (take(','));
        expect(')');
        Function function = FUNCTIONS.get(name);
        return function == null ? new Expr.Application(Symbol.of(name), arguments) : new Call(function, arguments);
    }

    private Expr derivative() {
        Expr operand = sum();
        List<Expr.Derivative.By> by = new ArrayList<>();
        while (take(',')) {
            if (take('(')) {
                Expr variable = sum();
                expect(',');
                Num order = (Num) sum();
                expect(')');
                by.add(new Expr.Derivative.By(variable, order.value().intValueExact()));
            } else {
                by.add(new Expr.Derivative.By(sum(), 1));
            }
        }
        expect(')');
        return new Expr.Derivative(operand, by, false);
    }

    private Expr piecewise() {
        List<Expr.Piecewise.Branch> branches = new ArrayList<>();
        do {
            expect('(');
            Expr value = sum();
            expect(',');
            branches.add(new Expr.Piecewise.Branch(value, condition()));
            expect(')');
        } while (take(','));
        expect(')');
        return new Expr.Piecewise(branches);
    }

    private Statement.@Nullable Relation condition() {
        if (text.startsWith("True", at)) {
            at += 4;
            return null;
        }
        boolean equal = text.startsWith("Eq(", at);
        if (equal || text.startsWith("Ne(", at)) {
            at += 3;
            Expr left = sum();
            expect(',');
            Expr right = sum();
            expect(')');
            return relation(left, right, equal ? Statement.Operator.EQUAL : Statement.Operator.NOT_EQUAL);
        }
        Expr left = sum();
        boolean less = take('<');
        if (!less) {
            expect('>');
        }
        boolean orEqual = take('=');
        Statement.Operator operator = less
                ? orEqual ? Statement.Operator.LESS_OR_EQUAL : Statement.Operator.LESS
                : orEqual ? Statement.Operator.GREATER_OR_EQUAL : Statement.Operator.GREATER;
        return relation(left, sum(), operator);
    }

    private static Statement.Relation relation(Expr left, Expr right, Statement.Operator operator) {
        return new Statement.Relation(List.of(left, right), List.of(operator));
    }

    private static Expr constantOrSymbol(String name) {
        return switch (name) {
            case "pi" -> Expr.Constant.PI;
            case "E" -> Expr.Constant.E;
            case "I" -> Expr.Constant.I;
            case "GoldenRatio" -> Expr.Constant.GOLDEN;
            default -> Symbol.of(name);
        };
    }
}
