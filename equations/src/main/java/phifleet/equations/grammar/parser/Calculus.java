package phifleet.equations.grammar.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Call;
import phifleet.equations.ast.Expr.Derivative;
import phifleet.equations.ast.Expr.Nabla;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.grammar.name.Differentials;
import phifleet.equations.grammar.token.SyntaxProblem.Code;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/** Derivatives and nabla; integrals, sums and limits are in {@link BigOperators}. */
final class Calculus {
    /** Of a derivative. */
    private static final int MAX_ORDER = 99;
    /** Of ∂_t and the like: variables of space and time by their own letters; any other index counts coordinates. */
    private static final Pattern VARIABLES = Pattern.compile("[txyzr]{1,4}|theta|phi|tau|xi|eta|zeta");

    private static final Pattern LETTERS = Pattern.compile("[txyzr]+");

    private final Atoms atoms;
    private final Cursor cursor;
    private final BigOperators operators;

    Calculus(Atoms atoms) {
        this.atoms = atoms;
        this.cursor = atoms.cursor;
        this.operators = new BigOperators(atoms);
    }

    Expr big() {
        return operators.read();
    }

    /** Whether a differential ({@code dx}, {@code d\vec l}) begins at the token of that index. */
    boolean isDifferential(int index) {
        Token token = cursor.token(index);
        Token behind = cursor.token(index + 1);
        return token.is(Kind.DIFFERENTIAL) || (Differentials.isD(token) && startsVariable(behind));
    }

    private static boolean startsVariable(Token token) {
        return token.is(Kind.NAME)
                || (token.is(Kind.COMMAND)
                        && java.util.Set.of("vec", "mathbf", "boldsymbol", "bm").contains(token.text()))
                || (token.is(Kind.TEXT) && !token.text().equals("d"));
    }

    /** {@code \frac{d^2 x}{d t^2}}, {@code \frac{\partial}{\partial x} f}: read here, or null and nothing read. */
    @Nullable
    Expr derivativeFraction(int start) {
        int top = cursor.index();
        if (!cursor.token(top).is(Kind.OPEN, "{")
                || !cursor.token(cursor.closing(top) + 1).is(Kind.OPEN, "{")) {
            return null;
        }
        int bottom = cursor.closing(top) + 1;
        boolean partial = cursor.token(top + 1).is(Kind.PARTIAL)
                && cursor.token(bottom + 1).is(Kind.PARTIAL);
        boolean total = isPlainD(top + 1) && isPlainD(bottom + 1) && startsVariable(cursor.token(bottom + 2));
        if (!partial && !total) {
            return null;
        }
        cursor.moveTo(top + 2);
        int order = order();
        Expr operand = null;
        if (cursor.index() < cursor.closing(top)) {
            operand = atoms.grammar.nested();
        }
        cursor.expectClose(cursor.token(top), "}");
        cursor.moveTo(bottom + 1);
        List<Derivative.By> by = variables(cursor.closing(bottom));
        cursor.expectClose(cursor.token(bottom), "}");
        return derivative(operand, by, partial, order, start);
    }

    private boolean isPlainD(int index) {
        Token behind = cursor.token(index + 1);
        return Differentials.isD(cursor.token(index)) && !behind.is(Kind.SUBSCRIPT) && !behind.isOperator("_");
    }

    /** {@code dx/dt}, {@code d²x/dt²}, {@code ∂u/∂t}, {@code d/dt(…)}, or a differential alone. */
    Expr differential() {
        cursor.enter();
        Expr whole = differentialHere();
        cursor.leave();
        return whole;
    }

    private Expr differentialHere() {
        Token sign = cursor.next();
        int start = sign.start();
        boolean partial = sign.is(Kind.PARTIAL);
        if (partial && isIndexed()) {
            return component(1, start);
        }
        int order = order();
        if (partial && isIndexed()) {
            return component(order, start);
        }
        Expr operand = null;
        if (!cursor.peek().isOperator("/")) {
            operand = operand();
        }
        if (isDenominator()) {
            cursor.next();
            boolean bracket = cursor.peek().is(Kind.OPEN, "(");
            Token open = cursor.peek();
            if (bracket) {
                cursor.next();
            }
            List<Derivative.By> by = variables(Integer.MAX_VALUE);
            if (bracket) {
                cursor.expectClose(open, ")");
            }
            return derivative(operand, by, partial, order, start);
        }
        if (operand == null || order > 1 || partial) {
            throw cursor.unexpected(cursor.peek(), partial ? "/∂" : "/d");
        }
        return cursor.make(Call.of(Function.DIFFERENTIAL, operand), start);
    }

