package phifleet.equations.units;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one unit expression.
 *
 * <pre>
 * unit   := factor { ('*' | '·' | '×' | '.' | '/' | space) factor }     left to right: J/kg/K is J·kg⁻¹·K⁻¹
 * factor := atom [ '^' exponent | '**' exponent | superscripts | digits ]
 * atom   := symbol | number | '(' unit ')' | '\frac{unit}{unit}' | '\mathrm{unit}'
 * </pre>
 *
 * A product after {@code /} and a unit ({@code W/m K}, {@code J/kg·K}) is refused, as ISO 80000 asks: most books mean
 * W/(m·K), programming languages W·K/m.
 */
final class UnitParser {
    private static final int MAX_LENGTH = 200;
    private static final int MAX_DEPTH = 20;
    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    private static final String SYMBOL_SIGNS = "_°º%‰′″Ωµμ℃℉ℓ℧";
    private static final List<String> LATEX_SPACES = List.of("\\,", "\\;", "\\:", "\\!", "\\ ", "~", "$");
    private static final List<String> LATEX_GROUPS =
            List.of("\\mathrm", "\\text", "\\rm", "\\operatorname", "\\unit", "\\si", "\\left", "\\right");
    private static final List<List<String>> LATEX_SYMBOLS = List.of(
            List.of("^\\circ\\mathrm{C}", "°C"),
            List.of("^{\\circ}\\mathrm{C}", "°C"),
            List.of("\\degree C", "°C"),
            List.of("\\Omega", "Ω"),
            List.of("\\mu", "µ"),
            List.of("\\degree", "°"),
            List.of("^\\circ", "°"),
            List.of("^{\\circ}", "°"),
            List.of("\\circ", "°"),
            List.of("\\%", "%"),
            List.of("\\AA", "Å"),
            List.of("\\pi", "π"));

    private static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;
        private final int position;
        private final int length;

