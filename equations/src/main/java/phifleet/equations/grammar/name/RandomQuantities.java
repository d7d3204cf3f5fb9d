package phifleet.equations.grammar.name;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Function;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/**
 * Tells means, variances and probabilities from energies and powers. {@code Var(} and {@code Cov(} are what they say. {@code E[} is a mean
 * where every E of the text stands before a bracket and the text has variances, more than one such bracket, or one with a sum or a power;
 * {@code E(} beside variances alone. {@code P(} is a probability where one such bracket of the text holds a bar, a relation, ∩, ∪, a word
 * between events, or the complement of one. Blackboard letters always are.
 */
public final class RandomQuantities {
    private static final Map<String, Function> WORDS =
            Map.of("Var", Function.VARIANCE, "Cov", Function.COVARIANCE, "Pr", Function.PROBABILITY);

    /**
     * What stands before a bracket.
     *
     * @param from the first token
     * @param to one past the last
     * @param letters the letters of the first token that are before it, as in {@code aE[X]}
     * @param certain whether it can be nothing else
     */
    private record Head(int from, int to, String letters, Function function, boolean certain) {}

    private final List<Token> tokens;
    private final Set<String> declared;

    private RandomQuantities(List<Token> tokens, Set<String> declared) {
        this.tokens = tokens;
        this.declared = declared;
    }

    /** The tokens with the names of such functions as functions. */
    public static List<Token> marked(List<Token> tokens, Set<String> declared) {
        return new RandomQuantities(tokens, declared).marked();
    }

    private List<Token> marked() {
        List<Head> heads = new ArrayList<>();
        for (int i = 0; i + 1 < tokens.size(); i++) {
            Head head = head(i);
            if (head != null && opens(head.to())) {
                heads.add(head);
                i = head.to() - 1;
            }
        }
        if (heads.isEmpty()) {
            return tokens;
        }
        boolean sure = heads.stream().anyMatch(head -> head.certain() && head.function() != Function.PROBABILITY);
        boolean means = sure || (isOnlyBefore("E", heads) && areMeans(heads));
        boolean chances = heads.stream()
                .anyMatch(head -> head.function() == Function.PROBABILITY && (head.certain() || isOfEvents(head.to())));
        List<Head> taken = heads.stream()
                .filter(head -> switch (head.function()) {
                    case EXPECTATION -> head.certain() || (means && (sure || isSquare(head.to())));
                    case PROBABILITY -> chances;
                    default -> true;
                })
                .toList();
        return taken.isEmpty() ? tokens : rebuilt(taken);
    }

    /** The head that begins at {@code i}, or null. */
    private @Nullable Head head(int i) {
        Token token = tokens.get(i);
        boolean index = i > 0 && tokens.get(i - 1).isOperator("_");
        if (index) {
            return null;
        }
        if (token.is(Kind.COMMAND, "mathbb")) {
            boolean braced = at(i + 1).is(Kind.OPEN, "{") && at(i + 3).is(Kind.CLOSE, "}");
            Function function = letter(at(braced ? i + 2 : i + 1).text());
            return function == null ? null : new Head(i, braced ? i + 4 : i + 2, "", function, true);
        }
        if (token.is(Kind.COMMAND, "Pr")) {
            return new Head(i, i + 1, "", Function.PROBABILITY, true);
        }
        if (!token.is(Kind.LETTERS) && !token.is(Kind.TEXT)) {
            return null;
        }
        String run = token.text();
        if (declared.contains(run)) {
            return null;
        }
        for (Map.Entry<String, Function> word : WORDS.entrySet()) {
            if (run.endsWith(word.getKey())) {
                String before = run.substring(0, run.length() - word.getKey().length());
                boolean certain = word.getValue() != Function.PROBABILITY;
                return before.length() > 2 ? null : new Head(i, i + 1, before, word.getValue(), certain);
            }
        }
        String last = run.substring(Math.max(0, run.length() - 1));
        Function function = declared.contains(last) ? null : letter(last);
        boolean single = token.is(Kind.LETTERS) ? run.length() <= 3 : run.length() == 1;
        return function == null || !single
                ? null
                : new Head(i, i + 1, run.substring(0, run.length() - 1), function, false);
    }

    private static @Nullable Function letter(String text) {
        return switch (text) {
            case "E" -> Function.EXPECTATION;
            case "P" -> Function.PROBABILITY;
            default -> null;
        };
    }

    private Token at(int i) {
        return tokens.get(Math.min(i, tokens.size() - 1));
    }

    private boolean opens(int i) {
        return !at(i).spaced() && (at(i).is(Kind.OPEN, "(") || isSquare(i));
    }

