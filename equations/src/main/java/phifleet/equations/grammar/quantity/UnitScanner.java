package phifleet.equations.grammar.quantity;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import phifleet.equations.budget.Budget;
import phifleet.equations.grammar.token.Commas;
import phifleet.equations.grammar.token.Lexer;
import phifleet.equations.grammar.token.ScientificNotation;
import phifleet.equations.grammar.token.Subscripts;
import phifleet.equations.grammar.token.SyntaxException;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/**
 * Reads a unit from tokens, as far as it is one, and gives it one spelling whichever way it was written: {@code
 * \mathrm{m\,s^{-2}}}, {@code m/s²} and {@code m/s^2}.
 *
 * <pre>
 * unit  := [ [ '1' ] '/' ] power { ('*' | '·' | '×' | '/' | nothing) ( power | '(' unit ')' ) } | '\frac{unit}{unit}'
 * power := letters | upright text | Ω | µ | Å | ° | %  [ exponent ]
 * </pre>
 *
 * What is multiplied behind a slash is below the line, as in {@code J/mol·K}: that is what is meant by all who write units
 * so, and there is a warning.
 */
final class UnitScanner {
    /** A power of one unit. */
    private record Factor(String symbol, String exponent, boolean below) {
        boolean isAbove() {
            return below == exponent.startsWith("-");
        }

        /** The same with a positive exponent, on the other side of the line where it was negative. */
        Factor turned() {
            boolean negative = exponent.startsWith("-");
            return negative ? new Factor(symbol, exponent.substring(1), !below) : this;
        }

        String spelled() {
            return exponent.equals("1") ? symbol : symbol + "^" + exponent;
        }
    }

    /**
     * What was read.
     *
     * @param unit in the unit parser's spelling
     * @param first the first power in it
     * @param next the index of the token behind it
     * @param marked whether its spelling alone says that it is a unit
     * @param loose whether two units stand side by side without a sign
     * @param slashed whether a product stood behind a slash
     * @param raised whether a negative exponent stands in it
     */
    record Scan(String unit, String first, int next, boolean marked, boolean loose, boolean slashed, boolean raised) {}

    /** Steps of the budget for one look into the table of units. */
    private static final int STEPS_PER_UNIT = 10;
    /** Powers in one unit, at most. */
    private static final int MAX_FACTORS = 24;
    /** Letters of a unit in words. */
    private static final int SHORTEST_WORD = 4;

    /** Bracketed or written as fractions inside each other, at most. */
    private static final int MAX_NESTING = 3;

    private static final Set<String> UNRAISED = Set.of("%", "‰", "deg", "arcmin", "arcsec", "°C", "°F");
    /** Letters that are a unit though they stand loosely behind another one, where nothing marks them. */
    private static final Set<String> LOOSE = Set.of("m", "s", "g");
    /** The same behind a slash. */
    private static final Set<String> LOOSE_BELOW = Set.of("K", "mol", "kg");

    private final List<Token> tokens;
    private final Predicate<String> isUnit;
    private final Predicate<String> isTaken;
    private final Budget budget;
    private final List<Factor> factors = new ArrayList<>();
    private int at;
    private boolean marked;
    private boolean loose;
    private boolean slashed;
    /** Whether it began with {@code 1/} or a slash. */
    private boolean inverse;

    private int nesting;

    private UnitScanner(
            List<Token> tokens, Predicate<String> isUnit, Predicate<String> isTaken, int from, Budget budget) {
        this.budget = budget;
        this.tokens = tokens;
        this.isUnit = isUnit;
        this.isTaken = isTaken;
        this.at = from;
    }

    /** The unit that begins at {@code from}, as long as possible; null where none does. {@code isTaken} says what is a symbol. */
    static @Nullable Scan scan(
            List<Token> tokens, int from, Predicate<String> isUnit, Predicate<String> isTaken, Budget budget) {
        UnitScanner scanner = new UnitScanner(tokens, isUnit, isTaken, from, budget);
        if (!scanner.first()) {
            return null;
        }
        scanner.rest(false);
        return scanner.finished();
    }

    private @Nullable Scan finished() {
        String unit = spelled();
        return isUnit.test(unit)
                ? new Scan(
                        unit,
                        factors.getFirst().spelled(),
                        at,
                        marked,
                        loose,
                        slashed,
                        inverse || factors.stream().anyMatch(f -> f.exponent().startsWith("-")))
                : null;
    }

