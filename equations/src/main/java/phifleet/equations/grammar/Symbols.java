package phifleet.equations.grammar;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Application;
import phifleet.equations.ast.Expr.Derivative;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.grammar.SyntaxProblem.Code;
import phifleet.equations.grammar.Token.Kind;

/** Symbols with their indices, primes and accents, and whether the bracket behind one holds its arguments. */
final class Symbols {
    /** Letters that are functions first: a bracket behind them holds arguments, whatever stands in it. */
    private static final Set<String> FUNCTION_LETTERS = Set.of("f", "psi", "Psi");
    /** Letters that other quantities depend on. */
    private static final Set<String> INDEPENDENT =
            Set.of("x", "y", "z", "t", "r", "s", "k", "theta", "phi", "tau", "omega", "u", "xi", "n", "E", "T", "nu");

    private final Atoms atoms;
    private final Cursor cursor;

    Symbols(Atoms atoms) {
        this.atoms = atoms;
        this.cursor = atoms.cursor;
    }

    /** A symbol, or an unknown function with its arguments. */
    Expr read() {
        int start = cursor.peek().start();
        return applied(plain(), start);
    }

    /** A symbol with what decorates it. */
    Expr plain() {
        Token token = cursor.next();
        String base = token.is(Kind.TEXT) ? Subscripts.clean(token.text()) : token.text();
        return decorations(Symbol.of(base), token.start());
    }

    /** {@code \vec F}, {@code \mathbf{E}}. */
    Expr vector(int start) {
        Expr inside = wordOrArgument();
        if (inside instanceof Num zero && zero.is(0)) {
            return inside;
        }
        return decorated(vectored(inside, start), start);
    }

    private Expr vectored(Expr inside, int start) {
        return switch (inside) {
            case Symbol s -> new Symbol(s.base(), s.subscript(), s.mark(), true);
            case Application(Symbol head, List<Expr> arguments) ->
                cursor.make(new Application((Symbol) vectored(head, start), arguments), start);
            case Derivative(Expr operand, List<Derivative.By> by, boolean partial) ->
                cursor.make(new Derivative(vectored(operand, start), by, partial), start);
            case Expr.Call call
            when call.function() == Function.DIFFERENTIAL ->
                cursor.make(Expr.Call.of(Function.DIFFERENTIAL, vectored(call.argument(), start)), start);
            default -> throw onlySymbol();
        };
    }

    /** {@code \hat x} and the like. */
    Expr marked(String mark, int start) {
        if (!(wordOrArgument() instanceof Symbol s)) {
            throw onlySymbol();
        }
        return decorated(new Symbol(s.base(), s.subscript(), s.mark() + mark, s.vector()), start);
    }

    /** {@code \mathcal{E}}: another letter than E. */
    Expr styled(String mark, int start) {
        if (!(wordOrArgument() instanceof Symbol s)) {
            throw onlySymbol();
        }
        return decorated(new Symbol(s.base(), s.subscript(), s.mark() + mark, s.vector()), start);
    }

    private SyntaxException onlySymbol() {
        return cursor.fail(
                Code.UNEXPECTED_TOKEN, "An accent or a style stands over one symbol.", cursor.previous(), "symbol");
    }

    /** {@code {AB}} is one name under an accent; anything else an ordinary argument. */
    private Expr wordOrArgument() {
        Token open = cursor.peek();
        if (open.is(Kind.OPEN, "{")) {
            int close = cursor.closing(cursor.index());
            String raw = cursor.source.substring(open.end(), cursor.token(close).start());
            if (raw.matches("\\s*[A-Za-z]{2,}\\s*") && !raw.strip().startsWith("d")) {
                cursor.moveTo(close);
                cursor.next();
                return Symbol.of(raw.strip());
            }
        }
        return atoms.argument();
    }

