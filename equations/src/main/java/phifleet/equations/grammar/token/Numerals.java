package phifleet.equations.grammar.token;

import java.math.BigInteger;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phifleet.equations.grammar.token.SyntaxProblem.Code;

/**
 * Reads one numeral: digits with a decimal point or comma, thousands parted by commas, spaces, apostrophes or underscores,
 * an exponent, a period that repeats ({@code 0.\overline{3}}, {@code 0.(3)}, {@code 0.333…}), a mixed number ({@code 1½}); the
 * uncertainty behind it ({@code 12.345(6) g}) is left out.
 */
final class Numerals {
    private static final int MAX_DIGITS = 400;
    private static final int MAX_EXPONENT = 400;
    /** Digits of a period and before it, at most, so that the fraction stays small. */
    private static final int MAX_PERIOD = 40;

    private static final String SPACE = "(?:[ \\u00a0\\u2009\\u202f]|\\\\[,;: ]|~)";
    /** Groups of three behind one to three digits; the sign between them is the same each time. */
    private static final Pattern GROUPED =
            Pattern.compile("[1-9]\\d{0,2}(?:(?:" + SPACE + "\\d{3})++|(?:['’]\\d{3})++|(?:_\\d{3})++)(?!\\d)");

    private static final Pattern DECIMAL_GROUPS =
            Pattern.compile("\\d{3}(?:" + SPACE + "\\d{3})*+" + SPACE + "\\d{1,3}(?!\\d)");
    private static final Pattern PERIOD = Pattern.compile(
            "\\\\(?:overline|bar|dot)\\s*\\{(?<command>\\d++)\\}|\\((?<bracket>\\d++)\\)|(?<combined>(?:\\d[\\u0304\\u0305\\u0307])++)");
    /** The uncertainty of the last digits, before a unit or a power of ten; before anything else it is a factor: {@code 0.125(8) = 1}. */
    private static final Pattern UNCERTAINTY =
            Pattern.compile("\\(\\d{1,2}\\)(?=[eE][-+]?\\d|\\s*(?:×|\\\\times|·|\\\\cdot)\\s*10|" + SPACE
                    + "+(?:[A-Za-zµμΩ°]|\\\\(?:mathrm|text|rm|unit)(?![a-z])))");
    /** Decimals of a measured number that is worth one. */
    private static final int MEASURED_DECIMALS = 3;

    private static final Pattern DOTS = Pattern.compile("(?:…|\\.\\.\\.|\\\\(?:l|c)?dots(?![A-Za-z]))");

    /**
     * A numeral.
     *
     * @param text digits with a point, perhaps an exponent; or two whole numbers with a slash between them
     * @param end one past its last UTF-16 unit
     */
    record Numeral(String text, int end) {}

    private final String source;
    private final boolean latex;
    private final Commas commas;

    Numerals(String source, boolean latex, Commas commas) {
        this.source = source;
        this.latex = latex;
        this.commas = commas;
    }

    /** The numeral that begins at {@code at}. */
    Numeral read(int at) {
        Commas.Role role = commas.at(at);
        StringBuilder text = new StringBuilder();
        int end = role == Commas.Role.GROUPING || role == Commas.Role.DECIMAL ? withCommas(at, text) : whole(at, text);
        boolean point = charAt(end) == '.' && charAt(end + 1) != '.' && text.indexOf(".") < 0;
        if (point) {
            text.append('.');
            end = decimals(end + 1, text);
            if (charAt(end) == '.' && isDigit(charAt(end + 1))) {
                throw fail("A number has one decimal point.", at, end + 2 - at);
            }
            end = withUncertainty(text, end);
        }
        if (text.length() > MAX_DIGITS) {
            throw fail("A number has at most " + MAX_DIGITS + " digits.", at, end - at);
        }
        Numeral special = text.indexOf(".") >= 0 ? repeating(text.toString(), end) : mixed(text.toString(), end);
        return special != null ? special : withExponent(text.toString(), at, end);
    }

    private int withUncertainty(CharSequence decimal, int end) {
        Matcher uncertainty = UNCERTAINTY.matcher(source).region(end, source.length());
        int point = decimal.toString().indexOf('.');
        return decimal.length() - point > MEASURED_DECIMALS && uncertainty.lookingAt() ? uncertainty.end() : end;
    }

    private int withCommas(int at, StringBuilder text) {
        boolean decimal = commas.at(at) == Commas.Role.DECIMAL;
        int end = at;
        while (isDigit(charAt(end)) || isInnerSign(end)) {
            char c = charAt(end);
            if (c == ',') {
                text.append(decimal ? "." : "");
            } else if (isDigit(c) || (c == '.' && !decimal)) {
                text.append(c);
            }
            end++;
        }
        return end;
    }

    /** Whether a comma, a brace around one or a point stands between two digits. */
    private boolean isInnerSign(int i) {
        return switch (charAt(i)) {
            case ',' -> isDigit(charAt(i + 1)) || charAt(i + 1) == '}';
            case '.' -> isDigit(charAt(i + 1));
            case '{' -> charAt(i + 1) == ',';
            case '}' -> charAt(i - 1) == ',' && isDigit(charAt(i + 1));
            default -> false;
        };
    }

    private int whole(int at, StringBuilder text) {
        char before = at == 0 ? 0 : source.charAt(at - 1);
        Matcher grouped = GROUPED.matcher(source).region(at, source.length());
        if (before != '_' && before != '^' && grouped.lookingAt()) {
            appendDigits(grouped.group(), text);
            return grouped.end();
        }
        int end = at;
        while (isDigit(charAt(end))) {
            text.append(charAt(end++));
        }
        return end;
    }

