package phifleet.equations.grammar.parser;

import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.grammar.token.Letters;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/** Whether the bracket behind a symbol holds its arguments or is a factor. Looks at tokens only; reads none. */
final class ArgumentRule {
    /** Letters that are functions first: a bracket behind them holds arguments, whatever stands in it. */
    private static final Set<String> FUNCTION_LETTERS = Set.of("f", "psi", "Psi");

    private static final Set<String> KIN = Set.of("g", "h");
    /** Letters that other quantities depend on. */
    private static final Set<String> INDEPENDENT =
            Set.of("x", "y", "z", "t", "r", "s", "k", "theta", "phi", "tau", "omega", "u", "xi", "n", "E", "T", "nu");

    private static final Set<String> ARROWS = Set.of("vec", "mathbf", "boldsymbol", "bm");

    private final Cursor cursor;

    ArgumentRule(Cursor cursor) {
        this.cursor = cursor;
    }

    /**
     * Whether the bracket here holds arguments. SymPy's LaTeX marks them by braces; its code by writing every product
     * with a sign. Otherwise a list, a lone symbol or number, or an application does; {@code m(a + b)} is a product.
     */
    boolean holdsArguments(Symbol head) {
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
        if (isOtherValue(head) && !isAtomic(from + 1, close)) {
            return false;
        }
        if ((FUNCTION_LETTERS.contains(head.base()) && head.subscript().isEmpty())
                || isBessel(head, from, close)
                || isDelta(head)
                || (cursor.ofSets && head.equals(Symbol.of("n")))
                || (KIN.contains(head.base()) && head.subscript().isEmpty() && appliesF())
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

    /** Whether the letter with a prime is a side of its own, {@code f' = f (v + u)/v}: then it is a quantity with two values. */
    private boolean isOtherValue(Symbol head) {
        return head.mark().isEmpty()
                && cursor.token(0).is(Kind.NAME, head.base())
                && cursor.token(1).isOperator("'")
                && cursor.token(2).is(Kind.RELATION, "=");
    }

    /** Whether it is Dirac's δ: that stands under an integral. */
    boolean isDelta(Symbol head) {
        return head.equals(Symbol.of("delta")) && has(i -> cursor.token(i).is(Kind.BIG, "int"));
    }

    /** Whether f stands before a bracket: then so are g and h functions. */
    private boolean appliesF() {
        return has(
                i -> cursor.token(i).is(Kind.NAME, "f") && cursor.token(i + 1).is(Kind.OPEN, "("));
    }

    private boolean has(IntPredicate there) {
        for (int i = 0; !cursor.token(i).is(Kind.END); i++) {
            cursor.budget.spend(1);
            if (there.test(i)) {
                return true;
            }
        }
        return false;
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

    /** Whether one symbol, number or application, or an angular frequency with the imaginary unit, stands from {@code from} to before {@code close}. */
    private boolean isAtomic(int from, int close) {
        int i = from;
        if (cursor.token(i).is(Kind.OPEN, "{") && cursor.closing(i) == close - 1) {
            return isAtomic(i + 1, close - 1);
        }
        if (cursor.token(i).is(Kind.COMMAND) && ARROWS.contains(cursor.token(i).text())) {
            i++;
            if (cursor.token(i).is(Kind.OPEN, "{") && cursor.closing(i) < close) {
                return cursor.closing(i) == i + 2 && cursor.token(i + 1).is(Kind.NAME) && i + 3 == close;
            }
        }
        boolean phasor = (cursor.token(i).is(Kind.NAME, "j") || cursor.token(i).is(Kind.NAME, "i"))
                && cursor.token(i + 1).is(Kind.NAME, "omega");
        i += phasor ? 1 : 0;
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

    /** The Bessel function of that name, or null. */
    static @Nullable Function besselOf(Symbol head) {
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
}