    /** Further decorations and arguments behind a symbol that a group or a command made. */
    Expr decorated(Expr expr, int start) {
        return switch (expr) {
            case Symbol symbol -> applied(decorations(symbol, start), start);
            case Derivative(Expr operand, List<Derivative.By> by, boolean partial)
            when Atoms.isSymbolLike(operand) ->
                cursor.make(new Derivative(decorated(operand, start), by, partial), start);
            default -> {
                if (cursor.peek().is(Kind.SUBSCRIPT) || cursor.peek().isOperator("_")) {
                    throw cursor.fail(
                            Code.INVALID_SUBSCRIPT, "An index needs a symbol before it.", cursor.peek(), "operator");
                }
                yield expr;
            }
        };
    }

    private Expr decorations(Symbol bare, int start) {
        Symbol symbol = bare;
        int derivatives = 0;
        while (true) {
            Token token = cursor.peek();
            if (token.is(Kind.SUBSCRIPT)) {
                cursor.next();
                symbol = indexed(symbol, token.text());
            } else if (token.isOperator("_")) {
                symbol = indexed(symbol, index());
            } else if (token.isOperator("'")) {
                cursor.next();
                symbol = new Symbol(symbol.base(), symbol.subscript(), symbol.mark() + "'", symbol.vector());
            } else if (isLabel()) {
                symbol = indexed(symbol, label());
            } else if (isPrime()) {
                skipPrime();
                symbol = new Symbol(symbol.base(), symbol.subscript(), symbol.mark() + "'", symbol.vector());
            } else if (token.is(Kind.COMMAND) && token.text().startsWith("accent:")) {
                cursor.next();
                String accent = token.text().substring("accent:".length());
                derivatives += accent.equals("dot") ? 1 : accent.equals("ddot") ? 2 : 0;
                symbol = accented(symbol, accent);
            } else if (isElement(token)) {
                symbol = indexed(symbol, element());
            } else {
                break;
            }
        }
        Symbol whole = cursor.make(symbol, start);
        return derivatives == 0 ? whole : atoms.calculus.byTime(whole, derivatives, start);
    }

    private static Symbol accented(Symbol s, String accent) {
        return switch (accent) {
            case "vec" -> new Symbol(s.base(), s.subscript(), s.mark(), true);
            case "dot", "ddot" -> s;
            default -> new Symbol(s.base(), s.subscript(), s.mark() + accent, s.vector());
        };
    }

    private static Symbol indexed(Symbol s, String index) {
        return new Symbol(s.base(), s.subscript() + index, s.mark(), s.vector());
    }

    /** The braced or bracketed index behind {@code _}. */
    private String index() {
        Token sign = cursor.next();
        Token open = cursor.peek();
        if (!open.is(Kind.OPEN)) {
            throw cursor.fail(Code.INVALID_SUBSCRIPT, "Nothing that could be an index stands behind _.", sign, "index");
        }
        int close = cursor.closing(cursor.index());
        String raw = cursor.source.substring(
                open.end(), Math.max(open.end(), cursor.token(close).start()));
        String text = Subscripts.clean(raw);
        if (text.isEmpty() || !cursor.token(close).is(Kind.CLOSE)) {
            throw cursor.fail(Code.INVALID_SUBSCRIPT, "This index is empty or never closed.", open, "index");
        }
        cursor.moveTo(close);
        cursor.next();
        return text;
    }

    /** Whether an upright text is raised: {@code \Sigma^\text{f}} is a name, no power. */
    private boolean isLabel() {
        if (!cursor.peek().isOperator("^")) {
            return false;
        }
        Token next = cursor.peek(1);
        boolean braced = next.is(Kind.OPEN, "{")
                && cursor.peek(2).is(Kind.TEXT)
                && cursor.peek(3).is(Kind.CLOSE, "}");
        return next.is(Kind.TEXT) || braced;
    }

    private String label() {
        cursor.next();
        boolean braced = cursor.accept(Kind.OPEN, "{");
        String text = Subscripts.clean(cursor.next().text());
        if (braced) {
            cursor.next();
        }
        return text;
    }

