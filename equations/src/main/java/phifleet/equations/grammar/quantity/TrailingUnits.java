package phifleet.equations.grammar.quantity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phifleet.equations.budget.Budget;
import phifleet.equations.grammar.token.Notes;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/**
 * Finds the units behind numbers. Marked ones are certain: {@code 90°}, {@code 90_deg}, {@code 5\,\mathrm{km}}. Letters
 * behind a plain number are a unit only where that is clear, since {@code 2 m} is also twice a mass:
 *
 * <ul>
 *   <li>one that no product is likely to be: {@code 5 km}, {@code 9.81 m/s^2};
 *   <li>one behind a number in scientific notation, {@code 1.6×10^-19 C}, or alone in brackets with it, {@code (5 N)};
 *   <li>any other ({@code 5 N}, {@code 3 mg}), where the text is quantities and at most one lone symbol,
 *       and that symbol is one that is measured in it ({@code F = 5 N}, {@code 5 km + 200 m = 5.2 km});
 *   <li>all of them on the sides of numbers in a worked example, {@code v = s/t = 10 m / 2 s = 5 m/s}.
 * </ul>
 *
 * <p>Each of several equations is read by itself. A declared name is never a unit, nor, but in a worked example, is a letter that is a symbol elsewhere in the text. What a unit stands behind is a
 * {@link NumericValue}.
 */
public final class TrailingUnits {
    private final List<Token> tokens;
    private final boolean latex;
    private final UnitRules rules;
    private final Notes notes;
    private final Budget budget;

    private TrailingUnits(List<Token> tokens, boolean latex, UnitRules rules, Notes notes, Budget budget) {
        this.tokens = tokens;
        this.latex = latex;
        this.rules = rules;
        this.notes = notes;
        this.budget = budget;
    }

