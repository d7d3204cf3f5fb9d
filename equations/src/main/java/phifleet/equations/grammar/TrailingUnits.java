package phifleet.equations.grammar;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phifleet.equations.budget.Budget;
import phifleet.equations.grammar.Token.Kind;

/**
 * Finds the units behind numbers. Marked ones are certain: {@code 90°}, {@code 90_deg}, {@code 5\,\mathrm{km}}. Letters
 * behind a plain number are a unit only where that is clear, since {@code 2 m} is also twice a mass:
 *
 * <ul>
 *   <li>one that no product is likely to be: {@code 5 km}, {@code 9.81 m/s^2};
 *   <li>one behind a number in scientific notation, {@code 1.6×10^-19 C}, or alone in brackets with it, {@code (5 N)};
 *   <li>any other ({@code 5 N}, {@code 3 mg}), where the text is quantities and at most one lone symbol,
 *       and that symbol is one that is measured in it ({@code F = 5 N}, {@code 5 km + 200 m = 5.2 km}).
 * </ul>
 *
 * <p>A declared name is never a unit, nor is a letter that is a symbol elsewhere in the text. What a unit stands behind is a
 * {@link NumericValue}.
 */
final class TrailingUnits {
    /** Units that no product of letters is likely to be. Others need a text that is quantities alone. */
    private static final Set<String> PLAIN =
            Set.of(("km cm mm µm um nm kg µg ug ms µs us ns Hz kHz MHz GHz THz kPa MPa GPa hPa"
                            + " kN MN kJ MJ GJ kW MW GW kV MV eV keV MeV GeV TeV mol mmol kmol rad mrad deg sr atm bar mbar kWh Wh"
                            + " Gyr Myr kyr yr AU pc kpc Mpc ly mL ml kΩ MΩ µF nF pF mF mH µH mC µC nC kA µA nA Torr mmHg psi ft"
                            + " mph rpm cal kcal Bq Gy Sv lm lx dB Å Angstrom angstrom m/s m/s^2 km/h km/s cm/s rad/s N/m N/m^2 V/m"
                            + " W/m^2 kg/m^3 g/cm^3 J/K J/kg J/mol g/mol mol/L mol/l L/mol l/mol m^3/mol N*m Pa*s J*s m^2 m^3 cm^2"
                            + " cm^3 s^-1 m^2/s J/(kg*K) W/(m*K) J/(mol*K) J/(K*mol) W/(m^2*K)"
                            + " N*m^2/C^2 N*m^2/kg^2 C/mol kW*h")
                    .split(" "));
    /** Which symbols a lone letter is a likely unit of. */
    private static final Map<String, String> MEASURED = Map.ofEntries(
            Map.entry("m", "x y z d l L s r R h w D H a b"),
            Map.entry("s", "t T tau"),
            Map.entry("K", "T theta"),
            Map.entry("N", "F W N T f"),
            Map.entry("J", "E W Q U K H"),
            Map.entry("W", "P"),
            Map.entry("V", "V U E"),
            Map.entry("A", "I i"),
            Map.entry("C", "Q q"),
            Map.entry("T", "B"),
            Map.entry("F", "C"),
            Map.entry("H", "L M"),
            Map.entry("g", "m M"),
            Map.entry("L", "V"),
            Map.entry("l", "V"),
            Map.entry("h", "t"),
            Map.entry("mg", "m M"),
            Map.entry("mV", "V U"),
            Map.entry("mA", "I i"),
            Map.entry("Pa", "p P"),
            Map.entry("mN", "F"),
            Map.entry("mK", "T"),
            Map.entry("min", "t T"),
            Map.entry("mT", "B"),
            Map.entry("cd", "I"),
            Map.entry("fm", "r R d"),
            Map.entry("pm", "r R d lambda"));
    /** Letters that are a unit behind scientific notation: an SI unit that is rarely a factor there. */
    private static final Set<String> SI_LETTERS =
            Set.of("m", "s", "g", "K", "N", "J", "W", "V", "A", "C", "T", "F", "H", "L");

    private static final Set<String> COMPANY =
            Set.of("m", "s", "g", "K", "N", "J", "W", "V", "A", "C", "T", "F", "H", "L", "h", "min", "Pa", "Ω");

    /** Digits from which on a number is measured and no factor. */
    private static final int MANY_DIGITS = 3;

