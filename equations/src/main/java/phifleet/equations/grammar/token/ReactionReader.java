package phifleet.equations.grammar.token;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import phifleet.equations.ast.Statement.Reaction;
import phifleet.equations.ast.Statement.Reaction.Species;

/**
 * Recognises a chemical reaction: sides of formulas of known elements, joined by {@code +}, with an arrow between. With
 * {@code =} for an arrow it must look like chemistry: a counted formula of two elements on either side.
 */
public final class ReactionReader {
    /** Units of text, at most; longer ones are no reaction anybody writes. */
    private static final int MAX_LENGTH = 600;
    /** Brackets in brackets, at most: complexes have three. */
    private static final int MAX_NESTING = 6;

    private static final int MAX_COUNT = 100_000;
    private static final Pattern ARROW = Pattern.compile("<=>|<->|⇌|⇄|↔|<-->|-->|->|→|⟶|=>|⇒|=");
    private static final Pattern PLUS = Pattern.compile("\\s+\\+\\s+|(?<=[A-Za-z0-9)\\]])\\+(?=[\\dA-Z(\\[])");
    private static final Pattern COMMANDS = Pattern.compile("\\\\(?:ce|mathrm|text|rm|mathsf)\\b");
    private static final Pattern SPACES = Pattern.compile("\\\\[,;: !]|\\$");
    private static final Pattern BRACES = Pattern.compile("[{}_]");
    private static final Set<String> REVERSIBLE = Set.of("<=>", "<->", "⇌", "⇄", "↔", "<-->");
    private static final Pattern SPECIES = Pattern.compile(
            "(?<count>\\d{1,6})?\\s*\\*?\\s*(?<formula>[A-Z(\\[][A-Za-z0-9()\\[\\]·.*]*?)(?<charge>\\^?\\{?(?:\\d*[+-]|[+-]\\d+)\\}?)?\\s*(?:\\((?:s|l|g|aq)\\))?");

    private ReactionReader() {}

    public static Optional<Reaction> read(String source) {
        if (source.length() > MAX_LENGTH || !mayBeChemistry(source)) {
            return Optional.empty();
        }
        String plain = plain(source);
        Matcher arrow = ARROW.matcher(plain);
        if (!arrow.find()) {
            return Optional.empty();
        }
        String sign = arrow.group();
        String left = plain.substring(0, arrow.start());
        String right = plain.substring(arrow.end());
        if (ARROW.matcher(right).find()) {
            return Optional.empty();
        }
        Optional<List<Species>> reactants = side(left);
        Optional<List<Species>> products = side(right);
        if (reactants.isEmpty() || products.isEmpty()) {
            return Optional.empty();
        }
        boolean certain =
                !sign.equals("=") || (isChemistry(reactants.get()) && isChemistry(products.get()) && isCounted(plain));
        // C_1V_1 = C_2V_2 is no reaction of carbon and vanadium.
        boolean pair = sign.equals("=")
                && reactants.get().size() == 1
                && products.get().size() == 1;
        if (pair && !isBalanced(reactants.get().getFirst(), products.get().getFirst())) {
            return Optional.empty();
        }
        boolean reversible = REVERSIBLE.contains(sign);
        return certain
                ? Optional.of(new Reaction(reactants.get(), products.get(), reversible, List.of()))
                : Optional.empty();
    }

    private static boolean isBalanced(Species left, Species right) {
        return left.atoms().keySet().equals(right.atoms().keySet())
                && left.atoms().entrySet().stream()
                        .allMatch(atom -> atom.getValue()
                                .multiply(left.coefficient())
                                .equals(right.coefficient()
                                        .multiply(
                                                right.atoms().getOrDefault(atom.getKey(), java.math.BigInteger.ZERO))));
    }

    /** A cheap look that lets nearly every other equation pass by: no formula has a quotient, a power with * or a root. */
    private static boolean mayBeChemistry(String source) {
        boolean capital = false;
        for (int i = 0; i < source.length(); i++) {
            char c = source.charAt(i);
            if (c == '/' || c == '*' || c == '|' || c == '√' || c == '!') {
                return false;
            }
            capital |= c >= 'A' && c <= 'Z';
        }
        return capital && !source.contains("\\frac") && !source.contains("\\sqrt");
    }