    private String spelled() {
        boolean bottomless = factors.stream().noneMatch(Factor::isAbove);
        List<String> above = factors.stream()
                .filter(factor -> bottomless ? !factor.below() : factor.isAbove())
                .map(factor -> bottomless ? factor.spelled() : factor.turned().spelled())
                .toList();
        List<String> below = factors.stream()
                .filter(factor -> bottomless ? factor.below() : !factor.isAbove())
                .map(factor -> bottomless ? factor.spelled() : factor.turned().spelled())
                .toList();
        String top = above.isEmpty() ? "1" : String.join("*", above);
        return switch (below.size()) {
            case 0 -> top;
            case 1 -> top + "/" + below.getFirst();
            default -> top + "/(" + String.join("*", below) + ")";
        };
    }

    private boolean first() {
        Token token = peek(0);
        if (token.isOperator("°") || (token.isOperator("^") && circle() > 0)) {
            return degrees(false);
        }
        if (token.isOperator("%") && peek(1).is(Kind.NUMBER)) {
            // 7 % 3 is what is left of a division.
            return false;
        }
        if (token.isOperator("%") || token.isOperator("‰")) {
            return take(token.text(), 1, false) && mark();
        }
        if (token.isOperator("'")) {
            boolean twice = peek(1).isOperator("'");
            return take(twice ? "arcsec" : "arcmin", twice ? 2 : 1, false) && mark();
        }
        if (token.isOperator("_") && peek(1).is(Kind.LETTERS) && isUnit.test(peek(1).text())) {
            return take(peek(1).text(), 2, false) && mark();
        }
        boolean one = token.is(Kind.NUMBER, "1") && peek(1).isOperator("/");
        if (one || token.isOperator("/")) {
            at += one ? 2 : 1;
            inverse = true;
            return power(true);
        }
        boolean fraction = token.is(Kind.COMMAND) && token.text().endsWith("frac");
        return fraction ? fraction() : power(false);
    }

    private boolean mark() {
        marked = true;
        return true;
    }

    /** How many tokens {@code ^\circ} or {@code ^{\circ}} has here; 0 where it is not. */
    private int circle() {
        if (peek(1).isOperator("°")) {
            return 2;
        }
        return peek(1).is(Kind.OPEN, "{") && peek(2).isOperator("°") && peek(3).is(Kind.CLOSE, "}") ? 4 : 0;
    }

    private boolean degrees(boolean below) {
        int length = peek(0).isOperator("°") ? 1 : circle();
        Token scale = peek(length);
        boolean letter = scale.is(Kind.TEXT) || (scale.is(Kind.LETTERS) && (!scale.spaced() || length > 1));
        String text = letter ? Subscripts.clean(scale.text()) : "";
        boolean thermometer = text.equals("C") || text.equals("F");
        take(thermometer ? "°" + text : "deg", thermometer ? length + 1 : length, below);
        return mark();
    }

    private void rest(boolean below) {
        boolean under = below;
        while (true) {
            Token token = peek(0);
            boolean slash = token.isOperator("/");
            boolean times = token.isOperator("*") || token.isOperator("·") || token.isOperator("×") || isHyphen(token);
            int before = at;
            int count = factors.size();
            at += slash || times ? 1 : 0;
            boolean side = under || slash;
            boolean read = peek(0).is(Kind.OPEN, "(") ? (slash || times) && group(side) : power(side);
            if (read && !slash && !times) {
                read = isLoose(factors.getLast(), side);
                // In brackets behind a slash nothing else is meant: W/(m^2 K^4).
                loose |= read && nesting == 0 && !factors.getLast().exponent().startsWith("-");
            }
            if (!read || factors.size() > MAX_FACTORS || (nesting == 0 && !isUnit.test(spelled()))) {
                at = before;
                while (factors.size() > count) {
                    factors.removeLast();
                }
                return;
            }
            slashed |= side && !slash && !below;
            under = side;
        }
    }

    /** Whether it joins two units in words, {@code newton-meter}. */
    private boolean isHyphen(Token token) {
        return token.isOperator("-")
                && !token.spaced()
                && !peek(1).spaced()
                && isWord(peek(1), SHORTEST_WORD)
                && isWord(tokens.get(at - 1), SHORTEST_WORD);
    }

    private static boolean isWord(Token token, int letters) {
        return token.is(Kind.LETTERS) && token.text().length() >= letters;
    }

    /** The token that goes on with a name in two words, {@code light-year} or {@code light year}; -1 where none does. */
    private int secondWord() {
        boolean hyphen = peek(1).isOperator("-") && !peek(1).spaced() && !peek(2).spaced();
        int second = hyphen ? 2 : 1;
        boolean name = isWord(peek(0), 2)
                && isWord(peek(second), 2)
                && isUnit.test(peek(0).text() + "_" + peek(second).text());
        return name ? second : -1;
    }