    private int decimals(int at, StringBuilder text) {
        Matcher grouped = DECIMAL_GROUPS.matcher(source).region(at, source.length());
        if (grouped.lookingAt()) {
            appendDigits(grouped.group(), text);
            return grouped.end();
        }
        int end = at;
        while (isDigit(charAt(end)) && !isMarked(end)) {
            text.append(charAt(end++));
        }
        return end;
    }

    /** Whether the digit there carries the bar or dot of a period. */
    private boolean isMarked(int i) {
        char sign = charAt(i + 1);
        return sign == '\u0304' || sign == '\u0305' || sign == '\u0307';
    }

    private static void appendDigits(String grouped, StringBuilder text) {
        grouped.chars().filter(Character::isDigit).forEach(c -> text.append((char) c));
    }

    private @Nullable Numeral repeating(String text, int end) {
        Matcher period = PERIOD.matcher(source).region(end, source.length());
        if (period.lookingAt() && (period.group("bracket") == null || text.endsWith("."))) {
            StringBuilder digits = new StringBuilder();
            appendDigits(period.group(), digits);
            return fraction(text, digits.toString(), end, period.end());
        }
        Matcher dots = DOTS.matcher(source).region(end, source.length());
        if (!dots.lookingAt()) {
            return null;
        }
        String decimals = text.substring(text.indexOf('.') + 1);
        for (int length = 1; length <= MAX_PERIOD && 2 * length <= decimals.length(); length++) {
            int times = length == 1 ? 3 : 2;
            String last = decimals.substring(decimals.length() - length);
            if (decimals.endsWith(last.repeat(times))) {
                String before = text.substring(0, text.length() - times * length);
                return fraction(before, last, end, dots.end());
            }
        }
        throw fail(
                "No period of this number is shown, so its value is not known; write “≈” and the digits alone.",
                end,
                dots.end() - end);
    }

    /** The number with {@code digits} behind {@code before} for ever. */
    private Numeral fraction(String before, String digits, int at, int end) {
        int settled = before.length() - before.indexOf('.') - 1;
        if (settled + digits.length() > MAX_PERIOD) {
            throw fail("A period and what stands before it have at most " + MAX_PERIOD + " digits.", at, end - at);
        }
        String plain = before.replace(".", "");
        BigInteger top = number(plain + digits).subtract(number(plain));
        BigInteger bottom =
                BigInteger.TEN.pow(digits.length()).subtract(BigInteger.ONE).multiply(BigInteger.TEN.pow(settled));
        BigInteger common = top.gcd(bottom).max(BigInteger.ONE);
        BigInteger below = bottom.divide(common);
        String above = top.divide(common).toString();
        return new Numeral(below.equals(BigInteger.ONE) ? above : above + "/" + below, end);
    }

    private static BigInteger number(String digits) {
        return digits.isEmpty() ? BigInteger.ZERO : new BigInteger(digits);
    }

    /** {@code 1½}. */
    private @Nullable Numeral mixed(String text, int end) {
        String fraction = Letters.fraction(charAt(end));
        if (fraction == null || text.isEmpty()) {
            return null;
        }
        int slash = fraction.indexOf('/');
        BigInteger bottom = new BigInteger(fraction.substring(slash + 1));
        BigInteger top = new BigInteger(text).multiply(bottom).add(new BigInteger(fraction.substring(0, slash)));
        return new Numeral(top + "/" + bottom, end + 1);
    }

    private Numeral withExponent(String text, int at, int end) {
        int stop = exponentEnd(end);
        if (stop == end) {
            return new Numeral(text, end);
        }
        String exponent = source.substring(end + 1, stop);
        if (exponent.length() > 12 || Math.abs(Long.parseLong(exponent)) > MAX_EXPONENT) {
            throw fail("A power of ten in a number is at most " + MAX_EXPONENT + ".", at, stop - at);
        }
        return new Numeral(text + "e" + exponent, stop);
    }

    /**
     * Where {@code 1.5e-3} ends, if an exponent stands at {@code end}; else {@code end}. In LaTeX an e may be Euler's number, 2e-3, but
     * hardly so behind a decimal and before a sign, {@code 8.85e-12}, and never before digits, {@code 6.96e8}.
     */
    private int exponentEnd(int end) {
        if (charAt(end) != 'e' && charAt(end) != 'E') {
            return end;
        }
        boolean signed = charAt(end + 1) == '-' || charAt(end + 1) == '+';
        int digits = signed ? end + 2 : end + 1;
        int stop = digits;
        while (isDigit(charAt(stop))) {
            stop++;
        }
        boolean exponent = stop > digits && !Character.isLetter(charAt(stop));
        return exponent && (!latex || !signed || isBehindDecimal(end)) ? stop : end;
    }

    private boolean isBehindDecimal(int end) {
        int at = end;
        while (isDigit(charAt(at - 1))) {
            at--;
        }
        return at < end && charAt(at - 1) == '.';
    }

    private SyntaxException fail(String message, int position, int length) {
        return new SyntaxException(SyntaxProblem.at(source, Code.INVALID_NUMBER, message, position, length, List.of()));
    }

    private char charAt(int index) {
        return index >= 0 && index < source.length() ? source.charAt(index) : 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
