package phifleet.equations.grammar.token;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The concentration of an ion or a compound, {@code [H^+]}, {@code [SO4^2-]}, {@code [\mathrm{OH}^-]}: one name. */
final class Concentrations {
    private static final int MAX_LENGTH = 40;
    private static final Pattern FORMULA = Pattern.compile(
            "\\[\\s*(?:\\\\(?:mathrm|text|ce|rm)\\s*)?\\{?(?<formula>(?:[A-Z][a-z]?(?:_?\\{?\\d{1,3}\\}?|[₀-₉]{1,3})?)+)\\}?"
                    + "(?<charge>\\^?\\{?\\d?[+−-]\\}?|[¹²³⁴]?[⁺⁻])?\\}?\\s*\\]");

    /** A letter by itself. */
    private static final Pattern LONE = Pattern.compile("\\[[A-Z]\\](?!\\()");

    /** The same, upright: of a species, where it is no unit in brackets. */
    private static final Pattern UPRIGHT = Pattern.compile("\\[\\s*\\\\(?:mathrm|text|rm)\\s*\\{[A-Z]\\}\\s*\\]");

    private static final List<String> CHARGES = List.of("+]", "-]", "⁺]", "⁻]", "+}]", "-}]");

    private Concentrations() {}

    /** Where the bracket that opens at {@code at} ends, if a concentration stands in it; else {@code at}. */
    static int end(String source, int at) {
        Matcher matcher = FORMULA.matcher(source).region(at, Math.min(source.length(), at + MAX_LENGTH));
        if (!matcher.lookingAt()) {
            return at;
        }
        boolean ion = matcher.group("charge") != null;
        boolean beside = isCharged(source);
        boolean chemistry = (ion || beside || matcher.group("formula").chars().anyMatch(Character::isDigit))
                && (ion || beside || ReactionReader.isFormula(plain(matcher.group("formula"))));
        return chemistry || isRepeated(source, matcher) ? matcher.end() : at;
    }

    /** Whether nothing but a letter is in it, which needs no brackets, and it has an index or stands there again: {@code [A]_0}. */
    private static boolean isRepeated(String source, Matcher bracket) {
        String whole = bracket.group();
        if (UPRIGHT.matcher(whole).matches()) {
            return UPRIGHT.matcher(source).results().skip(1).findFirst().isPresent();
        }
        boolean lone = whole.length() == 3;
        return lone
                && (LONE.matcher(source).results().skip(1).findFirst().isPresent()
                        || source.startsWith("_", bracket.end())
                        || source.indexOf(whole) != source.lastIndexOf(whole)
                        || source.contains(whole + "_"));
    }

    /** Whether an ion stands in a bracket of the text: then A and HA in others are an acid's, not letters. */
    private static boolean isCharged(String source) {
        return CHARGES.stream().anyMatch(source::contains);
    }

    /** {@code [H+]}. */
    static String name(String source, int at, int end) {
        Matcher matcher = FORMULA.matcher(source).region(at, end);
        return matcher.lookingAt()
                ? "[" + plain(matcher.group("formula"))
                        + (matcher.group("charge") == null ? "" : plain(matcher.group("charge"))) + "]"
                : "";
    }

    private static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String lowered = Letters.lowered(c);
            String raised = Letters.raised(c);
            if (lowered != null || raised != null) {
                plain.append(lowered != null ? lowered : raised);
            } else if ("_^{}".indexOf(c) < 0) {
                plain.append(c == '−' ? '-' : c);
            }
        }
        return plain.toString();
    }
}
