package phifleet.equations.grammar.name;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import phifleet.equations.grammar.token.Ambiguity;
import phifleet.equations.grammar.token.Letters;
import phifleet.equations.grammar.token.Notes;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/**
 * Finds the letters without arrows that are vectors all the same, since × between them would say nothing of numbers:
 *
 * <ul>
 *   <li>the same two stand around a × in both orders, {@code a×b = -b×a};
 *   <li>a bracket with a × in it stands beside another, {@code a×(b×c)}, or beside a dot, {@code (a×b)·c}, where another side has
 *       such products too, or is 0;
 *   <li>a × stands between bars, and a dot between the same two letters, {@code |a×b|² + (a·b)²}.
 * </ul>
 *
 * Where a number stands beside a ×, they are numbers. What is found gets an arrow.
 */
public final class VectorLetters {
    private final List<Token> tokens;

    private VectorLetters(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** The tokens with arrows over those letters. */
    public static List<Token> mark(List<Token> tokens, Notes notes) {
        boolean crossed = tokens.stream().anyMatch(token -> token.isOperator("×"));
        Set<String> vectors = crossed ? new VectorLetters(tokens).vectors() : Set.of();
        if (vectors.isEmpty() || notes.isOtherwise(Ambiguity.CROSS_PRODUCT)) {
            return tokens;
        }
        List<Token> marked = new ArrayList<>(tokens.size() + vectors.size());
        boolean first = true;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            marked.add(token);
            if (first && token.isOperator("×")) {
                first = false;
                notes.warn(
                        "cross_product",
                        "× is read as the cross product of vectors; between numbers it would not be written so.",
                        token.start(),
                        token.end() - token.start());
            }
            if (token.is(Kind.NAME)
                    && vectors.contains(token.text())
                    && !tokens.get(i + 1).is(Kind.COMMAND)) {
                marked.add(new Token(Kind.COMMAND, "accent:vec", token.end(), token.end(), false));
            }
        }
        return marked;
    }

    private Set<String> vectors() {
        Set<String> operands = new HashSet<>();
        Set<String> pairs = new HashSet<>();
        boolean evident = false;
        boolean both = isOnBothSides();
        for (int i = 1; i + 1 < tokens.size(); i++) {
            if (!tokens.get(i).isOperator("×")) {
                continue;
            }
            int from = operandBefore(i);
            int to = operandBehind(i);
            if (from < 0 || to < 0) {
                return Set.of();
            }
            evident |= both && (holdsCross(from, i) || holdsCross(i + 1, to + 1) || besideDot(from, to));
            if (from == i - 1 && to == i + 1) {
                String left = tokens.get(from).text();
                String right = tokens.get(to).text();
                evident |= !left.equals(right) && pairs.contains(right + "×" + left);
                evident |= isBetweenBars(from, to) && isDotted(left, right);
                pairs.add(left + "×" + right);
            }
            letters(from, to + 1, operands);
        }
        if (evident) {
            dotted(operands);
        }
        return evident ? operands : Set.of();
    }

    /** Whether more than one side has such products, or one is 0: else l × w × h in brackets is a volume. */
    private boolean isOnBothSides() {
        int sides = 0;
        boolean product = false;
        int from = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            product |= token.isOperator("×") || token.isOperator("·");
            if (token.is(Kind.RELATION) || token.is(Kind.END)) {
                boolean nothing = i == from + 1 && tokens.get(from).is(Kind.NUMBER, "0");
                sides += product || nothing ? 1 : 0;
                product = false;
                from = i + 1;
            }
        }
        return sides > 1;
    }

    /** Where the letter or the bracket before a sign begins; -1 where neither stands there. */
    private int operandBefore(int sign) {
        if (isLetter(sign - 1)) {
            return sign - 1;
        }
        int depth = 0;
        for (int i = sign - 1; i >= 0 && tokens.get(sign - 1).is(Kind.CLOSE, ")"); i--) {
            depth += tokens.get(i).is(Kind.CLOSE) ? 1 : tokens.get(i).is(Kind.OPEN) ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    /** Where the letter or the bracket behind a sign ends; -1 where neither stands there. */
    private int operandBehind(int sign) {
        if (isLetter(sign + 1)) {
            return sign + 1;
        }
        int depth = 0;
        for (int i = sign + 1; i < tokens.size() && tokens.get(sign + 1).is(Kind.OPEN, "("); i++) {
            depth += tokens.get(i).is(Kind.OPEN) ? 1 : tokens.get(i).is(Kind.CLOSE) ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private boolean isLetter(int i) {
        return i >= 0
                && i + 1 < tokens.size()
                && tokens.get(i).is(Kind.NAME)
                && (tokens.get(i).text().length() == 1
                        || Letters.byName(tokens.get(i).text()) != null)
                && !tokens.get(i + 1).is(Kind.SUBSCRIPT);
    }

    private boolean holdsCross(int from, int to) {
        return tokens.subList(from, to).stream().anyMatch(token -> token.isOperator("×"));
    }

    /** Whether the product is all of a bracket that stands beside a dot. */
    private boolean besideDot(int from, int to) {
        boolean bracketed = from > 0
                && to + 1 < tokens.size()
                && tokens.get(from - 1).is(Kind.OPEN, "(")
                && tokens.get(to + 1).is(Kind.CLOSE, ")");
        return bracketed
                && ((from > 1 && tokens.get(from - 2).isOperator("·"))
                        || (to + 2 < tokens.size() && tokens.get(to + 2).isOperator("·")));
    }

    private boolean isBetweenBars(int from, int to) {
        return from > 0
                && tokens.get(from - 1).is(Kind.BAR)
                && to + 1 < tokens.size()
                && tokens.get(to + 1).is(Kind.BAR);
    }

    private boolean isDotted(String left, String right) {
        for (int i = 1; i + 1 < tokens.size(); i++) {
            String before = tokens.get(i - 1).text();
            String behind = tokens.get(i + 1).text();
            if (tokens.get(i).isOperator("·")
                    && ((before.equals(left) && behind.equals(right))
                            || (before.equals(right) && behind.equals(left)))) {
                return true;
            }
        }
        return false;
    }

    private void letters(int from, int to, Set<String> letters) {
        for (int i = from; i < to; i++) {
            if (isLetter(i)) {
                letters.add(tokens.get(i).text());
            }
        }
    }

    /** Adds what stands at a dot beside a vector or a bracket that is one. */
    private void dotted(Set<String> vectors) {
        for (int i = 1; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).isOperator("·")) {
                boolean left =
                        isLetter(i - 1) && vectors.contains(tokens.get(i - 1).text());
                boolean right =
                        isLetter(i + 1) && vectors.contains(tokens.get(i + 1).text());
                boolean beside =
                        tokens.get(i - 1).is(Kind.CLOSE) || tokens.get(i + 1).is(Kind.OPEN);
                if (left || right || beside) {
                    letters(i - 1, i, vectors);
                    letters(i + 1, i + 2, vectors);
                }
            }
        }
    }
}
