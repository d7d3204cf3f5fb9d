package phifleet.equations.grammar.name;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/** The sets of numbers behind a sign of membership, each as one operator token: {@code ℝ}, {@code ℝ+}, {@code ℤ}, {@code ℕ}, {@code ℚ}, {@code ℂ}. */
public final class NumberSets {
    private static final Map<String, String> LETTERS = Map.of("R", "ℝ", "Z", "ℤ", "N", "ℕ", "Q", "ℚ", "C", "ℂ");

    private final List<Token> in;

    private NumberSets(List<Token> tokens) {
        this.in = tokens;
    }

    /** The tokens with {@code \mathbb{R}}, {@code R} and {@code ℝ^+} behind {@code ∈} as one. */
    public static List<Token> joined(List<Token> tokens) {
        return tokens.stream().anyMatch(NumberSets::isMembership) ? new NumberSets(tokens).joined() : tokens;
    }

    static boolean isMembership(Token token) {
        return token.isOperator("∈") || token.isOperator("∉");
    }

    /** Whether it is one of them. */
    public static boolean isSet(Token token) {
        return token.is(Kind.OPERATOR)
                && !token.text().isEmpty()
                && LETTERS.containsValue(token.text().substring(0, 1));
    }

    private List<Token> joined() {
        List<Token> out = new ArrayList<>(in.size());
        for (int i = 0; i < in.size(); i++) {
            out.add(in.get(i));
            if (!isMembership(in.get(i))) {
                continue;
            }
            boolean font = at(i + 1).is(Kind.COMMAND, "mathbb");
            boolean braced = font && at(i + 2).is(Kind.OPEN, "{");
            int letter = i + (braced ? 3 : font ? 2 : 1);
            String set = isSet(at(letter))
                    ? at(letter).text()
                    : LETTERS.get(at(letter).text());
            if (set == null || (braced && !at(letter + 1).is(Kind.CLOSE, "}"))) {
                continue;
            }
            int last = decorated(braced ? letter + 1 : letter);
            boolean dimensions = at(last + 1).isOperator("^") || at(last + 1).is(Kind.SUPERSCRIPT);
            if (dimensions) {
                continue;
            }
            String sign = last > (braced ? letter + 1 : letter) ? "+" : "";
            out.add(new Token(Kind.OPERATOR, set + sign, in.get(i + 1).start(), at(last).end(), true));
            i = last;
        }
        return out;
    }

    /** The last token of {@code +}, {@code >0} behind the set that ends at {@code end}, or {@code end}. */
    private int decorated(int end) {
        Token next = at(end + 1);
        if (next.text().equals("+") && (next.is(Kind.SUPERSCRIPT) || next.is(Kind.SUBSCRIPT))) {
            return end + 1;
        }
        if (!next.isOperator("^") && !next.isOperator("_")) {
            return end;
        }
        if (at(end + 2).isOperator("+")) {
            return end + 2;
        }
        int inside = end + 3;
        boolean braced = at(end + 2).is(Kind.OPEN, "{");
        if (braced && at(inside).isOperator("+") && at(inside + 1).is(Kind.CLOSE, "}")) {
            return inside + 1;
        }
        boolean positive =
                braced && at(inside).is(Kind.RELATION, ">") && at(inside + 1).is(Kind.NUMBER, "0");
        return positive && at(inside + 2).is(Kind.CLOSE, "}") ? inside + 2 : end;
    }

    private Token at(int i) {
        return in.get(Math.min(i, in.size() - 1));
    }
}