    private boolean isIndexed() {
        return cursor.peek().is(Kind.SUBSCRIPT) || cursor.peek().isOperator("_");
    }

    /**
     * {@code ∂_μ A}, {@code ∂_t u}, {@code ∂_{xx} u}, {@code ∂_x^2 u}: the derivative by the coordinate of that index, or by the variables that stand there.
     *
     * @param before the order that is raised before the index
     */
    private Expr component(int before, int start) {
        Expr coordinate = atoms.symbols.decorated(Symbol.of("x"), start);
        int order = before == 1 ? order() : before;
        List<Derivative.By> by = new ArrayList<>();
        if (coordinate instanceof Symbol(String _, String index, String _, boolean _)
                && VARIABLES.matcher(index).matches()) {
            List<String> names = LETTERS.matcher(index).matches() ? List.of(index.split("")) : List.of(index);
            for (String name : names) {
                Symbol variable = Symbol.of(name);
                boolean again = !by.isEmpty() && by.getLast().variable().equals(variable);
                int times = again ? by.removeLast().order() + 1 : order;
                by.add(new Derivative.By(variable, times));
            }
        } else {
            by.add(new Derivative.By(coordinate, order));
        }
        Expr operand = atoms.operators.isAlone() ? atoms.operators.operand() : atoms.grammar.power();
        return cursor.make(new Derivative(operand, by, true), start);
    }

    private Expr operand() {
        Token token = cursor.peek();
        if (token.is(Kind.NAME) || token.is(Kind.TEXT)) {
            return atoms.symbols.read();
        }
        return atoms.postfix();
    }

    private boolean isDenominator() {
        if (!cursor.peek().isOperator("/")) {
            return false;
        }
        int next = cursor.index() + (cursor.peek(1).is(Kind.OPEN, "(") ? 2 : 1);
        return cursor.token(next).is(Kind.PARTIAL) || isDifferential(next);
    }

    /** What stands below: {@code dt²}, {@code ∂x∂y}; at least one. */
    private List<Derivative.By> variables(int end) {
        List<Derivative.By> by = new ArrayList<>();
        while (cursor.index() < end && (cursor.peek().is(Kind.PARTIAL) || Differentials.isD(cursor.peek()))) {
            cursor.next();
            Expr variable =
                    startsVariable(cursor.peek()) && !cursor.peek().is(Kind.COMMAND) ? variable() : atoms.postfix();
            by.add(new Derivative.By(variable, order()));
            if (cursor.peek().isOperator("*") || cursor.peek().isOperator("·")) {
                boolean more =
                        (cursor.peek(1).is(Kind.PARTIAL) || cursor.peek(1).is(Kind.DIFFERENTIAL))
                                && !cursor.peek(3).isOperator("/");
                if (!more) {
                    break;
                }
                cursor.next();
            }
        }
        if (by.isEmpty()) {
            throw cursor.unexpected(cursor.peek(), "d", "∂");
        }
        return by;
    }

    /** A derivative's variable; the bracket behind {@code d/dt} is what is differentiated. */
    private Expr variable() {
        boolean printed = cursor.latex;
        return printed ? atoms.symbols.read() : atoms.symbols.plain();
    }

    private Expr derivative(@Nullable Expr above, List<Derivative.By> by, boolean partial, int order, int start) {
        int below = by.stream().mapToInt(Derivative.By::order).sum();
        if (order != below) {
            throw cursor.fail(
                    Code.INVALID_NUMBER,
                    "The derivative is of order " + order + " above the line and " + below + " below it.",
                    cursor.previous());
        }
        return cursor.make(new Derivative(above != null ? above : differentiated(start), by, partial), start);
    }