    private record Tail(NumericValue value, UnitScanner.Scan scan, boolean followed) {}

    private final List<Token> tokens;
    private final boolean latex;
    private final ParseOptions options;
    private final Notes notes;
    private final Budget budget;

    private TrailingUnits(List<Token> tokens, boolean latex, ParseOptions options, Notes notes, Budget budget) {
        this.tokens = tokens;
        this.latex = latex;
        this.options = options;
        this.notes = notes;
        this.budget = budget;
    }

    /** The tokens with those behind a number that are its unit joined into one of kind UNIT. */
    static List<Token> mark(List<Token> tokens, boolean latex, ParseOptions options, Notes notes, Budget budget) {
        return new TrailingUnits(tokens, latex, options, notes, budget).marked();
    }

    private List<Token> marked() {
        List<NumericValue> values = NumericValue.all(tokens);
        if (values.isEmpty()) {
            return tokens;
        }
        List<Tail> first = tails(values, Set.of());
        Set<String> symbols = symbolsOutside(first);
        List<Tail> tails = symbols.isEmpty() ? first : tails(values, symbols);
        String lone = loneSymbol(tails);
        boolean[] sure = new boolean[tails.size()];
        boolean any = false;
        for (int i = 0; i < sure.length; i++) {
            sure[i] = isClear(tails.get(i), lone);
            any |= sure[i];
        }
        List<Tail> clear = new ArrayList<>();
        for (int i = 0; i < sure.length; i++) {
            if (sure[i] || (any && lone != null && isCompany(tails.get(i)))) {
                clear.add(tails.get(i));
            }
        }
        return clear.isEmpty() ? tokens : rebuilt(clear);
    }

    /** What could be units, with those that go on as a product left out. */
    private List<Tail> tails(List<NumericValue> values, Set<String> symbols) {
        List<Tail> tails = new ArrayList<>();
        UnitScanner.Scan before = null;
        for (NumericValue value : values) {
            UnitScanner.Scan scan = UnitScanner.scan(
                    tokens,
                    value.next(),
                    options.isUnit(),
                    name -> symbols.contains(name) || options.declared().contains(name),
                    budget);
            if (scan == null) {
                continue;
            }
            boolean asked = scan.marked() || options.units() == ParseOptions.Units.CLEAR;
            if (asked && fits(value, scan) && (!isMinute(scan) || divides(scan, before, value))) {
                before = scan;
                boolean product = !scan.marked() && continues(scan.next(), PLAIN.contains(scan.unit()));
                if (!product) {
                    tails.add(new Tail(value, scan, tokens.get(scan.next()).is(Kind.CLOSE, ")")));
                }
            }
        }
        return tails;
    }

    /** A prime behind a number is a minute of arc only behind degrees: it could be feet. */
    private static boolean divides(UnitScanner.Scan scan, UnitScanner.@Nullable Scan before, NumericValue value) {
        boolean adjacent = before != null && before.next() == value.from();
        String larger = scan.unit().equals("arcmin") ? "deg" : "arcmin";
        return adjacent && before != null && before.unit().equals(larger);
    }

    private static boolean isMinute(UnitScanner.Scan scan) {
        return scan.unit().startsWith("arc");
    }

    /** A value that is no numeral needs a unit that says so. */
    private static boolean fits(NumericValue value, UnitScanner.Scan scan) {
        return value.numeral() != null || scan.marked() || PLAIN.contains(scan.unit());
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
                UnitScanner.scan(tokens, number + 1, options.isUnit(), options.declared()::contains, budget);
        return scan != null;
    }

    private boolean isClear(Tail tail, @Nullable String lone) {
        UnitScanner.Scan scan = tail.scan();
        if (scan.marked()) {
            return true;
        }
        String unit = scan.unit();
        boolean plain =
                PLAIN.contains(unit) || (!unit.equals(scan.first()) && !scan.loose() && PLAIN.contains(scan.first()));
        if (plain || unit.startsWith("Ω")) {
            return true;
        }
        boolean spaced = tokens.get(tail.value().next()).spaced();
        boolean quantities = lone != null && lone.isEmpty();
        if (tail.value().isFraction()) {
            return quantities && spaced;
        }
        boolean lonely = scan.next() == tail.value().next() + 1;
        boolean scientific = tail.value().isScientific() && (!lonely || unit.length() > 1 || SI_LETTERS.contains(unit));
        boolean bracketed = tail.followed()
                && tail.value().from() > 0
                && tokens.get(tail.value().from() - 1).is(Kind.OPEN, "(")
                && lone != null;
        boolean inverse = lone != null && !unit.equals(scan.first()) && unit.indexOf('/') > 0 && scan.raised();
        if (spaced && (scientific || (!scan.loose() && (bracketed || inverse)))) {
            return true;
        }
        return quantities || (lone != null && spaced && (isMeasured(lone, unit) || isNoFactor(tail)));
    }