        Wrong(int position, int length, String message) {
            super(message, null, false, false);
            this.position = position;
            this.length = length;
        }
    }

    private final UnitTable table;
    private final String text;
    private int at;
    private int depth;

    UnitParser(UnitTable table, String text) {
        this.table = table;
        this.text = text;
    }

    UnitReading parse() {
        try {
            if (text.length() > MAX_LENGTH) {
                throw new Wrong(MAX_LENGTH, text.length() - MAX_LENGTH, "a unit has at most 200 characters");
            }
            Unit unit = product();
            if (at < text.length()) {
                throw new Wrong(at, 1, "unexpected '" + text.charAt(at) + "' in a unit");
            }
            return new UnitReading.Read(unit.named(text.strip()));
        } catch (Wrong wrong) {
            return new UnitReading.Unreadable(wrong.position, wrong.length, String.valueOf(wrong.getMessage()));
        } catch (ArithmeticException e) {
            return new UnitReading.Unreadable(0, text.length(), "exponents or factors of this unit are out of range");
        }
    }

    private Unit product() throws Wrong {
        skipSpaces();
        Unit unit = at < text.length() && text.charAt(at) == '/' ? Unit.ONE : factor();
        boolean underUnit = false;
        while (true) {
            int before = at;
            skipSpaces();
            if (at >= text.length() || text.charAt(at) == ')' || text.charAt(at) == '}') {
                return unit;
            }
            if (take("/") || take("per ") || take("\\per")) {
                skipSpaces();
                boolean number = startsNumber();
                unit = unit.over(factor());
                underUnit = !number;
            } else if (underUnit) {
                throw new Wrong(at, 1, "ambiguous after '/': write brackets, J/(kg K), or a second slash, J/kg/K");
            } else if (take("*") || take("·") || take("⋅") || take("×") || take("\\cdot") || take("\\times") || dot()) {
                skipSpaces();
                unit = unit.times(factor());
            } else if (at == before && at > 0 && text.charAt(at - 1) != ')' && text.charAt(at - 1) != '}') {
                throw new Wrong(at, 1, "unexpected '" + text.charAt(at) + "' in a unit");
            } else {
                unit = unit.times(factor());
            }
        }
    }

    private boolean dot() {
        boolean product = at > 0 && text.charAt(at) == '.' && at + 1 < text.length() && isSymbol(text.charAt(at + 1));
        at += product ? 1 : 0;
        return product;
    }

    private Unit factor() throws Wrong {
        int start = at;
        Unit base = atom();
        Exponent power = exponent();
        if (power == null) {
            return base;
        }
        Optional<Scale> scale = base.scale().root(power.denominator());
        if (scale.isEmpty()) {
            throw new Wrong(start, at - start, "the scale of this root is no rational number");
        }
        return new Unit(
                base.symbol(),
                base.dimension().pow(power.numerator(), power.denominator()),
                scale.get().pow(power.numerator()));
    }

    private Unit atom() throws Wrong {
        if (++depth > MAX_DEPTH) {
            throw new Wrong(at, 1, "brackets of a unit are nested deeper than " + MAX_DEPTH);
        }
        try {
            for (String group : LATEX_GROUPS) {
                if (take(group)) {
                    skipSpaces();
                    break;
                }
            }
            if (take("\\frac") || take("\\tfrac") || take("\\dfrac")) {
                return group('{', '}').over(group('{', '}'));
            }
            if (take("\\sqrt") || (text.startsWith("sqrt(", at) && take("sqrt"))) {
                Unit under = atom();
                Scale scale = under.scale()
                        .root(2)
                        .orElseThrow(() -> new Wrong(at, 1, "the scale of this root is no rational number"));
                return new Unit("", under.dimension().root(2), scale);
            }
            if (at < text.length() && text.charAt(at) == '(') {
                return group('(', ')');
            }
            if (at < text.length() && text.charAt(at) == '{') {
                return group('{', '}');
            }
            return startsNumber() ? number() : symbol();
        } finally {
            depth--;
        }
    }

    private Unit group(char open, char close) throws Wrong {
        expect(open);
        Unit inside = product();
        expect(close);
        return inside;
    }

    private void expect(char wanted) throws Wrong {
        if (at >= text.length() || text.charAt(at) != wanted) {
            throw new Wrong(Math.min(at, text.length()), 1, "expected '" + wanted + "' in a unit");
        }
        at++;
    }

    private boolean startsNumber() {
        return at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == 'π' || isPi());
    }

    private boolean isPi() {
        return text.startsWith("\\pi", at)
                || (text.startsWith("pi", at) && (at + 2 == text.length() || !isSymbol(text.charAt(at + 2))));
    }

    private Unit number() throws Wrong {
        if (take("π") || take("\\pi") || take("pi")) {
            return new Unit("π", Dimension.NONE, Scale.pi());
        }
        int start = at;
        digits();
        if (at + 1 < text.length() && text.charAt(at) == '.' && Character.isDigit(text.charAt(at + 1))) {
            at++;
            digits();
        }
        if (at + 1 < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            int mark = at++;
            if (text.charAt(at) == '-' || text.charAt(at) == '+') {
                at++;
            }
            int first = at;
            digits();
            at = at == first ? mark : at;
        }
        try {
            return new Unit("", Dimension.NONE, Scale.of(new BigDecimal(text.substring(start, at))));
        } catch (NumberFormatException e) {
            throw new Wrong(start, at - start, "unreadable number in a unit");
        }
    }

    private void digits() {
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
    }

    private Unit symbol() throws Wrong {
        int start = at;
        StringBuilder letters = new StringBuilder();
        while (at < text.length()) {
            if (isSymbol(text.charAt(at))) {
                letters.append(text.charAt(at++));
            } else if (!latexSymbol(letters)) {
                break;
            }
        }
        if (letters.isEmpty()) {
            String found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
            throw new Wrong(Math.min(at, text.length()), 1, "expected a unit, found " + found);
        }
        int end = at;
        while (at < text.length() && (isSymbol(text.charAt(at)) || Character.isDigit(text.charAt(at)))) {
            at++;
        }
        Optional<Unit> whole = at > end ? table.find(text.substring(start, at)) : Optional.empty();
        if (whole.isPresent()) {
            return whole.get();
        }
        at = end;
        String written = letters.toString();
        Optional<Unit> unit = table.find(written);
        if (unit.isPresent()) {
            return unit.get();
        }
        List<String> near = table.near(written);
        throw new Wrong(
                start,
                end - start,
                "unknown unit '" + written + "'"
                        + (near.isEmpty() ? "" : ", did you mean " + String.join(" or ", near)));
    }

    private boolean latexSymbol(StringBuilder letters) {
        for (List<String> pair : LATEX_SYMBOLS) {
            if (take(pair.get(0))) {
                letters.append(pair.get(1));
                if (pair.get(1).equals("µ")) {
                    skipSpaces();
                }
                return true;
            }
        }
        return false;
    }

    private @Nullable Exponent exponent() throws Wrong {
        int start = at;
        if (text.startsWith("^\\circ", at) || text.startsWith("^{\\circ}", at)) {
            return null;
        }
        if (take("**") || take("^")) {
            skipSpaces();
            char close = at < text.length() && text.charAt(at) == '(' ? ')' : '}';
            boolean bracketed = take("(") || take("{");
            int first = at;
            while (at < text.length()
                    && ("+-−0123456789".indexOf(text.charAt(at)) >= 0
                            || (bracketed && "/. ".indexOf(text.charAt(at)) >= 0)
                            || (text.charAt(at) == '.'
                                    && at + 1 < text.length()
                                    && Character.isDigit(text.charAt(at + 1))))) {
                at++;
            }
            Exponent exponent = read(text.substring(first, at), start);
            if (bracketed) {
                expect(close);
            }
            return exponent;
        }
        StringBuilder raised = new StringBuilder();
        while (at < text.length() && (text.charAt(at) == '⁻' || SUPERSCRIPTS.indexOf(text.charAt(at)) >= 0)) {
            char c = text.charAt(at++);
            raised.append(c == '⁻' ? '-' : (char) ('0' + SUPERSCRIPTS.indexOf(c)));
        }
        if (raised.isEmpty() && at > 0 && isSymbol(text.charAt(at - 1))) {
            int first = at;
            at += at + 1 < text.length() && text.charAt(at) == '-' && Character.isDigit(text.charAt(at + 1)) ? 1 : 0;
            digits();
            raised.append(text, first, at);
        }
        return raised.isEmpty() ? null : read(raised.toString(), start);
    }

    private Exponent read(String digits, int start) throws Wrong {
        try {
            return Exponent.parse(digits.replace('−', '-').strip());
        } catch (IllegalArgumentException e) {
            throw new Wrong(start, Math.max(at - start, 1), "expected an exponent such as 2, -1 or (1/2)");
        }
    }

    private boolean take(String word) {
        boolean here = text.startsWith(word, at);
        at += here ? word.length() : 0;
        return here;
    }

    private void skipSpaces() {
        while (at < text.length()) {
            int before = at;
            if (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == '\u00a0' || text.charAt(at) == '\u202f') {
                at++;
            }
            for (String space : LATEX_SPACES) {
                if (take(space)) {
                    break;
                }
            }
            if (at == before) {
                return;
            }
        }
    }

    private static boolean isSymbol(char c) {
        return (Character.isLetter(c) && c != 'π') || SYMBOL_SIGNS.indexOf(c) >= 0;
    }
}
