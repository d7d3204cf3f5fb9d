package phifleet.equations.grammar.parser;

import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Application;
import phifleet.equations.ast.Expr.Derivative;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.grammar.token.Subscripts;
import phifleet.equations.grammar.token.SyntaxException;
import phifleet.equations.grammar.token.SyntaxProblem.Code;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/** Symbols with their indices, primes and accents, and whether the bracket behind one holds its arguments. */
final class Symbols {
    private final Atoms atoms;
    private final Cursor cursor;
    private final ArgumentRule arguments;

    Symbols(Atoms atoms) {
        this.atoms = atoms;
        this.cursor = atoms.cursor;
        this.arguments = new ArgumentRule(cursor);
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
            } else if (standardState() > 0) {
                cursor.moveTo(cursor.index() + standardState());
                symbol = indexed(symbol, "std");
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

    /** How many tokens the raised circle of a standard state has here: {@code E^\\circ}, {@code E°}; 0 where there is none. */
    private int standardState() {
        if (cursor.peek().isOperator("°")) {
            return 1;
        }
        if (!cursor.peek().isOperator("^")) {
            return 0;
        }
        boolean braced = cursor.peek(1).is(Kind.OPEN, "{")
                && cursor.peek(2).isOperator("°")
                && cursor.peek(3).is(Kind.CLOSE, "}");
        return cursor.peek(1).isOperator("°") ? 2 : braced ? 4 : 0;
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
        // An upright T is the sign of a transpose.
        boolean transpose = (braced ? cursor.peek(2) : next).text().equals("T");
        return (next.is(Kind.TEXT) || braced) && !transpose;
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
        if (!(expr instanceof Symbol head) || !(arguments.holdsArguments(head) || isTotient(head))) {
            return expr;
        }
        List<Expr> given = atoms.brackets.arguments();
        if (isBinomial(head, given)) {
            return cursor.make(new Expr.Call(Function.BINOMIAL, given), start);
        }
        if (arguments.isDelta(head) && given.size() == 1) {
            return cursor.make(Expr.Call.of(Function.DIRAC_DELTA, given.getFirst()), start);
        }
        Function special = special(head, given);
        if (special != null) {
            boolean order = special == Function.ORDER;
            Expr index = order ? given.getFirst() : cursor.make(number(head.subscript()), start);
            return cursor.make(
                    order ? Expr.Call.of(special, index) : Expr.Call.of(special, index, given.getFirst()), start);
        }
        boolean prime = head.mark().startsWith("'") && given.size() == 1 && given.getFirst() instanceof Symbol;
        if (prime) {
            Symbol bare = new Symbol(head.base(), head.subscript(), "", head.vector());
            Expr operand = cursor.make(new Application(bare, given), start);
            Derivative.By by = new Derivative.By(given.getFirst(), head.mark().length());
            return cursor.make(new Derivative(operand, List.of(by), false), start);
        }
        return cursor.make(new Application(head, given), start);
    }

    /** Nobody writes a whole number alone in brackets behind a number: {@code φ(12)} is a function, such as Euler's of the numbers prime to 12. */
    private boolean isTotient(Symbol head) {
        Token number = cursor.peek(1);
        return head.equals(Symbol.of("phi"))
                && cursor.peek().is(Kind.OPEN, "(")
                && number.is(Kind.NUMBER)
                && number.text().matches("[1-9]\\d*")
                && cursor.peek(2).is(Kind.CLOSE, ")");
    }

    /** {@code C(n, k)}: combinations, of whole numbers or of letters that count. */
    private static boolean isBinomial(Symbol head, List<Expr> arguments) {
        return head.equals(Symbol.of("C"))
                && arguments.size() == 2
                && arguments.stream().allMatch(Symbols::isCount);
    }

    private static boolean isCount(Expr expr) {
        return switch (expr) {
            case Num number -> number.isInteger();
            case Symbol symbol -> symbol.name().matches("[nkmNrij]");
            case Expr.Sum(List<Expr> terms) -> terms.stream().allMatch(Symbols::isCount);
            case Expr.Negation(Expr operand) -> isCount(operand);
            default -> false;
        };
    }

    /** Landau's O, and {@code J_0(x)}; null for other heads. */
    private @Nullable Function special(Symbol head, List<Expr> arguments) {
        if (arguments.size() != 1 || !cursor.latex) {
            return null;
        }
        Expr only = arguments.getFirst();
        boolean landau = head.base().equals("O") && head.subscript().isEmpty() && !(only instanceof Application);
        return landau ? Function.ORDER : ArgumentRule.besselOf(head);
    }

    private static Num number(String digits) {
        return new Num(new java.math.BigDecimal(digits));
    }
}