    /** Without LaTeX's commands and with plain digits. */
    private static String plain(String source) {
        String text = source.replace("\\rightarrow", "->")
                .replace("\\longrightarrow", "->")
                .replace("\\to", "->")
                .replace("\\rightleftharpoons", "<=>")
                .replace("\\leftrightarrow", "<->")
                .transform(raw -> COMMANDS.matcher(raw).replaceAll(""))
                .transform(raw -> SPACES.matcher(raw).replaceAll(" "))
                .transform(raw -> BRACES.matcher(raw).replaceAll(""));
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String lowered = Letters.lowered(c);
            String raised = Letters.raised(c);
            digits.append(lowered != null ? lowered : raised != null ? raised : String.valueOf(c));
        }
        return digits.toString();
    }

    private static boolean isChemistry(List<Species> side) {
        return side.stream()
                .anyMatch(
                        s -> s.atoms().size() > 1 || s.atoms().values().stream().anyMatch(n -> n.bitLength() > 1));
    }

    private static boolean isCounted(String plain) {
        return Pattern.compile("[A-Z][a-z]?\\d").matcher(plain).find()
                && Pattern.compile("[A-Z][a-z]?\\d?[A-Z]").matcher(plain).find();
    }

    private static Optional<List<Species>> side(String text) {
        List<Species> side = new ArrayList<>();
        for (String part : PLUS.split(text.strip(), -1)) {
            Optional<Species> species = species(part.strip());
            if (species.isEmpty()) {
                return Optional.empty();
            }
            side.add(species.get());
        }
        return Optional.of(side);
    }

    private static Optional<Species> species(String text) {
        if (text.matches("(?:\\d+\\s*)?e\\^?-")) {
            BigInteger count = text.startsWith("e") ? BigInteger.ONE : new BigInteger(text.replaceAll("\\D.*", ""));
            return count.signum() == 0 ? Optional.empty() : Optional.of(new Species(count, "e-", new TreeMap<>(), -1));
        }
        Matcher matcher = SPECIES.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String count = matcher.group("count");
        String formula = matcher.group("formula");
        SortedMap<String, BigInteger> atoms = new TreeMap<>();
        if (formula == null || !count(formula, 0, formula.length(), BigInteger.ONE, atoms, 0)) {
            return Optional.empty();
        }
        String charge = matcher.group("charge");
        BigInteger coefficient = count == null ? BigInteger.ONE : new BigInteger(count);
        if (coefficient.signum() == 0) {
            return Optional.empty();
        }
        return Optional.of(new Species(coefficient, formula + (charge == null ? "" : charge), atoms, charge(charge)));
    }

    private static int charge(@org.jspecify.annotations.Nullable String text) {
        if (text == null) {
            return 0;
        }
        String digits = text.replaceAll("\\D", "");
        int size = digits.isEmpty() ? 1 : Integer.parseInt(digits.substring(0, Math.min(3, digits.length())));
        return text.contains("-") ? -size : size;
    }

    /** Counts the atoms of {@code formula} from {@code from} to before {@code to}, each times {@code times}. */
    private static boolean count(
            String formula, int from, int to, BigInteger times, SortedMap<String, BigInteger> atoms, int nesting) {
        int i = from;
        while (i < to) {
            char c = formula.charAt(i);
            if (c == '(' || c == '[') {
                int close = closing(formula, i, to);
                int end = digits(formula, close + 1, to);
                if (close < 0 || nesting >= MAX_NESTING || close == i + 1) {
                    return false;
                }
                BigInteger inner = times.multiply(number(formula.substring(close + 1, end)));
                if (!count(formula, i + 1, close, inner, atoms, nesting + 1)) {
                    return false;
                }
                i = end;
            } else if (c == '·' || c == '*' || c == '.') {
                int end = digits(formula, i + 1, to);
                return end < to
                        && nesting < MAX_NESTING
                        && count(
                                formula,
                                end,
                                to,
                                times.multiply(number(formula.substring(i + 1, end))),
                                atoms,
                                nesting + 1);
            } else {
                int end = i + 1 < to && ChemicalElements.isElement(formula.substring(i, i + 2)) ? i + 2 : i + 1;
                String element = formula.substring(i, end);
                if (!ChemicalElements.isElement(element)) {
                    return false;
                }
                int stop = digits(formula, end, to);
                BigInteger n = number(formula.substring(end, stop));
                if (n.signum() == 0 || n.compareTo(BigInteger.valueOf(MAX_COUNT)) > 0) {
                    return false;
                }
                atoms.merge(element, times.multiply(n), BigInteger::add);
                i = stop;
            }
        }
        return true;
    }

    /** Whether the text is a formula of known elements. */
    static boolean isFormula(String text) {
        return count(text, 0, text.length(), BigInteger.ONE, new TreeMap<>(), 0);
    }

    private static int closing(String formula, int open, int to) {
        int depth = 0;
        for (int i = open; i < to; i++) {
            char c = formula.charAt(i);
            depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private static int digits(String text, int from, int to) {
        int end = from;
        while (end < to && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static BigInteger number(String digits) {
        return digits.isEmpty() ? BigInteger.ONE : new BigInteger(digits);
    }
}
