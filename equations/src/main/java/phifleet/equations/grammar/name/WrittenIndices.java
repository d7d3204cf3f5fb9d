package phifleet.equations.grammar.name;

import java.util.List;
import phifleet.equations.grammar.token.Subscripts;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/** What belongs to the {@code _} behind a name, before the parser sees it. */
final class WrittenIndices {
    private final List<Token> in;
    private final boolean latex;
    private final NamedTokens out;
    private final TokenContext around;

    WrittenIndices(List<Token> tokens, boolean latex, NamedTokens out) {
        this.in = tokens;
        this.latex = latex;
        this.out = out;
        this.around = new TokenContext(tokens);
    }

    /** How many tokens the index of {@code pK_a} has behind the name at {@code i}; 0 where it is no such. */
    int dissociation(int i) {
        boolean braced = around.at(i + 2).is(Kind.OPEN, "{") && around.at(i + 4).is(Kind.CLOSE, "}");
        String index = around.at(braced ? i + 3 : i + 2).text();
        boolean one = around.at(i + 1).isOperator("_") && (index.equals("a") || index.equals("b") || index.equals("w"));
        return one ? braced ? 4 : 2 : 0;
    }

    /** {@code x_max}, {@code x_1}, {@code x_\text{max}}: one token; a braced subscript is left to the parser. Returns the last index used. */
    int read(int i, LatexRuns runs) {
        Token sign = in.get(i);
        Token next = around.at(i + 1);
        if (next.is(Kind.TEXT)) {
            out.add(new Token(Kind.SUBSCRIPT, Subscripts.clean(next.text()), sign.start(), next.end(), false));
            return i + 1;
        }
        if (next.isOperator("*")) {
            out.add(new Token(Kind.SUBSCRIPT, Subscripts.STAR, sign.start(), next.end(), false));
            return i + 1;
        }
        // LaTeX takes one letter, but who writes I_rms means the word.
        boolean single = latex && next.is(Kind.LETTERS) && !IndexWords.isSubscript(next.text());
        if (single) {
            out.add(new Token(Kind.SUBSCRIPT, next.text().substring(0, 1), sign.start(), next.start() + 1, false));
            if (next.text().length() > 1) {
                runs.read(
                        new Token(Kind.LETTERS, next.text().substring(1), next.start() + 1, next.end(), false), i + 1);
            }
            return i + 1;
        }
        StringBuilder text = new StringBuilder();
        int last = i;
        while (isSubscriptPart(around.at(last + 1))
                && (last == i || (!latex && !around.at(last + 1).spaced()))) {
            boolean factor = last > i && in.get(last).is(Kind.NUMBER) && isFactor(around.at(last + 1));
            if (factor) {
                break;
            }
            last++;
            text.append(in.get(last).text());
        }
        if (last == i) {
            out.add(sign);
            return i;
        }
        out.add(new Token(
                Kind.SUBSCRIPT, text.toString(), sign.start(), in.get(last).end(), false));
        return last;
    }

    /** Letters behind an index of digits, {@code ε_0E²}, other than those of a component, {@code v_0x}. */
    private static boolean isFactor(Token token) {
        boolean component = token.text().matches("[xyzijk]");
        return (token.is(Kind.LETTERS) || token.is(Kind.NAME)) && !component;
    }

    private static boolean isSubscriptPart(Token token) {
        return switch (token.kind()) {
            case LETTERS, NAME, CONSTANT -> true;
            case NUMBER -> token.text().chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '/');
            default -> false;
        };
    }

    /** Reads a run of letters in LaTeX that ends before the token after {@code i}. */
    interface LatexRuns {
        void read(Token run, int i);
    }
}