    /** A bracket, or one that was taken for a concentration. */
    private boolean isSquare(int i) {
        return at(i).is(Kind.OPEN, "[") || isConcentration(at(i));
    }

    private static boolean isConcentration(Token token) {
        return token.is(Kind.NAME) && token.text().startsWith("[");
    }

    private boolean isOnlyBefore(String letter, List<Head> heads) {
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            int place = i;
            boolean head = heads.stream().anyMatch(h -> h.from() <= place && place < h.to());
            if (!head && token.is(Kind.LETTERS) && token.text().contains(letter)) {
                return false;
            }
        }
        return true;
    }

    private boolean areMeans(List<Head> heads) {
        List<Head> square = heads.stream()
                .filter(head -> head.function() == Function.EXPECTATION && isSquare(head.to()))
                .toList();
        return square.size() > 1
                || square.stream().anyMatch(head -> isCalculated(head.to()) || isVariable(at(head.to() + 1)));
    }

    /** A letter that random quantities usually have, and substances have not. */
    private static boolean isVariable(Token token) {
        return token.is(Kind.LETTERS) && token.text().matches("[XYZ]");
    }

    private boolean isCalculated(int open) {
        int close = close(open);
        for (int i = open + 1; i < close; i++) {
            Token token = tokens.get(i);
            if (token.is(Kind.SUPERSCRIPT)
                    || token.is(Kind.BAR)
                    || (token.is(Kind.OPERATOR) && !token.isOperator("_"))) {
                return true;
            }
        }
        return false;
    }

    private boolean isOfEvents(int open) {
        int close = close(open);
        for (int i = open + 1; i < close; i++) {
            Token token = tokens.get(i);
            boolean complement = i + 1 < close
                    && token.is(Kind.LETTERS)
                    && Character.isUpperCase(token.text().charAt(0))
                    && (at(i + 1).isOperator("'")
                            || (at(i + 1).isOperator("^") && at(i + 2).is(Kind.LETTERS, "c")));
            if (complement
                    || token.is(Kind.BAR)
                    || token.is(Kind.RELATION)
                    || token.isOperator("∩")
                    || token.isOperator("∪")
                    || word(token) != null) {
                return true;
            }
        }
        return false;
    }

    /** The sign that a word between events stands for, or null. */
    private static @Nullable String word(Token token) {
        boolean letters = token.is(Kind.LETTERS) || token.is(Kind.TEXT);
        return switch (letters ? token.text().strip() : "") {
            case "and" -> "∩";
            case "or" -> "∪";
            default -> null;
        };
    }

    private int close(int open) {
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            depth += at(i).is(Kind.OPEN) ? 1 : at(i).is(Kind.CLOSE) ? -1 : 0;
            if (depth <= 0) {
                return i;
            }
        }
        return tokens.size() - 1;
    }

    private List<Token> rebuilt(List<Head> heads) {
        List<Token> out = new ArrayList<>(tokens.size() + heads.size());
        int i = 0;
        int events = 0;
        for (Head head : heads) {
            while (i < head.from()) {
                out.add(plain(i++, events));
            }
            Token first = tokens.get(head.from());
            int cut = first.start() + head.letters().length();
            if (!head.letters().isEmpty()) {
                out.add(new Token(Kind.LETTERS, head.letters(), first.start(), cut, first.spaced()));
            }
            out.add(new Token(
                    Kind.FUNCTION,
                    head.function().spelling(),
                    cut,
                    tokens.get(head.to() - 1).end(),
                    head.letters().isEmpty() && first.spaced(),
                    head.function()));
            i = head.to();
            if (head.function() == Function.PROBABILITY) {
                events = close(i);
            }
            if (isConcentration(at(i))) {
                Token name = tokens.get(i++);
                String inside = name.text().substring(1, name.text().length() - 1);
                out.add(new Token(Kind.OPEN, "[", name.start(), name.start() + 1, false));
                out.add(new Token(Kind.LETTERS, inside, name.start() + 1, name.end() - 1, false));
                out.add(new Token(Kind.CLOSE, "]", name.end() - 1, name.end(), false));
            }
        }
        while (i < tokens.size()) {
            out.add(plain(i++, events));
        }
        return out;
    }

    /** The token; a word between events, in a bracket that closes at {@code events}, as its sign. */
    private Token plain(int i, int events) {
        Token token = tokens.get(i);
        String sign = i < events ? word(token) : null;
        return sign == null ? token : new Token(Kind.OPERATOR, sign, token.start(), token.end(), token.spaced());
    }
}