    private boolean isPrime() {
        return cursor.peek().isOperator("^")
                && (cursor.peek(1).isOperator("'")
                        || (cursor.peek(1).is(Kind.OPEN, "{")
                                && cursor.peek(2).isOperator("'")
                                && cursor.peek(3).is(Kind.CLOSE, "}")));
    }

    private void skipPrime() {
        cursor.next();
        boolean braced = cursor.accept(Kind.OPEN, "{");
        cursor.next();
        if (braced) {
            cursor.next();
        }
    }

    /** Whether {@code m[i]} stands here. */
    private boolean isElement(Token open) {
        if (cursor.latex || !open.is(Kind.OPEN, "[") || open.spaced()) {
            return false;
        }
        int close = cursor.closing(cursor.index());
        for (int i = cursor.index() + 1; i < close; i++) {
            Token token = cursor.token(i);
            boolean fits = token.is(Kind.NAME)
                    || token.is(Kind.NUMBER)
                    || token.isOperator(",")
                    || token.isOperator("+")
                    || token.isOperator("-");
            if (!fits) {
                return false;
            }
        }
        return cursor.token(close).is(Kind.CLOSE, "]");
    }

    private String element() {
        int close = cursor.closing(cursor.index());
        String raw =
                cursor.source.substring(cursor.peek().end(), cursor.token(close).start());
        cursor.moveTo(close);
        cursor.next();
        return Subscripts.clean(raw);
    }

    /** The symbol with the bracket behind it as its arguments, if it holds such. */
    private Expr applied(Expr expr, int start) {
        if (!(expr instanceof Symbol head) || !holdsArguments(head)) {
            return expr;
        }
        List<Expr> arguments = atoms.brackets.arguments();
        Function special = special(head, arguments);
        if (special != null) {
            boolean order = special == Function.ORDER;
            Expr index = order ? arguments.getFirst() : cursor.make(number(head.subscript()), start);
            return cursor.make(
                    order ? Expr.Call.of(special, index) : Expr.Call.of(special, index, arguments.getFirst()), start);
        }
        boolean prime = head.mark().startsWith("'") && arguments.size() == 1 && arguments.getFirst() instanceof Symbol;
        if (prime) {
            Symbol bare = new Symbol(head.base(), head.subscript(), "", head.vector());
            Expr operand = cursor.make(new Application(bare, arguments), start);
            Derivative.By by =
                    new Derivative.By(arguments.getFirst(), head.mark().length());
            return cursor.make(new Derivative(operand, List.of(by), false), start);
        }
        return cursor.make(new Application(head, arguments), start);
    }

    /**
     * Whether the bracket here holds arguments. SymPy's LaTeX marks them by braces; its code by writing every product
     * with a sign. Otherwise a list, a lone symbol or number, or an application does; {@code m(a + b)} is a product.
     */
    private boolean holdsArguments(Symbol head) {
        Token open = cursor.peek();
        boolean printed = open.is(Kind.OPEN, "{") && cursor.peek(1).is(Kind.OPEN, "(");
        if (printed && cursor.latex) {
            return cursor.closing(cursor.index() + 1) + 1 == cursor.closing(cursor.index());
        }
        if (!open.is(Kind.OPEN, "(") || (open.spaced() && !cursor.latex)) {
            return false;
        }
        int from = cursor.index();
        int close = cursor.closing(from);
        if (cursor.hasComma(from)) {
            return !isScalarProduct(from, close) || head.vector();
        }
        if ((FUNCTION_LETTERS.contains(head.base()) && head.subscript().isEmpty())
                || isBessel(head, from, close)
                || (head.base().length() > 1 && Letters.byName(head.base()) == null && !cursor.latex)) {
            return true;
        }
        boolean landau = head.base().equals("O") && head.subscript().isEmpty();
        if (!isAtomic(from + 1, close)) {
            return landau && cursor.latex;
        }
        Token only = cursor.token(from + 1);
        boolean number = only.is(Kind.NUMBER);
        if (number && !only.text().equals("0")) {
            return false;
        }
        if (!number && !INDEPENDENT.contains(only.text()) && close == from + 2) {
            cursor.warn(
                    "application",
                    "“"
                            + cursor.source.substring(
                                    cursor.previous().start(),
                                    cursor.token(close).end()) + "” is read as a function of " + only.text()
                            + "; write a sign for a product.",
                    cursor.previous().start());
        }
        return true;
    }