    /** A small whole number may count what stands behind it ({@code F = 2 T}); before a large letter another one measures. */
    private static boolean isNoFactor(Tail tail) {
        String numeral = tail.value().numeral();
        String unit = tail.scan().unit();
        boolean large = unit.length() == 1 && Character.isUpperCase(unit.charAt(0)) && SI_LETTERS.contains(unit);
        boolean many =
                numeral != null && numeral.chars().filter(Character::isDigit).count() >= MANY_DIGITS;
        return (large && numeral != null && !numeral.matches("[1-4]"))
                || (many && (unit.equals("m") || unit.equals("s")));
    }

    /** Whether it is a unit beside quantities that are clear. */
    private boolean isCompany(Tail tail) {
        return tokens.get(tail.value().next()).spaced()
                && COMPANY.contains(tail.scan().unit());
    }

    private static boolean isMeasured(String symbol, String unit) {
        return Set.of(MEASURED.getOrDefault(unit, "").split(" ")).contains(symbol);
    }

    /** The names that stand elsewhere than in what could be a unit. */
    private Set<String> symbolsOutside(List<Tail> tails) {
        Set<String> symbols = new HashSet<>();
        boolean[] inside = covered(tails);
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (!inside[i] && (token.is(Kind.LETTERS) || token.is(Kind.NAME))) {
                symbols.add(token.text());
                if (latex) {
                    token.text().chars().forEach(c -> symbols.add(Character.toString(c)));
                }
            }
        }
        return symbols;
    }

    private boolean[] covered(List<Tail> tails) {
        boolean[] inside = new boolean[tokens.size()];
        for (Tail tail : tails) {
            for (int i = tail.value().next(); i < tail.scan().next(); i++) {
                inside[i] = true;
            }
        }
        return inside;
    }

    /** The only symbol outside units, standing alone on a side; empty where there is none; null where there is more. */
    private @Nullable String loneSymbol(List<Tail> tails) {
        boolean[] inside = covered(tails);
        String lone = "";
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean letters = token.is(Kind.LETTERS) || token.is(Kind.NAME);
            if (letters && !inside[i] && !isChange(i)) {
                boolean first = i == 0
                        || tokens.get(i - 1).is(Kind.RELATION)
                        || (isChange(i - 1) && (i == 1 || tokens.get(i - 2).is(Kind.RELATION)));
                boolean alone = first && aloneUntil(i);
                if (!alone || !lone.isEmpty()) {
                    return null;
                }
                lone = token.text();
            } else if (token.is(Kind.CONSTANT) || token.is(Kind.BIG) || token.is(Kind.PARTIAL)) {
                return null;
            }
        }
        return lone;
    }

    /** Whether the Δ before a symbol stands there. */
    private boolean isChange(int i) {
        Token token = tokens.get(i);
        return (token.is(Kind.NAME) || token.is(Kind.LETTERS))
                && token.text().equals("Delta")
                && tokens.get(i + 1).isSymbol();
    }

    private boolean aloneUntil(int i) {
        Token next = tokens.get(i + 1);
        if (next.isOperator("_")) {
            return tokens.get(Math.min(i + 3, tokens.size() - 1)).is(Kind.RELATION);
        }
        if (next.isOperator("^")
                && tokens.get(Math.min(i + 2, tokens.size() - 1)).isOperator("°")) {
            return tokens.get(Math.min(i + 3, tokens.size() - 1)).is(Kind.RELATION);
        }
        return next.is(Kind.RELATION)
                || next.is(Kind.END)
                || (next.is(Kind.SUBSCRIPT) && tokens.get(i + 2).is(Kind.RELATION));
    }

    private List<Token> rebuilt(List<Tail> tails) {
        List<Token> out = new ArrayList<>(tokens.size());
        int i = 0;
        for (Tail tail : tails) {
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
