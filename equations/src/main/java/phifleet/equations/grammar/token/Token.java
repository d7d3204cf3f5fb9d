package phifleet.equations.grammar.token;

import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Span;

/**
 * A piece of the text.
 *
 * @param text its meaning in canonical spelling: the digits, the symbol's base, the operator sign, the command's name
 * @param start first UTF-16 unit
 * @param end one past the last
 * @param spaced whether white space that counts stands before it
 * @param function what it calls, for {@link Kind#FUNCTION}
 */
public record Token(
        Kind kind,
        String text,
        int start,
        int end,
        boolean spaced,
        @Nullable Function function) {
    public enum Kind {
        NUMBER,
        /** A run of Latin letters, not yet resolved by {@code Identifiers}. */
        LETTERS,
        /** A symbol's base. */
        NAME,
        /** A known function. */
        FUNCTION,
        /** A form with a grammar of its own: {@code Derivative(…)}, {@code cross(…)}. */
        FORM,
        /** The d of a differential. */
        DIFFERENTIAL,
        PARTIAL,
        NABLA,
        /** ∫ ∑ ∏ lim. */
        BIG,
        /** Upright text: {@code \text{max}}; its text is the raw content. */
        TEXT,
        /** A LaTeX command with arguments. */
        COMMAND,
        /** A raised Unicode text. */
        SUPERSCRIPT,
        /** A lowered Unicode text. */
        SUBSCRIPT,
        OPEN,
        CLOSE,
        /** An upright bar that opens or closes. */
        BAR,
        OPERATOR,
        RELATION,
        CONSTANT,
        /** The unit of the number before it. */
        UNIT,
        END
    }

    public Token(Kind kind, String text, int start, int end, boolean spaced) {
        this(kind, text, start, end, spaced, null);
    }

    public Span span() {
        return new Span(start, end - start);
    }

    public boolean is(Kind wanted) {
        return kind == wanted;
    }

    public boolean is(Kind wanted, String sign) {
        return kind == wanted && text.equals(sign);
    }

    public boolean isOperator(String sign) {
        return is(Kind.OPERATOR, sign);
    }

    /** Whether it can be a symbol by itself. */
    public boolean isSymbol() {
        return kind == Kind.NAME || kind == Kind.LETTERS;
    }
}
