package phifleet.equations.grammar.quantity;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.equations.grammar.token.ScientificNotation;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/**
 * A number that a unit may stand behind.
 *
 * @param from the index of its first token
 * @param next the index of the token behind it
 * @param numeral the digits of one number, or two with a slash; null where it is calculated first: {@code (2.5±0.1) m}
 */
record NumericValue(int from, int next, @Nullable String numeral) {
    /** Tokens of a bracket that is looked through for numbers alone, at most. */
    private static final int MAX_TOKENS = 24;

    boolean isFraction() {
        return numeral != null && numeral.indexOf('/') > 0;
    }

    boolean isScientific() {
        return numeral != null && numeral.indexOf('e') > 0;
    }

    /** All of them, in order; none overlaps the next. */
    static List<NumericValue> all(List<Token> tokens) {
        List<NumericValue> all = new ArrayList<>();
        int free = 0;
        for (int i = 0; i + 1 < tokens.size(); i++) {
            NumericValue value = ending(tokens, i, free);
            if (value != null && mayBeUnit(tokens, i + 1)) {
                all.add(value);
                free = value.next();
            }
        }
        return all;
    }

    private static boolean mayBeUnit(List<Token> tokens, int i) {
        Token token = tokens.get(i);
        return switch (token.kind()) {
            case LETTERS, NAME, TEXT -> true;
            case NUMBER ->
                token.spaced()
                        && token.text().equals("1")
                        && tokens.get(i + 1).isOperator("/")
                        && tokens.get(i + 2).is(Kind.LETTERS);
            case COMMAND -> token.text().endsWith("frac");
            case OPERATOR ->
                token.isOperator("°")
                        || token.isOperator("%")
                        || token.isOperator("‰")
                        || token.isOperator("'")
                        || (token.isOperator("^") && opensCircle(tokens, i + 1))
                        || (token.isOperator("/") && opensInverse(tokens, i))
                        || (token.isOperator("_") && tokens.get(i + 1).is(Kind.LETTERS));
            default -> false;
        };
    }

    /**
     * Whether a unit stands below a slash with nothing above it: {@code 0.1 /h}, {@code (0.1/h)}, {@code 5\,/\mathrm{h}}. A slash that touches on both
     * sides divides, {@code 3/m}, but for what stands alone in brackets, or is a side beside a quantity.
     */
    private static boolean opensInverse(List<Token> tokens, int slash) {
        Token unit = tokens.get(slash + 1);
        if (unit.is(Kind.TEXT)) {
            return true;
        }
        boolean apart = tokens.get(slash).spaced() && !unit.spaced();
        return (unit.is(Kind.LETTERS) || unit.is(Kind.NAME, "Omega"))
                && (apart || isBracketed(tokens, slash) || isSideBesideQuantity(tokens, slash));
    }

