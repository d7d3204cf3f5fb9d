package phifleet.equations.grammar.token;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import phifleet.equations.ast.Function;
import phifleet.equations.budget.Budget;
import phifleet.equations.grammar.token.SyntaxProblem.Code;
import phifleet.equations.grammar.token.Token.Kind;

/** Cuts a text into tokens, in one pass. Runs of Latin letters stay uncut: see {@code Identifiers}. */
public final class Lexer {
    private static final String CURRENCIES = "€£¥₹₽₩";

    private final String source;
    private final boolean latex;
    private final Numerals numerals;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private boolean spaced;
    /** The sign of the money in it, or 0. */
    private char currency;

    private Lexer(String source, boolean latex, Commas commas) {
        this.source = source;
        this.latex = latex;
        this.numerals = new Numerals(source, latex, commas);
    }

    /** The tokens, the last of kind END. */
    public static List<Token> tokens(String source, boolean latex, Commas commas, Budget budget) {
        Lexer lexer = new Lexer(source, latex, commas);
        while (lexer.at < source.length()) {
            budget.spend(1);
            lexer.next();
        }
        lexer.tokens.add(new Token(Kind.END, "", source.length(), source.length(), lexer.spaced));
        return lexer.tokens;
    }

    private void next() {
        char c = source.charAt(at);
        if (c == '$' || c == '\u200B' || c == '\u2061' || c == '\u2062' || c == '\uFEFF') {
            at++;
        } else if (CURRENCIES.indexOf(c) >= 0) {
            currency(c);
        } else if (Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '~') {
            at++;
            spaced = true;
        } else if (c == '\\') {
            command();
        } else if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
            number();
        } else if ((c == '_' || isLatin(c)) && dummy()) {
            return;
        } else if (isLatin(c)) {
            letters();
        } else if (Letters.raised(c) != null) {
            shifted(Kind.SUPERSCRIPT);
        } else if (Letters.lowered(c) != null) {
            shifted(Kind.SUBSCRIPT);
        } else if (Letters.fraction(c) != null) {
            add(Kind.NUMBER, java.util.Objects.requireNonNull(Letters.fraction(c)), 1);
        } else if (c == '[' && Concentrations.end(source, at) > at) {
            int end = Concentrations.end(source, at);
            add(Kind.NAME, Concentrations.name(source, at, end), end - at);
        } else if (!sign()) {
            letterOrFail();
        }
    }

    /** A sum of money is its number, as long as all are of one currency. */
    private void currency(char sign) {
        if (currency != 0 && currency != sign) {
            throw fail(
                    Code.UNEXPECTED_CHARACTER,
                    "Two currencies stand in it, “" + currency + "” and “" + sign + "”; their rate is not known.",
                    at,
                    1);
        }
        currency = sign;
        at++;
    }

    private boolean sign() {
        Signs.Sign sign = Signs.at(source, at);
        if (sign == null) {
            return false;
        }
        for (int i = 1; i < sign.times(); i++) {
            add(sign.kind(), sign.text(), 0);
        }
        return add(sign.kind(), sign.text(), sign.length());
    }

    private void letterOrFail() {
        int codePoint = source.codePointAt(at);
        String base = Letters.base(codePoint);
        int length = Character.charCount(codePoint);
        if (base == null && (composed(codePoint, length) || compatible(codePoint, length))) {
            return;
        }
        if (base == null) {
            throw fail(
                    Code.UNEXPECTED_CHARACTER,
                    "The character " + display(codePoint) + " has no meaning in an equation.",
                    at,
                    length);
        }
        add(base.equals("pi") ? Kind.CONSTANT : Kind.NAME, base, length);
    }

    /** Takes {@code ẋ} as an x with a dot over it. */
    private boolean composed(int codePoint, int length) {
        String parts = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFD);
        String accent = parts.length() == 2 ? Letters.accent(parts.charAt(1)) : null;
        if (accent == null) {
            return false;
        }
        String base = isLatin(parts.charAt(0)) ? parts.substring(0, 1) : Letters.base(parts.charAt(0));
        if (base == null) {
            return false;
        }
        tokens.add(new Token(Kind.NAME, base, at, at + length, spaced));
        spaced = false;
        return add(Kind.COMMAND, "accent:" + accent, length);
    }

    /** Takes a character that is a unit drawn as one, as {@code ℃} and {@code ㎡}, as upright text. */
    private boolean compatible(int codePoint, int length) {
        String unit = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKC)
                .replace('∕', '/')
                .replace('μ', 'µ');
        boolean drawn = unit.length() > 1
                && unit.chars().allMatch(c -> isLatin((char) c) || "°/23ΩµÅ".indexOf(c) >= 0)
                && unit.chars().anyMatch(c -> isLatin((char) c));
        return drawn && add(Kind.TEXT, unit, length);
    }

    private static String display(int codePoint) {
        return Character.isISOControl(codePoint)
                ? String.format("U+%04X", codePoint)
                : "“" + Character.toString(codePoint) + "” (U+" + String.format("%04X", codePoint) + ")";
    }

    private void letters() {
        int function = latex ? at : MachineNames.functionEnd(source, at);
        int end = function;
        while (function == at && end < source.length() && isLatin(source.charAt(end))) {
            end++;
        }
        String run = source.substring(at, end);
        boolean share =
                run.equals("of") && !tokens.isEmpty() && tokens.getLast().isOperator("%");
        add(share ? Kind.OPERATOR : Kind.LETTERS, share ? "*" : run, end - at);
    }

    /** Takes a name that only programs print. */
    private boolean dummy() {
        int end = latex ? at : MachineNames.dummyEnd(source, at);
        return end > at && add(Kind.NAME, source.substring(at, end), end - at);
    }

    private void number() {
        Numerals.Numeral numeral = numerals.read(at);
        add(Kind.NUMBER, numeral.text(), numeral.end() - at);
    }

    private void shifted(Kind kind) {
        StringBuilder text = new StringBuilder();
        int end = at;
        while (end < source.length()) {
            String plain =
                    kind == Kind.SUPERSCRIPT ? Letters.raised(source.charAt(end)) : Letters.lowered(source.charAt(end));
            if (plain == null) {
                break;
            }
            text.append(plain);
            end++;
        }
        add(kind, text.toString(), end - at);
    }

    private void command() {
        int end = at + 1;
        while (isLatin(charAt(end))) {
            end++;
        }
        if (end == at + 1) {
            end = Math.min(source.length(), end + 1);
        } else if (source.startsWith("operatorname*", at + 1)) {
            end++;
        }
        String name = source.substring(at + 1, end);
        int begin = at;
        if (Commands.isIgnored(name)) {
            at = end;
            return;
        }
        if (name.equals("left") || name.equals("right") || name.equals("middle")) {
            delimiter(name, end);
        } else {
            known(name, end);
        }
        spaced = false;
        // The space that ends a command's name is no white space.
        while (at > begin && at < source.length() && isLatin(source.charAt(at - 1)) && source.charAt(at) == ' ') {
            at++;
        }
    }

    private void known(String name, int end) {
        Commands.Meaning meaning = Commands.of(name);
        Function function = Vocabulary.function(name);
        String greek = Letters.byName(name);
        if (name.equals("pmod")) {
            pmod(end);
        } else if (name.equals("SI") || name.equals("qty") || name.equals("num")) {
            quantity(name, end);
        } else if (name.equals("lg") || name.equals("lb")) {
            logarithm(name.equals("lg") ? "10" : "2", end);
        } else if (name.equals("Re") || name.equals("Im")) {
            Function part = name.equals("Re") ? Function.RE : Function.IM;
            tokens.add(new Token(Kind.FUNCTION, part.spelling(), at, end, spaced, part));
            at = end;
        } else if (meaning != null
                && meaning.text().startsWith("o")
                && meaning.kind() == Kind.TEXT
                && !Commands.TEXTS.contains(name)) {
            add(Kind.TEXT, meaning.text(), end - at);
        } else if (meaning != null && meaning.kind() == Kind.TEXT) {
            text(name, end);
        } else if (meaning != null) {
            add(meaning.kind(), meaning.text(), end - at);
            if (name.endsWith("frac") || name.endsWith("binom")) {
                digits(2);
            }
        } else if (greek != null) {
            add(Kind.NAME, greek, end - at);
        } else if (function != null) {
            tokens.add(new Token(Kind.FUNCTION, name, at, end, spaced, function));
            at = end;
        } else if (name.equals("begin") || name.equals("end")) {
            int close = closing(end);
            add(Kind.COMMAND, name + ":" + source.substring(end + 1, close).replace("*", ""), close + 1 - at);
        } else if (name.equals("tag") || name.equals("label")) {
            at = closing(end) + 1;
        } else {
            throw fail(Code.UNKNOWN_COMMAND, "The command \\" + name + " is not known here.", at, end - at);
        }
    }

    /** {@code \\lg} is the logarithm with its base as an index. */
    private void logarithm(String base, int end) {
        tokens.add(new Token(Kind.FUNCTION, "log", at, end, spaced, Function.LOG));
        tokens.add(new Token(Kind.SUBSCRIPT, base, end, end, false));
        at = end;
    }

    /** {@code \\SI{5}{km}}, {@code \\num{5e3}}: the number as if no braces stood around it, and its unit as upright text. */
    private void quantity(String name, int end) {
        int open = end;
        while (charAt(open) == ' ') {
            open++;
        }
        if (charAt(open) != '{') {
            throw fail(Code.UNEXPECTED_TOKEN, "\\" + name + " needs a number in braces behind it.", at, end - at);
        }
        int close = closing(open);
        at = open + 1;
        while (at < close) {
            next();
        }
        at = close + 1;
        if (!name.equals("num")) {
            text(name, at);
        }
    }

    /** {@code \\pmod{n}} is {@code (mod n)}. */
    private void pmod(int end) {
        int open = end;
        while (charAt(open) == ' ') {
            open++;
        }
        boolean braced = charAt(open) == '{';
        // Without braces a command takes one character.
        int close = braced ? closing(open) : open + 1;
        if (!braced && !isDigit(charAt(open)) && !isLatin(charAt(open))) {
            throw fail(Code.UNEXPECTED_TOKEN, "\\pmod needs its modulus behind it.", at, end - at);
        }
        tokens.add(new Token(Kind.OPEN, "(", at, at + 1, true));
        tokens.add(new Token(Kind.OPERATOR, "mod", at + 1, end, false));
        at = braced ? open + 1 : open;
        while (at < close) {
            next();
        }
        tokens.add(new Token(Kind.CLOSE, ")", at - 1, at, false));
        at = braced ? close + 1 : at;
    }

    /** Without braces {@code \\frac} takes single digits: {@code \\frac12}. */
    private void digits(int arguments) {
        for (int i = 0; i < arguments; i++) {
            while (charAt(at) == ' ') {
                at++;
            }
            if (!isDigit(charAt(at))) {
                return;
            }
            add(Kind.NUMBER, String.valueOf(charAt(at)), 1);
        }
    }

    private void delimiter(String side, int end) {
        int begin = end;
        while (charAt(begin) == ' ') {
            begin++;
        }
        int stop = begin + 1;
        String sign = charAt(begin) == 0 ? "" : String.valueOf(charAt(begin));
        if (sign.equals("\\")) {
            while (isLatin(charAt(stop))) {
                stop++;
            }
            stop = stop == begin + 1 ? stop + 1 : stop;
            Commands.Meaning meaning = Commands.of(source.substring(begin + 1, Math.min(stop, source.length())));
            sign = meaning == null ? "" : meaning.text();
        }
        if (sign.isEmpty() || "()[]|‖⟨⟩⌊⌋⌈⌉\\{\\}<>.".indexOf(sign) < 0) {
            throw fail(Code.UNEXPECTED_TOKEN, "\\" + side + " needs a bracket behind it.", at, end - at);
        }
        String bracket = switch (sign) {
            case "<" -> "⟨";
            case ">" -> "⟩";
            default -> sign;
        };
        Kind kind = side.equals("left") ? Kind.OPEN : side.equals("right") ? Kind.CLOSE : Kind.BAR;
        add(kind, bracket, stop - at);
    }

    private void text(String name, int end) {
        int open = end;
        while (charAt(open) == ' ') {
            open++;
        }
        if (charAt(open) != '{') {
            // \rm m and the like: one letter.
            if (isLatin(charAt(open))) {
                tokens.add(new Token(Kind.TEXT, String.valueOf(charAt(open)), at, open + 1, spaced));
                at = open + 1;
                return;
            }
            throw fail(Code.UNEXPECTED_TOKEN, "\\" + name + " needs text in braces behind it.", at, end - at);
        }
        int close = closing(open);
        tokens.add(new Token(Kind.TEXT, source.substring(open + 1, close), at, close + 1, spaced));
        at = close + 1;
    }

    /** The index of the brace that closes the next open one. */
    private int closing(int open) {
        int depth = 0;
        for (int i = open; i < source.length(); i++) {
            char c = source.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0 && c == '}') {
                return i;
            }
        }
        throw fail(Code.UNBALANCED_BRACKET, "This brace is never closed.", Math.min(open, source.length() - 1), 1);
    }

    private boolean add(Kind kind, String text, int length) {
        tokens.add(new Token(kind, text, at, at + length, spaced));
        at += length;
        spaced = false;
        return true;
    }

    private SyntaxException fail(Code code, String message, int position, int length) {
        return new SyntaxException(SyntaxProblem.at(source, code, message, position, length, List.of()));
    }

    private char peek(int ahead) {
        return charAt(at + ahead);
    }

    private char charAt(int index) {
        return index < source.length() ? source.charAt(index) : 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLatin(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** Whether the text holds a LaTeX command. */
    public static boolean looksLikeLatex(String source) {
        int backslash = source.indexOf('\\');
        return backslash >= 0 && backslash + 1 < source.length();
    }
}
