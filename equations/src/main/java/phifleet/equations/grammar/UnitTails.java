package phifleet.equations.grammar;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phifleet.equations.grammar.Token.Kind;

/**
 * Finds the units behind numbers. Marked ones are certain: {@code 90°}, {@code 90_deg}, {@code 5\,\mathrm{km}}. Letters
 * behind a plain number are a unit only where that is clear, since {@code 2 m} is also twice a mass:
 *
 * <ul>
 *   <li>one that no product is likely to be: {@code 5 km}, {@code 9.81 m/s^2};
 *   <li>any other ({@code 5 N}, {@code 3 mg}), where the text is quantities and at most one lone symbol,
 *       and that symbol is one that is measured in it ({@code F = 5 N}, {@code 5 km + 200 m = 5.2 km}).
 * </ul>
 *
 * <p>A declared name is never a unit, nor is a letter that is a symbol elsewhere in the text.
 */
final class UnitTails {
    private static final Pattern ATOM =
            Pattern.compile("(?:[A-Za-zµμΩÅ]+|°[CFK]?)(?:\\^\\(?-?\\d+\\)?|\\*\\*-?\\d+|[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)?");
    private static final Pattern JOINED = Pattern.compile("(?:[/*·⋅]| )" + ATOM.pattern());
    /** Units that no product of letters is likely to be. Others need a text that is quantities alone. */
    private static final Set<String> PLAIN =
            Set.of(("km cm mm µm μm um nm kg µg μg ug ms µs μs us ns Hz kHz MHz GHz THz kPa MPa GPa hPa"
                            + " kN MN kJ MJ GJ kW MW GW kV MV eV keV MeV GeV TeV mol mmol kmol rad mrad deg sr atm bar mbar kWh Wh"
                            + " Gyr Myr kyr yr AU pc kpc Mpc ly mL ml kΩ MΩ µF μF nF pF mF mH µH mC µC nC kA µA nA Torr mmHg psi ft"
                            + " mph rpm cal kcal Bq Gy Sv lm lx dB m/s m/s^2 m/s² km/h km/s cm/s rad/s N/m N/m^2 N/m² V/m W/m^2 W/m²"
                            + " kg/m^3 kg/m³ g/cm^3 g/cm³ J/K J/kg J/mol g/mol mol/L mol/l N*m N·m Pa*s Pa·s J*s J·s m^2 m² m^3 m³ cm^2"
                            + " cm² cm^3 cm³ s^-1 s⁻¹ m^2/s m²/s J/kg/K J/(kg*K) W/m/K")
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

    private record Tail(int number, int end, String unit, boolean clear) {}

    private final String source;
    private final List<Token> tokens;
    private final boolean latex;
    private final ParseOptions options;

    private UnitTails(String source, List<Token> tokens, boolean latex, ParseOptions options) {
        this.source = source;
        this.tokens = tokens;
        this.latex = latex;
        this.options = options;
    }

    /** The tokens with those behind a number that are its unit joined into one of kind UNIT. */
    static List<Token> mark(String source, List<Token> tokens, boolean latex, ParseOptions options) {
        return new UnitTails(source, tokens, latex, options).marked();
    }

    private List<Token> marked() {
        List<Tail> tails = new ArrayList<>();
        Set<String> symbols = latex ? Set.of() : symbolsOutsideTails();
        for (int i = 0; i + 1 < tokens.size(); i++) {
            Tail tail = tokens.get(i).is(Kind.NUMBER) ? tail(i, symbols) : null;
            if (tail != null) {
                tails.add(tail);
            }
        }
        tails.removeIf(tail -> !tail.clear());
        return tails.isEmpty() ? tokens : rebuilt(tails);
    }

    private List<Token> rebuilt(List<Tail> tails) {
        List<Token> out = new ArrayList<>();
        int t = 0;
        for (int i = 0; i < tokens.size(); i++) {
            out.add(tokens.get(i));
            if (t < tails.size() && tails.get(t).number() == i) {
                Tail tail = tails.get(t++);
                int start = tokens.get(i + 1).start();
                out.add(new Token(Kind.UNIT, tail.unit(), start, tail.end(), false));
                while (tokens.get(i + 1).start() < tail.end()
                        && !tokens.get(i + 1).is(Kind.END)) {
                    i++;
                }
            }
        }
        return out;
    }

    private @Nullable Tail tail(int i, Set<String> symbols) {
        Token next = tokens.get(i + 1);
        Token after = tokens.get(Math.min(i + 2, tokens.size() - 1));
        if (next.isOperator("°")) {
            boolean scale =
                    after.is(Kind.LETTERS) && !after.spaced() && after.text().matches("[CF]");
            return new Tail(i, scale ? after.end() : next.end(), scale ? "°" + after.text() : "deg", true);
        }
        if (next.isOperator("^")) {
            return degrees(i);
        }
        if (next.isOperator("_") && after.is(Kind.LETTERS) && isUnit(after.text())) {
            return new Tail(i, after.end(), after.text(), true);
        }
        if (next.is(Kind.TEXT)) {
            String unit = next.text()
                    .replace("\\,", " ")
                    .replace("\\cdot", "*")
                    .replaceAll("[{}~]", "")
                    .strip();
            boolean fits = !unit.equals("d") && !unit.equals("e") && !unit.equals("i") && isUnit(unit);
            return fits ? new Tail(i, next.end(), unit, true) : null;
        }
        boolean letters = next.is(Kind.LETTERS) || next.is(Kind.NAME);
        return letters && !latex && options.units() == ParseOptions.Units.CLEAR ? plain(i, symbols) : null;
    }

    /** {@code 90^\circ}, {@code 90^{\circ}}, {@code 25^\circ\text{C}}. */
    private @Nullable Tail degrees(int i) {
        boolean braced = tokens.get(i + 2).is(Kind.OPEN, "{");
        int sign = braced ? i + 3 : i + 2;
        if (sign >= tokens.size() || !tokens.get(sign).isOperator("°")) {
            return null;
        }
        int last = braced ? sign + 1 : sign;
        Token scale = tokens.get(Math.min(last + 1, tokens.size() - 1));
        boolean celsius =
                (scale.is(Kind.TEXT) || scale.is(Kind.LETTERS)) && scale.text().matches("[CF]");
        return celsius
                ? new Tail(i, scale.end(), "°" + scale.text(), true)
                : new Tail(i, tokens.get(last).end(), "deg", true);
    }

    private boolean isUnit(String text) {
        return options.isUnit().test(text);
    }

    private @Nullable Tail plain(int i, Set<String> symbols) {
        int from = tokens.get(i + 1).start();
        Matcher atom = ATOM.matcher(source).region(from, source.length());
        if (!atom.lookingAt() || options.declared().contains(letters(atom.group())) || !isUnit(atom.group())) {
            return null;
        }
        int end = atom.end();
        Matcher joined = JOINED.matcher(source);
        while (joined.region(end, source.length()).lookingAt()) {
            String more = letters(joined.group().substring(1));
            boolean symbol = symbols.contains(more) || options.declared().contains(more);
            if (symbol || !isUnit(source.substring(from, joined.end()))) {
                break;
            }
            end = joined.end();
        }
        String unit = source.substring(from, end);
        boolean symbol = symbols.contains(letters(atom.group()));
        boolean product = continues(end);
        return symbol || product ? null : new Tail(i, end, unit, isClear(i, unit));
    }

    private static String letters(String atom) {
        return atom.replaceAll("[^A-Za-zµμΩÅ].*", "");
    }

    /** Whether letters or a bracket follow, so that the whole is a product. */
    private boolean continues(int end) {
        int next = end;
        while (next < source.length() && source.charAt(next) == ' ') {
            next++;
        }
        return next < source.length()
                && (Character.isLetterOrDigit(source.charAt(next)) || "([_^√".indexOf(source.charAt(next)) >= 0);
    }

    private boolean isClear(int number, String unit) {
        Matcher first = ATOM.matcher(unit);
        boolean plain = PLAIN.contains(unit)
                || (first.lookingAt() && first.end() < unit.length() && PLAIN.contains(first.group()));
        // ½ and 3/2 before letters are factors: nobody measures ½ at or 3/2 kT.
        boolean half = tokens.get(number).text().indexOf('/') > 0;
        boolean fraction = number > 1
                && tokens.get(number - 1).isOperator("/")
                && tokens.get(number - 2).is(Kind.NUMBER);
        boolean degree = unit.startsWith("°") || unit.startsWith("Ω");
        return !half && (degree || plain || (!fraction && suits(number, unit)));
    }

    /** Whether the text is sums of quantities beside at most one lone symbol that is measured in the unit. */
    private boolean suits(int number, String unit) {
        String lone = loneSymbol();
        if (lone == null) {
            return false;
        }
        if (lone.isEmpty()) {
            return true;
        }
        boolean spaced = tokens.get(number + 1).spaced();
        return spaced && Set.of(MEASURED.getOrDefault(unit, "").split(" ")).contains(lone);
    }

    /** The only symbol outside units, standing alone on a side; empty where there is none; null where there is more. */
    private @Nullable String loneSymbol() {
        String lone = "";
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean letters = token.is(Kind.LETTERS) || token.is(Kind.NAME);
            boolean afterNumber = i > 0 && isPartOfTail(i);
            if (letters && !afterNumber) {
                boolean alone = (i == 0 || tokens.get(i - 1).is(Kind.RELATION)) && aloneUntil(i);
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

    private boolean aloneUntil(int i) {
        Token next = tokens.get(i + 1);
        if (next.isOperator("_")) {
            return tokens.get(Math.min(i + 3, tokens.size() - 1)).is(Kind.RELATION);
        }
        return next.is(Kind.RELATION)
                || next.is(Kind.END)
                || (next.is(Kind.SUBSCRIPT) && tokens.get(i + 2).is(Kind.RELATION));
    }

    /** Whether the letters at {@code i} hang on a number, directly or by other units. */
    private boolean isPartOfTail(int i) {
        for (int k = i - 1; k >= 0; k--) {
            Token token = tokens.get(k);
            if (token.is(Kind.NUMBER)) {
                return true;
            }
            boolean joint = token.is(Kind.LETTERS)
                    || token.isOperator("/")
                    || token.isOperator("*")
                    || token.isOperator("·")
                    || token.isOperator("°");
            if (!joint) {
                return false;
            }
        }
        return false;
    }

    private Set<String> symbolsOutsideTails() {
        Set<String> symbols = new HashSet<>();
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).is(Kind.LETTERS) && !isPartOfTail(i)) {
                symbols.add(tokens.get(i).text());
            }
        }
        return symbols;
    }
}
