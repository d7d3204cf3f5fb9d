package phifleet.equations.grammar.token;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.equations.grammar.token.Token.Kind;

/**
 * {@code 3.0×10^8} is one number, however the power of ten is raised: {@code 10^{8}}, {@code 10⁸}, {@code 10**8}. A power of
 * ten alone becomes a number only before a unit: see {@code TrailingUnits}.
 */
public final class ScientificNotation {
    private static final int MAX_EXPONENT = 400;

    /**
     * A power of ten with a whole exponent.
     *
     * @param exponent its sign and digits
     * @param next the index of the token behind it
     */
    public record Power(String exponent, int next) {}

    private ScientificNotation() {}

    /** The tokens with every mantissa and its power of ten joined into one number. */
    public static List<Token> joined(String source, List<Token> tokens, Notes notes) {
        List<Token> out = new ArrayList<>(tokens.size());
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            Power power = isMantissa(tokens, i) ? power(tokens, i + 2) : null;
            if (power == null) {
                out.add(token);
                continue;
            }
            int end = tokens.get(power.next() - 1).end();
            if (i > 0 && tokens.get(i - 1).isOperator("/")) {
                notes.warn(
                        "scientific_notation",
                        "“" + source.substring(token.start(), end)
                                + "” is read as one number, all of it below the line.",
                        token.start(),
                        end - token.start());
            }
            out.add(new Token(Kind.NUMBER, token.text() + "e" + power.exponent(), token.start(), end, token.spaced()));
            i = power.next() - 1;
        }
        return out;
    }

    private static boolean isMantissa(List<Token> tokens, int i) {
        Token token = tokens.get(i);
        if (!token.is(Kind.NUMBER) || i + 3 >= tokens.size() || !isDecimal(token.text()) || isRaised(tokens, i)) {
            return false;
        }
        Token sign = tokens.get(i + 1);
        boolean times = sign.isOperator("×") || sign.isOperator("·") || sign.isOperator("*");
        boolean below = i > 0 && tokens.get(i - 1).isOperator("/");
        // In code 1/2*10**3 is worked from the left; 1/2·10³ may be.
        boolean one = !below || sign.isOperator("×") || token.text().indexOf('.') >= 0;
        return times && one && (!below || !sign.isOperator("*"));
    }

    private static boolean isDecimal(String text) {
        return text.indexOf('/') < 0 && text.indexOf('e') < 0 && !text.endsWith(".");
    }

    /** Whether the number is an exponent or an index. */
    public static boolean isRaised(List<Token> tokens, int i) {
        int k = i - 1;
        while (k >= 0 && (tokens.get(k).isOperator("-") || tokens.get(k).isOperator("+"))) {
            k--;
        }
        return k >= 0
                && (tokens.get(k).isOperator("^")
                        || (k == i - 1 && tokens.get(k).isOperator("_")));
    }

    /** The power of ten whose 10 is the token at {@code i}, or null. */
    public static @Nullable Power power(List<Token> tokens, int i) {
        if (i + 1 >= tokens.size() || !tokens.get(i).is(Kind.NUMBER, "10")) {
            return null;
        }
        Power power = exponent(tokens, i + 1);
        if (power == null) {
            return null;
        }
        Token behind = tokens.get(power.next());
        boolean goesOn = behind.isOperator("^") || behind.is(Kind.SUPERSCRIPT) || behind.isOperator("!");
        // Before a degree sign the raised circle is a unit, no power.
        boolean circle = behind.isOperator("^")
                && tokens.get(Math.min(power.next() + 1, tokens.size() - 1)).isOperator("°");
        return goesOn && !circle ? null : power;
    }

    /** A whole exponent that begins at {@code i}: {@code ^-3}, {@code ^{-3}}, {@code ^(-3)}, {@code ⁻³}. */
    public static @Nullable Power exponent(List<Token> tokens, int i) {
        Token token = tokens.get(i);
        if (token.is(Kind.SUPERSCRIPT)) {
            return token.text().matches("[-+]?\\d{1,4}") ? bounded(token.text(), i + 1) : null;
        }
        if (!token.isOperator("^")) {
            return null;
        }
        Token open = at(tokens, i + 1);
        boolean bracketed = open.is(Kind.OPEN, "{") || open.is(Kind.OPEN, "(");
        int k = bracketed ? i + 2 : i + 1;
        String sign = "";
        if (at(tokens, k).isOperator("-") || at(tokens, k).isOperator("+")) {
            sign = at(tokens, k).isOperator("-") ? "-" : "";
            k++;
        }
        Token digits = at(tokens, k);
        boolean whole = digits.is(Kind.NUMBER) && digits.text().matches("\\d{1,4}");
        if (!whole
                || (bracketed && !at(tokens, k + 1).is(Kind.CLOSE, open.text().equals("{") ? "}" : ")"))) {
            return null;
        }
        return bounded(sign + digits.text(), bracketed ? k + 2 : k + 1);
    }

    private static @Nullable Power bounded(String exponent, int next) {
        return Math.abs(Integer.parseInt(exponent)) <= MAX_EXPONENT ? new Power(exponent, next) : null;
    }

    private static Token at(List<Token> tokens, int i) {
        return tokens.get(Math.min(i, tokens.size() - 1));
    }
}