    /** Whether a number, a slash and letters are all of a side, and another begins with a number and letters: {@code 1 Hz = 1/s}. */
    private static boolean isSideBesideQuantity(List<Token> tokens, int slash) {
        boolean begins = slash == 1 || (slash > 1 && tokens.get(slash - 2).is(Kind.RELATION));
        Token behind = tokens.get(Math.min(slash + 2, tokens.size() - 1));
        if (!begins || !tokens.get(slash - 1).is(Kind.NUMBER) || !(behind.is(Kind.RELATION) || behind.is(Kind.END))) {
            return false;
        }
        for (int i = 0; i + 1 < tokens.size(); i++) {
            boolean starts = i == 0 || tokens.get(i - 1).is(Kind.RELATION);
            if (starts && tokens.get(i).is(Kind.NUMBER) && tokens.get(i + 1).is(Kind.LETTERS)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a number, a slash and letters are all there is in a bracket. */
    static boolean isBracketed(List<Token> tokens, int slash) {
        return slash >= 2
                && slash + 2 < tokens.size()
                && tokens.get(slash - 1).is(Kind.NUMBER)
                && !tokens.get(slash - 1).text().equals("1")
                && tokens.get(slash - 2).is(Kind.OPEN, "(")
                && tokens.get(slash + 2).is(Kind.CLOSE, ")");
    }

    private static boolean opensCircle(List<Token> tokens, int i) {
        boolean braced = tokens.get(i).is(Kind.OPEN, "{")
                && i + 1 < tokens.size()
                && tokens.get(i + 1).isOperator("°");
        return tokens.get(i).isOperator("°") || braced;
    }

    /** The value whose last token is at {@code i}; it begins at {@code free} at the earliest. */
    private static @Nullable NumericValue ending(List<Token> tokens, int i, int free) {
        Token token = tokens.get(i);
        NumericValue power = powerOfTen(tokens, i, free);
        if (power != null) {
            return power;
        }
        return switch (token.kind()) {
            case NUMBER -> number(tokens, i, free);
            case SUPERSCRIPT ->
                i > free && tokens.get(i - 1).is(Kind.NUMBER) ? new NumericValue(i - 1, i + 1, null) : null;
            case CONSTANT ->
                !token.text().equals("pi")
                        ? null
                        : new NumericValue(i > free && tokens.get(i - 1).is(Kind.NUMBER) ? i - 1 : i, i + 1, null);
            case CLOSE -> bracket(tokens, i, free);
            default -> null;
        };
    }

    /** {@code 10^3}, whatever raises the 3; nothing may be multiplied or raised before it. */
    private static @Nullable NumericValue powerOfTen(List<Token> tokens, int i, int free) {
        for (int from = Math.max(free, i - 5); from < i; from++) {
            ScientificNotation.Power power = ScientificNotation.power(tokens, from);
            if (power != null && power.next() == i + 1 && !ScientificNotation.isRaised(tokens, from)) {
                return new NumericValue(from, i + 1, "1e" + power.exponent());
            }
        }
        return null;
    }

    private static @Nullable NumericValue number(List<Token> tokens, int i, int free) {
        if (ScientificNotation.isRaised(tokens, i)) {
            return tokens.get(i - 1).isOperator("_") ? null : new NumericValue(i, i + 1, null);
        }
        if (isIndex(tokens, i)) {
            return null;
        }
        if (i > free && isRoot(tokens.get(i - 1))) {
            return new NumericValue(i - 1, i + 1, null);
        }
        String text = tokens.get(i).text();
        boolean whole = text.matches("\\d{1,9}");
        boolean divides = whole && !text.equals("1");
        if (i >= free + 2 && divides && tokens.get(i - 1).isOperator("/") && isWhole(tokens, i - 2)) {
            boolean alone = i < free + 3 || !binds(tokens.get(i - 3));
            String above = tokens.get(i - 2).text();
            boolean mixed = alone
                    && i >= free + 3
                    && isWhole(tokens, i - 3)
                    && tokens.get(i - 2).spaced();
            if (mixed) {
                long top = Long.parseLong(tokens.get(i - 3).text()) * Long.parseLong(text) + Long.parseLong(above);
                return new NumericValue(i - 3, i + 1, top + "/" + text);
            }
            return alone ? new NumericValue(i - 2, i + 1, above + "/" + text) : new NumericValue(i, i + 1, text);
        }
        boolean below = i >= free + 1 && i > 0 && isFraction(tokens, i);
        return below ? fraction(tokens, i, free) : new NumericValue(i, i + 1, text);
    }

    /** Whether the digits touch letters before them: {@code m1 m2}. */
    private static boolean isIndex(List<Token> tokens, int i) {
        Token token = tokens.get(i);
        Token before = i == 0 ? token : tokens.get(i - 1);
        return (before.is(Kind.LETTERS) || before.is(Kind.NAME)) && before.end() == token.start();
    }

    private static boolean isRoot(Token token) {
        return token.is(Kind.COMMAND, "√") || token.is(Kind.COMMAND, "∛");
    }

    private static boolean binds(Token token) {
        return token.isOperator("^") || token.isOperator("/") || token.isOperator("_");
    }

    private static boolean isWhole(List<Token> tokens, int i) {
        return tokens.get(i).is(Kind.NUMBER)
                && tokens.get(i).text().matches("\\d{1,9}")
                && !ScientificNotation.isRaised(tokens, i);
    }

    /** Whether {@code \frac12} ends there. */
    private static boolean isFraction(List<Token> tokens, int i) {
        return i >= 2
                && tokens.get(i - 1).is(Kind.NUMBER)
                && tokens.get(i - 2).is(Kind.COMMAND)
                && tokens.get(i - 2).text().endsWith("frac");
    }

    private static @Nullable NumericValue fraction(List<Token> tokens, int i, int free) {
        return i - 2 < free
                ? null
                : new NumericValue(
                        i - 2,
                        i + 1,
                        tokens.get(i - 1).text() + "/" + tokens.get(i).text());
    }

    /** {@code \frac{3}{4}}, or round brackets and braces with nothing but numbers in them. */
    private static @Nullable NumericValue bracket(List<Token> tokens, int close, int free) {
        boolean braced = close >= free + 6
                && tokens.get(close - 6).is(Kind.COMMAND)
                && tokens.get(close - 6).text().endsWith("frac")
                && tokens.get(close - 3).is(Kind.CLOSE, "}")
                && isWhole(tokens, close - 4)
                && isWhole(tokens, close - 1);
        if (braced) {
            return new NumericValue(
                    close - 6,
                    close + 1,
                    tokens.get(close - 4).text() + "/" + tokens.get(close - 1).text());
        }
        int depth = 0;
        for (int i = close; i >= Math.max(free, close - MAX_TOKENS); i--) {
            Token token = tokens.get(i);
            depth += token.is(Kind.CLOSE) ? 1 : token.is(Kind.OPEN) ? -1 : 0;
            if (depth == 0) {
                return begins(tokens, i) ? new NumericValue(i, close + 1, null) : null;
            }
            if (!isNumeric(token)) {
                return null;
            }
        }
        return null;
    }

    private static boolean isNumeric(Token token) {
        return switch (token.kind()) {
            case NUMBER, SUPERSCRIPT, OPEN, CLOSE -> true;
            case CONSTANT -> token.text().equals("pi");
            case OPERATOR -> "+-±∓*·×/^".contains(token.text());
            case COMMAND ->
                token.text().endsWith("frac")
                        || token.text().equals("sqrt")
                        || token.text().equals("√");
            default -> false;
        };
    }

    /** Whether the bracket that opens there is no argument of a name. */
    private static boolean begins(List<Token> tokens, int open) {
        if (open == 0) {
            return true;
        }
        Token before = tokens.get(open - 1);
        boolean called = !tokens.get(open).is(Kind.OPEN, "{")
                && before.is(Kind.LETTERS)
                && !tokens.get(open).spaced();
        return switch (before.kind()) {
            case FUNCTION, NAME, TEXT, FORM, SUBSCRIPT, BIG -> false;
            case COMMAND ->
                before.text().equals("sqrt")
                        || before.text().equals("√")
                        || before.text().endsWith("frac");
            case OPERATOR -> !before.isOperator("_");
            default -> !called;
        };
    }
}