    /** Whether the last factor may stand without a sign before it. */
    private boolean isLoose(Factor factor, boolean below) {
        String symbol = factor.symbol();
        if (factor.exponent().startsWith("-")) {
            return true;
        }
        boolean upright = tokens.get(at - 1).is(Kind.TEXT) || marked || nesting > 0;
        boolean small = symbol.length() == 1 && Character.isLowerCase(symbol.charAt(0)) && !LOOSE.contains(symbol);
        return upright || (below ? LOOSE_BELOW.contains(symbol) : !small);
    }

    private boolean group(boolean below) {
        if (nesting == MAX_NESTING) {
            return false;
        }
        nesting++;
        at++;
        boolean read = power(below);
        if (read) {
            rest(below);
        }
        nesting--;
        boolean closed = read && (peek(0).is(Kind.CLOSE, ")") || peek(0).is(Kind.CLOSE, "}"));
        at += closed ? 1 : 0;
        return closed;
    }

    /** {@code \frac{\text{m}}{\text{s}}}. */
    private boolean fraction() {
        at++;
        boolean read = peek(0).is(Kind.OPEN, "{") && peek(1).is(Kind.TEXT) && group(false);
        return read && peek(0).is(Kind.OPEN, "{") && group(true);
    }

    private boolean power(boolean below) {
        budget.spend(STEPS_PER_UNIT);
        Token token = peek(0);
        if (token.is(Kind.TEXT)) {
            return text(token, below);
        }
        if (token.isOperator("°") || (token.isOperator("^") && circle() > 0)) {
            return (below || nesting > 0) && degrees(below);
        }
        String symbol;
        int length = 1;
        Token next = peek(1);
        int second = secondWord();
        if (second > 0) {
            length = second + 1;
            symbol = token.text() + "_" + peek(second).text();
        } else if (token.is(Kind.LETTERS)) {
            boolean ohm = next.is(Kind.NAME, "Omega") && !next.spaced();
            symbol = ohm ? token.text() + "Ω" : token.text();
            length = ohm ? 2 : 1;
        } else if (token.is(Kind.NAME, "Omega")) {
            symbol = "Ω";
        } else if (token.is(Kind.NAME, "mu") && next.is(Kind.LETTERS) && !next.spaced()) {
            symbol = "µ" + next.text();
            length = 2;
        } else if (token.is(Kind.NAME, "Å")) {
            symbol = "Å";
        } else {
            return false;
        }
        return isUnit.test(symbol) && !isTaken.test(token.text()) && take(symbol, length, below);
    }

    /** Upright text: a whole unit by itself. */
    private boolean text(Token token, boolean below) {
        if (Set.of("d", "e", "i").contains(token.text().strip())) {
            return false;
        }
        List<Token> inside;
        try {
            inside = Lexer.tokens(token.text(), true, Commas.NONE, budget);
        } catch (SyntaxException notUnit) {
            return false;
        }
        UnitScanner scanner = new UnitScanner(inside, isUnit, _ -> false, 0, budget);
        scanner.marked = true;
        if (!scanner.first()) {
            return false;
        }
        scanner.rest(false);
        if (!scanner.peek(0).is(Kind.END) || scanner.finished() == null) {
            return false;
        }
        at++;
        marked = true;
        slashed |= scanner.slashed;
        // As it is set: the exponent of m/s stands on the s.
        Factor last = scanner.factors.getLast();
        String exponent = last.exponent().equals("1") || scanner.factors.size() == 1 ? exponent() : "1";
        for (int i = 0; i < scanner.factors.size(); i++) {
            Factor factor = scanner.factors.get(i);
            boolean raised = i + 1 == scanner.factors.size() && !exponent.equals("1");
            factors.add(new Factor(factor.symbol(), raised ? exponent : factor.exponent(), factor.below() != below));
        }
        return true;
    }

    private boolean take(String symbol, int length, boolean below) {
        at += length;
        factors.add(new Factor(symbol, UNRAISED.contains(symbol) ? "1" : exponent(), below));
        return true;
    }

    /** The exponent here, or 1; {@code m3} too has one. */
    private String exponent() {
        ScientificNotation.Power power = ScientificNotation.exponent(tokens, at);
        if (power != null) {
            at = power.next();
            return power.exponent().startsWith("+") ? power.exponent().substring(1) : power.exponent();
        }
        Token digit = peek(0);
        boolean glued = digit.is(Kind.NUMBER)
                && !digit.spaced()
                && digit.text().matches("[2-4]")
                && tokens.get(at - 1).is(Kind.LETTERS);
        if (glued) {
            at++;
            return digit.text();
        }
        return "1";
    }

    private Token peek(int ahead) {
        return tokens.get(Math.min(at + ahead, tokens.size() - 1));
    }
}
