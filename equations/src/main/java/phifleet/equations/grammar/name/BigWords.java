package phifleet.equations.grammar.name;

import java.util.Set;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/** The signs of integrals, sums, products and limits in letters, outside of LaTeX. */
final class BigWords {
    private BigWords() {}

    /** Whether the token of that index is one, by what stands behind it. */
    static boolean begins(TokenContext around, int i, boolean latex, Set<String> declared) {
        Token token = around.at(i);
        Token next = around.at(i + 1);
        if (latex || !token.is(Kind.LETTERS) || sign(token.text()).isEmpty() || declared.contains(token.text())) {
            return false;
        }
        return next.isOperator("_")
                || (token.text().startsWith("int") && token.text().length() > 3)
                || (token.text().equals("lim") && next.is(Kind.OPEN));
    }

    /** The sign that a word is; empty where it is none. */
    static String sign(String run) {
        return switch (run) {
            case "int", "integral" -> "int";
            case "sum" -> "sum";
            case "prod" -> "prod";
            case "lim" -> "lim";
            default -> "";
        };
    }
}
