package phifleet.equations.grammar.name;

import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/**
 * Whether the letter d is a differential in this text. It is where an integral sign stands, or where every additive term
 * of every side has a differential in it ({@code dU = T dS - p dV}, {@code d S = \frac{\delta Q}{T}}); a distance d
 * does not come so evenly.
 */
public final class Differentials {
    private Differentials() {}

    /** Whether {@code d} before a symbol is a differential wherever it stands, white space or not. */
    static boolean everywhere(List<Token> tokens) {
        boolean any = false;
        boolean here = false;
        boolean zero = true;
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.is(Kind.BIG) && token.text().endsWith("int")) {
                return true;
            }
            depth += token.is(Kind.OPEN) ? 1 : token.is(Kind.CLOSE) ? -1 : 0;
            boolean ends = token.is(Kind.END)
                    || (depth == 0 && (token.is(Kind.RELATION) || token.isOperator("+") || token.isOperator("-")));
            if (ends) {
                boolean empty = i == 0 || tokens.get(i - 1).is(Kind.RELATION);
                if (!here && !zero && !empty) {
                    return false;
                }
                any |= here;
                here = false;
                zero = true;
            } else {
                here |= startsDifferential(tokens, i);
                zero &= token.is(Kind.NUMBER, "0");
            }
        }
        return any;
    }

    /** Whether a bare d stands somewhere as a quantity: then {@code da} is a product too. */
    static boolean standsAlone(List<Token> tokens) {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            Token token = tokens.get(i);
            Token next = tokens.get(i + 1);
            boolean bare = token.is(Kind.LETTERS)
                    && token.text().endsWith("d")
                    && !token.text().equals("dd");
            boolean before = i > 0 && tokens.get(i - 1).isOperator("_");
            boolean operator = next.isOperator("/") || next.isOperator("^") || next.is(Kind.SUPERSCRIPT);
            if (bare
                    && !before
                    && !operator
                    && !next.isSymbol()
                    && !opensCall(next)
                    && token.text().length() <= 3) {
                return true;
            }
        }
        return false;
    }

    private static boolean opensCall(Token next) {
        return next.is(Kind.OPEN) && !next.spaced();
    }

    /** Whether a differential sign and its symbol stand at {@code i}. */
    private static boolean startsDifferential(List<Token> tokens, int i) {
        Token token = tokens.get(i);
        Token next = tokens.get(Math.min(i + 1, tokens.size() - 1));
        boolean sign = token.is(Kind.LETTERS, "d") || token.is(Kind.NAME, "delta") || token.is(Kind.TEXT, "d");
        boolean glued = token.is(Kind.LETTERS)
                && token.text().length() >= 2
                && token.text().charAt(token.text().length() - 2) == 'd';
        return glued
                || (sign && (next.isSymbol() || next.is(Kind.COMMAND, "vec") || next.is(Kind.COMMAND, "mathbf")))
                || (sign && token.text().equals("delta") && opensCall(next))
                || (token.is(Kind.LETTERS, "d") && opensCall(next));
    }

    /** For the parser: whether the token may be the d of a derivative written as a fraction. */
    public static boolean isD(@Nullable Token token) {
        return token != null && (token.is(Kind.DIFFERENTIAL) || token.is(Kind.NAME, "d") || token.is(Kind.TEXT, "d"));
    }
}