    /** What touches behind the sign, to the next sign of a product or sum, {@code d/dx x ln x}; brackets behind it hold all of it. */
    private Expr differentiated(int start) {
        if (atoms.operators.isAlone()) {
            return atoms.operators.operand();
        }
        boolean bracketed = cursor.peek().is(Kind.OPEN);
        int begin = cursor.peek().start();
        Expr first = atoms.grammar.raised(atoms.postfix(), bracketed ? start : begin);
        List<Expr> factors = new ArrayList<>(List.of(first));
        while (!bracketed && atoms.grammar.startsFactor(cursor.peek()) && !isDifferential(cursor.index())) {
            factors.add(atoms.grammar.power());
        }
        return factors.size() == 1 ? first : cursor.make(new Expr.Product(factors), begin);
    }

    /** The order that is raised behind d or a variable; 1 where none is. */
    private int order() {
        Token token = cursor.peek();
        if (!token.is(Kind.SUPERSCRIPT) && !token.isOperator("^")) {
            return 1;
        }
        return order(cursor, atoms.grammar.exponent(), cursor.previous());
    }

    /** A derivative's order, which stands at a place. */
    static int order(Cursor cursor, Expr order, Token place) {
        int times = order instanceof Num number ? number.integer(MAX_ORDER).orElse(0) : 0;
        if (times < 1) {
            throw cursor.fail(
                    Code.INVALID_NUMBER,
                    "The order of a derivative is a whole number from 1 to " + MAX_ORDER + ".",
                    place);
        }
        return times;
    }

    /** {@code \dot x}. */
    Expr dotted(int order, int start) {
        Expr inside = atoms.argument();
        return byTime(inside, order, start);
    }

    Expr byTime(Expr inside, int order, int start) {
        if (!Atoms.isSymbolLike(inside)) {
            throw cursor.fail(Code.UNEXPECTED_TOKEN, "A dot stands over one symbol.", cursor.previous(), "symbol");
        }
        Derivative.By time = new Derivative.By(Symbol.of("t"), order);
        Expr derivative = cursor.make(new Derivative(inside, List.of(time), false), start);
        return atoms.symbols.decorated(derivative, start);
    }

    /** {@code ∇·E}, {@code ∇×B}, {@code ∇²u}, {@code ∇T}. */
    Expr nabla() {
        Token sign = cursor.next();
        int start = sign.start();
        Token token = cursor.peek();
        Nabla.Kind kind;
        if (token.isOperator("·") || token.isOperator("*")) {
            cursor.next();
            kind = Nabla.Kind.DIV;
        } else if (token.isOperator("×")) {
            cursor.next();
            kind = Nabla.Kind.CURL;
        } else if (token.is(Kind.SUPERSCRIPT) || token.isOperator("^")) {
            Expr exponent = atoms.grammar.exponent();
            if (!Brackets.is(exponent, 2)) {
                throw cursor.fail(Code.UNEXPECTED_TOKEN, "Only ∇² is known.", token, "2");
            }
            kind = Nabla.Kind.LAPLACIAN;
        } else if (atoms.operators.isAlone()) {
            return atoms.operators.nabla();
        } else {
            kind = Nabla.Kind.GRAD;
        }
        Expr operand = atoms.operators.isAlone() ? atoms.operators.operand() : operandOfNabla(start);
        return cursor.make(new Nabla(kind, operand), start);
    }

    private Expr operandOfNabla(int start) {
        int from = cursor.peek().start();
        List<Expr> factors = new ArrayList<>();
        factors.add(atoms.grammar.power());
        while (cursor.peek().is(Kind.NAME) && !cursor.peek().spaced() && atoms.grammar.startsFactor(cursor.peek())) {
            factors.add(atoms.grammar.power());
        }
        if (factors.size() > 1) {
            cursor.warn("nabla_extent", "∇ is read as acting on the whole product behind it.", start);
        }
        return atoms.grammar.product(factors, from);
    }

    /** {@code \text{div} \, k \, \text{grad} \, T}: acts on the whole product behind it. */
    Expr wordNabla() {
        Token word = cursor.next();
        Nabla.Kind kind = switch (word.text()) {
            case "div" -> Nabla.Kind.DIV;
            case "grad" -> Nabla.Kind.GRAD;
            default -> Nabla.Kind.CURL;
        };
        return cursor.make(new Nabla(kind, atoms.grammar.term()), word.start());
    }
}
