package phifleet.equations.grammar.name;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/**
 * Signs of calculus in whole words, as the signs: {@code sum from k=1 to n of k}, {@code integral of x dx},
 * {@code limit as x->0 of sin(x)/x}.
 */
public final class SpokenSigns {
    private static final Map<String, String> SIGNS =
            Map.of("sum", "sum", "product", "prod", "integral", "int", "limit", "lim");
    private static final Set<String> STARTS = Set.of("from", "as");

    private final List<Token> in;
    private final List<Token> out = new ArrayList<>();

    private SpokenSigns(List<Token> tokens) {
        this.in = tokens;
    }

    /** The tokens with signs in place of such words. */
    public static List<Token> written(List<Token> tokens) {
        boolean any = tokens.stream().anyMatch(token -> token.is(Kind.LETTERS, "of"));
        return any ? new SpokenSigns(tokens).written() : tokens;
    }

    private List<Token> written() {
        for (int i = 0; i < in.size(); i++) {
            Token token = in.get(i);
            String sign = token.is(Kind.LETTERS) ? SIGNS.get(token.text()) : null;
            int of = sign == null ? -1 : of(i, sign);
            if (sign == null || of < 0) {
                out.add(token);
                continue;
            }
            out.add(new Token(Kind.BIG, sign, token.start(), token.end(), token.spaced()));
            if (of > i + 1) {
                int to = find("to", i + 2, of);
                bound("_", in.get(i + 1), i + 2, to < 0 ? of : to);
                if (to > 0) {
                    bound("^", in.get(to), to + 1, of);
                }
            }
            i = of;
        }
        return out;
    }

    /** Where the word stands that ends what the sign at {@code i} runs over; -1 where it is no such sign. */
    private int of(int i, String sign) {
        if (in.get(i + 1).is(Kind.LETTERS, "of")) {
            return sign.equals("int") ? i + 1 : -1;
        }
        boolean starts =
                in.get(i + 1).is(Kind.LETTERS) && STARTS.contains(in.get(i + 1).text());
        boolean limit = sign.equals("lim") && in.get(i + 1).is(Kind.LETTERS, "as");
        int of = starts ? find("of", i + 2, in.size() - 1) : -1;
        boolean range = of > 0 && !sign.equals("lim") && find("to", i + 2, of) > i + 2;
        return limit || range ? of : -1;
    }

    private int find(String word, int from, int to) {
        for (int i = from; i < to; i++) {
            if (in.get(i).is(Kind.LETTERS, word)) {
                return i > from ? i : -1;
            }
        }
        return -1;
    }

    private void bound(String sign, Token word, int from, int to) {
        out.add(new Token(Kind.OPERATOR, sign, word.start(), word.end(), false));
        out.add(new Token(Kind.OPEN, "{", word.end(), word.end(), false));
        out.addAll(in.subList(from, to));
        int end = in.get(to - 1).end();
        out.add(new Token(Kind.CLOSE, "}", end, end, false));
    }
}
