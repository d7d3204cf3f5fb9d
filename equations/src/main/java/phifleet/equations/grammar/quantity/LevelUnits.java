package phifleet.equations.grammar.quantity;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/** Units of levels, which stand behind a logarithm and not behind a number: {@code L = 10 log(I/I_0) dB}. */
public final class LevelUnits {
    /** Of logarithms of ratios, ISO 80000-15. */
    private static final Set<String> UNITS = Set.of("dB", "Np");

    private LevelUnits() {}

    /** The tokens with such a unit as a factor of one of it, where it ends a side. */
    public static List<Token> marked(List<Token> tokens, UnitRules rules) {
        if (tokens.stream().noneMatch(token -> isLevel(token, rules))) {
            return tokens;
        }
        List<Token> out = new ArrayList<>(tokens.size() + 2);
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (i > 0
                    && i + 1 < tokens.size()
                    && isLevel(token, rules)
                    && ends(tokens.get(i - 1))
                    && (tokens.get(i + 1).is(Kind.RELATION) || tokens.get(i + 1).is(Kind.END))) {
                out.add(new Token(Kind.OPERATOR, "*", token.start(), token.start(), true));
                out.add(new Token(Kind.NUMBER, "1", token.start(), token.start(), false));
                out.add(new Token(Kind.UNIT, token.text().strip(), token.start(), token.end(), false));
            } else {
                out.add(token);
            }
        }
        return out;
    }

    private static boolean isLevel(Token token, UnitRules rules) {
        String text = token.text().strip();
        return (token.is(Kind.LETTERS) || token.is(Kind.TEXT))
                && UNITS.contains(text)
                && !rules.declared().contains(text);
    }

    /** Whether what the level is of ends there. */
    private static boolean ends(Token token) {
        return token.is(Kind.CLOSE) || token.is(Kind.SUBSCRIPT) || token.isSymbol();
    }
}