    /** The tokens with those behind a number that are its unit joined into one of kind UNIT. */
    public static List<Token> mark(List<Token> tokens, boolean latex, UnitRules rules, Notes notes, Budget budget) {
        List<Token> out = new ArrayList<>(tokens.size());
        int from = 0;
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += opens(token) ? 1 : closes(token) ? -1 : 0;
            if (token.is(Kind.END) || (depth == 0 && token.isOperator(";"))) {
                List<Token> statement = new ArrayList<>(tokens.subList(from, i));
                statement.add(new Token(Kind.END, "", token.start(), token.start(), token.spaced()));
                List<Token> marked = new TrailingUnits(statement, latex, rules, notes, budget).marked();
                out.addAll(marked.subList(0, marked.size() - 1));
                out.add(token);
                from = i + 1;
            }
        }
        return out;
    }

    private static boolean opens(Token token) {
        return token.is(Kind.OPEN) || (token.is(Kind.COMMAND) && token.text().startsWith("begin:"));
    }

    private static boolean closes(Token token) {
        return token.is(Kind.CLOSE) || (token.is(Kind.COMMAND) && token.text().startsWith("end:"));
    }

    private List<Token> marked() {
        List<NumericValue> values = NumericValue.all(tokens);
        if (values.isEmpty()) {
            return tokens;
        }
        List<UnitTail> first = tails(values, Set.of());
        SymbolPlaces places = new SymbolPlaces(tokens, latex, first);
        List<UnitTail> worked = places.workedOut(first);
        Set<String> symbols = places.names();
        // V = 5 V says how many volts.
        symbols.removeIf(name -> UnitLetters.isMeasured(name, name) && places.isAlone(name));
        List<UnitTail> tails = symbols.isEmpty() ? first : tails(values, symbols);
        Set<Integer> known = worked.stream().map(tail -> tail.value().from()).collect(Collectors.toSet());
        tails.removeIf(tail -> known.contains(tail.value().from()));
        tails.addAll(worked);
        tails.sort(Comparator.comparingInt(tail -> tail.value().from()));
        String lone = new SymbolPlaces(tokens, latex, tails).lone();
        if (lone != null && lone.isEmpty() && UnknownLetters.are(tokens, tails)) {
            return tokens;
        }
        boolean[] sure = new boolean[tails.size()];
        boolean any = false;
        for (int i = 0; i < sure.length; i++) {
            sure[i] = known.contains(tails.get(i).value().from()) || isClear(tails.get(i), lone);
            any |= sure[i];
        }
        List<UnitTail> clear = new ArrayList<>();
        for (int i = 0; i < sure.length; i++) {
            boolean company = lone != null || standsIn(tails.get(i).unit(), tails, sure);
            if (sure[i] || (any && company && isCompany(tails.get(i)))) {
                clear.add(tails.get(i));
            }
        }
        return clear.isEmpty() ? tokens : rebuilt(clear);
    }

    /** What could be units, with those that go on as a product left out. */
    private List<UnitTail> tails(List<NumericValue> values, Set<String> symbols) {
        List<UnitTail> tails = new ArrayList<>();
        UnitScanner.Scan before = null;
        for (NumericValue value : values) {
            UnitScanner.Scan scan = UnitScanner.scan(
                    tokens,
                    value.next(),
                    rules.isUnit(),
                    name -> symbols.contains(name) || rules.declared().contains(name),
                    budget);
            if (scan == null || isFactored(value, scan) || (!scan.marked() && isOfSymbols(scan.unit(), symbols))) {
                continue;
            }
            boolean asked = scan.marked() || rules.unmarked();
            if (asked
                    && fits(value, scan)
                    && (!isMinute(scan) || divides(scan, before, value) || isSide(value, scan))) {
                before = scan;
                boolean product = !scan.marked() && continues(scan.next(), UnitLetters.isPlain(scan.unit()));
                if (!product) {
                    tails.add(new UnitTail(value, scan, tokens.get(scan.next()).is(Kind.CLOSE, ")")));
                }
            }
        }
        return tails;
    }

    /** Whether each letter is a symbol elsewhere: {@code 2π ft} beside X(f) and x(t). */
    private static boolean isOfSymbols(String unit, Set<String> symbols) {
        return unit.length() > 1 && unit.chars().allMatch(c -> symbols.contains(Character.toString(c)));
    }

    /** Whether a fraction touches letters, one of them raised: {@code ½at²} is no half of a square atmosphere. */
    private boolean isFactored(NumericValue value, UnitScanner.Scan scan) {
        return value.isFraction()
                && !scan.marked()
                && !tokens.get(value.next()).spaced()
                && scan.unit().indexOf('^') > 0;
    }

    /** A prime behind a number is a minute of arc only behind degrees: it could be feet. */
    private static boolean divides(UnitScanner.Scan scan, UnitScanner.@Nullable Scan before, NumericValue value) {
        boolean adjacent = before != null && before.next() == value.from();
        String larger = scan.unit().equals("arcmin") ? "deg" : "arcmin";
        return adjacent && before != null && before.unit().equals(larger);
    }

    /** Whether the prime stands behind all there is of a side, where another is of degrees: {@code 1° = 60'}. */
    private boolean isSide(NumericValue value, UnitScanner.Scan scan) {
        Token next = tokens.get(scan.next());
        boolean begins = value.from() == 0 || tokens.get(value.from() - 1).is(Kind.RELATION);
        boolean ends = next.is(Kind.RELATION) || next.is(Kind.END);
        return begins && ends && tokens.stream().anyMatch(token -> token.isOperator("°"));
    }

    private static boolean isMinute(UnitScanner.Scan scan) {
        return scan.unit().startsWith("arc");
    }

    /** A value that is no numeral needs a unit that says so. */
    private static boolean fits(NumericValue value, UnitScanner.Scan scan) {
        return value.numeral() != null || scan.marked() || UnitLetters.isPlain(scan.unit());
    }

    /** Whether letters or a bracket follow, so that the whole is a product. */
    private boolean continues(int next, boolean plain) {
        Token token = tokens.get(next);
        return switch (token.kind()) {
            case LETTERS, NAME, TEXT, FUNCTION, CONSTANT, PARTIAL, NABLA, BIG, SUBSCRIPT, SUPERSCRIPT -> true;
            case COMMAND -> !token.text().startsWith("end:");
            case OPEN -> !(plain && token.spaced() && token.text().equals("("));
            case NUMBER -> !token.spaced() || !beginsQuantity(next);
            case OPERATOR -> token.isOperator("_") || token.isOperator("^") || token.isOperator("'");
            default -> false;
        };
    }

    /** Whether a number with a unit stands there, as in {@code 5 m 20 cm}. */
    private boolean beginsQuantity(int number) {
        UnitScanner.Scan scan =
                UnitScanner.scan(tokens, number + 1, rules.isUnit(), rules.declared()::contains, budget);
        return scan != null;
    }

    private boolean isClear(UnitTail tail, @Nullable String lone) {
        UnitScanner.Scan scan = tail.scan();
        if (scan.marked()) {
            return true;
        }
        String unit = scan.unit();
        boolean plain = UnitLetters.isPlain(unit)
                || UnitLetters.isPlainThroughout(unit)
                || (!unit.equals(scan.first()) && !scan.loose() && UnitLetters.isPlain(scan.first()));
        if (plain) {
            return true;
        }
        boolean spaced = tokens.get(tail.value().next()).spaced();
        boolean quantities = lone != null && lone.isEmpty();
        if (tail.value().isFraction()) {
            return quantities && spaced;
        }
        boolean lonely = scan.next() == tail.value().next() + 1;
        boolean scientific = tail.value().isScientific() && (!lonely || unit.length() > 1 || UnitLetters.isSi(unit));
        boolean bracketed = tail.followed()
                && tail.value().from() > 0
                && tokens.get(tail.value().from() - 1).is(Kind.OPEN, "(")
                && lone != null;
        boolean inverse = lone != null && !unit.equals(scan.first()) && unit.indexOf('/') > 0 && scan.raised();
        if (spaced && (scientific || (!scan.loose() && (bracketed || inverse)))) {
            return true;
        }
        return quantities || (lone != null && spaced && (UnitLetters.isMeasured(lone, unit) || tail.isNoFactor()));
    }

    /** Whether a letter is one of the units of a quantity that is clear: the K of {@code 8.6e-5 eV/K * 300 K}. */
    private static boolean standsIn(String unit, List<UnitTail> tails, boolean[] sure) {
        for (int i = 0; i < sure.length; i++) {
            if (sure[i]
                    && !tails.get(i).unit().equals(unit)
                    && UnitLetters.parts(tails.get(i).unit()).contains(unit)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is a unit beside quantities that are clear. */
    private boolean isCompany(UnitTail tail) {
        int behind = tail.value().next();
        if (tokens.get(behind).isOperator("/") && NumericValue.isBracketed(tokens, behind)) {
            return true;
        }
        return tokens.get(behind).spaced() && UnitLetters.isCompany(tail.unit());
    }

    private List<Token> rebuilt(List<UnitTail> tails) {
        List<Token> out = new ArrayList<>(tokens.size());
        int i = 0;
        for (UnitTail tail : tails) {
            NumericValue value = tail.value();
            while (i < value.from()) {
                out.add(tokens.get(i++));
            }
            UnitScanner.Scan scan = tail.scan();
            int start = tokens.get(value.next()).start();
            int end = tokens.get(scan.next() - 1).end();
            Token first = tokens.get(value.from());
            String numeral = value.numeral();
            if (numeral == null) {
                while (i < value.next()) {
                    out.add(tokens.get(i++));
                }
                out.add(new Token(Kind.OPERATOR, "*", start, start, true));
                out.add(new Token(Kind.NUMBER, "1", start, start, false));
            } else {
                int last = tokens.get(value.next() - 1).end();
                out.add(new Token(Kind.NUMBER, numeral, first.start(), last, first.spaced()));
            }
            out.add(new Token(Kind.UNIT, scan.unit(), start, end, false));
            if (scan.slashed()) {
                notes.warn(
                        "unit_slash",
                        "The unit is read as " + scan.unit() + "; write brackets to be sure.",
                        start,
                        end - start);
            }
            i = scan.next();
        }
        while (i < tokens.size()) {
            out.add(tokens.get(i++));
        }
        return out;
    }
}