    /** Whether the head is a Bessel function's name and the bracket no sum that it could multiply. */
    private boolean isBessel(Symbol head, int open, int close) {
        boolean raised = cursor.token(close + 1).isOperator("^")
                || cursor.token(close + 1).is(Kind.SUPERSCRIPT);
        return !raised && besselOf(head) != null && (head.base().equals("J") || !hasSign(open, close));
    }

    private boolean hasSign(int open, int close) {
        for (int i = open + 1; i < close; i++) {
            if (cursor.token(i).isOperator("+") || cursor.token(i).isOperator("-")) {
                return true;
            }
            if (cursor.token(i).is(Kind.OPEN)) {
                i = cursor.closing(i);
            }
        }
        return false;
    }

    /** Landau's O, and {@code J_0(x)}; null for other heads. */
    private @Nullable Function special(Symbol head, List<Expr> arguments) {
        if (arguments.size() != 1 || !cursor.latex) {
            return null;
        }
        Expr only = arguments.getFirst();
        boolean landau = head.base().equals("O") && head.subscript().isEmpty() && !(only instanceof Application);
        return landau ? Function.ORDER : besselOf(head);
    }

    private static @Nullable Function besselOf(Symbol head) {
        if (!head.subscript().matches("\\d") || !head.mark().isEmpty()) {
            return null;
        }
        return switch (head.base()) {
            case "J" -> Function.BESSEL_J;
            case "Y" -> Function.BESSEL_Y;
            case "I" -> Function.BESSEL_I;
            case "K" -> Function.BESSEL_K;
            default -> null;
        };
    }

    private static Num number(String digits) {
        return new Num(new java.math.BigDecimal(digits));
    }

    /** Whether the brackets hold two vectors: {@code \left( {\vec F}, {\vec v} \right)}. */
    private boolean isScalarProduct(int open, int close) {
        int vectors = 0;
        int commas = 0;
        for (int i = open + 1; i < close; i++) {
            Token token = cursor.token(i);
            vectors += token.is(Kind.COMMAND, "vec") || token.is(Kind.COMMAND, "mathbf") ? 1 : 0;
            commas += token.isOperator(",") ? 1 : 0;
        }
        return commas == 1 && vectors >= 2;
    }

    /** Whether one symbol, number or application stands from {@code from} to before {@code close}. */
    private boolean isAtomic(int from, int close) {
        int i = from;
        while (cursor.token(i).is(Kind.OPEN, "{")
                && cursor.closing(i) + 1 <= close
                && cursor.token(i).is(Kind.OPEN, "{")) {
            boolean whole = cursor.closing(i) == close - 1;
            if (!whole) {
                break;
            }
            return isAtomic(i + 1, cursor.closing(i));
        }
        if (cursor.token(i).is(Kind.COMMAND, "vec") || cursor.token(i).is(Kind.COMMAND, "mathbf")) {
            i++;
        }
        boolean number = cursor.token(i).is(Kind.NUMBER);
        if (!number && !cursor.token(i).is(Kind.NAME)) {
            return false;
        }
        i++;
        while (!number
                && i < close
                && (cursor.token(i).is(Kind.SUBSCRIPT)
                        || cursor.token(i).isOperator("'")
                        || cursor.token(i).isOperator("_"))) {
            i = cursor.token(i).isOperator("_") ? cursor.closing(i + 1) + 1 : i + 1;
        }
        if (i < close
                && !number
                && cursor.token(i).is(Kind.OPEN, "{")
                && cursor.token(i + 1).is(Kind.OPEN, "(")) {
            i = cursor.closing(i) + 1;
        } else if (i < close && !number && cursor.token(i).is(Kind.OPEN, "(")) {
            i = cursor.closing(i) + 1;
        }
        return i == close;
    }
}
