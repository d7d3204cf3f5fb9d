package phifleet.equations.grammar.token;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import phifleet.equations.grammar.token.Token.Kind;

/**
 * Quantities of a substance, which stands in brackets behind the letter (IUPAC green book, section 2.10): {@code n(\\mathrm{NaCl})},
 * {@code w(C)} with an upright C, {@code M(CO2)}. The substance is an index.
 */
public final class Substances {
    /** Amounts, masses, molar masses, numbers, concentrations and fractions: what a substance has. */
    private static final Set<String> LETTERS = Set.of("n", "m", "M", "N", "c", "w", "x", "nu", "rho", "phi");

    /** Of these one may speak of a substance too, but a lone letter in brackets may be a unit. */
    private static final Set<String> OTHER_LETTERS = Set.of("V", "p");

    private Substances() {}

    /** The tokens with substances as indices. */
    public static List<Token> marked(List<Token> tokens) {
        List<Token> marked = new ArrayList<>(tokens.size());
        for (int i = 0; i < tokens.size(); i++) {
            Token letter = tokens.get(i);
            marked.add(letter);
            int close = mayHave(letter) ? close(tokens, i + 1) : -1;
            String formula = close < 0 ? "" : formula(tokens.subList(i + 2, close), letter);
            if (!formula.isEmpty()) {
                marked.add(new Token(
                        Kind.SUBSCRIPT,
                        formula,
                        tokens.get(i + 1).start(),
                        tokens.get(close).end(),
                        false));
                i = close;
            }
        }
        return marked;
    }

    private static boolean mayHave(Token token) {
        return (token.is(Kind.LETTERS) || token.is(Kind.NAME))
                && (LETTERS.contains(token.text()) || OTHER_LETTERS.contains(token.text()));
    }

    /** The bracket that closes the round one at {@code open}, if no other opens between them; else -1. */
    private static int close(List<Token> tokens, int open) {
        if (open >= tokens.size()
                || !tokens.get(open).is(Kind.OPEN, "(")
                || tokens.get(open).spaced()) {
            return -1;
        }
        for (int i = open + 1; i < tokens.size(); i++) {
            if (tokens.get(i).is(Kind.CLOSE, ")")) {
                return i;
            }
            if (tokens.get(i).is(Kind.OPEN, "(")) {
                return -1;
            }
        }
        return -1;
    }

    /** The formula that is written there, empty where it is none or may be a product of letters. */
    private static String formula(List<Token> inside, Token letter) {
        StringBuilder text = new StringBuilder();
        boolean upright = false;
        for (Token token : inside) {
            upright |= token.is(Kind.TEXT);
            boolean written =
                    token.is(Kind.TEXT) || token.is(Kind.LETTERS) || token.is(Kind.NUMBER) || token.is(Kind.SUBSCRIPT);
            boolean layout = token.isOperator("_") || token.is(Kind.OPEN, "{") || token.is(Kind.CLOSE, "}");
            if (!written && !layout) {
                return "";
            }
            text.append(written ? token.text() : "");
        }
        String formula = text.toString().replaceAll("[_{}]", "");
        // A letter is an element where it is upright; letters that touch are where a small one or a number is among
        // them.
        boolean told = upright ? formula.length() > 1 || LETTERS.contains(letter.text()) : isUnmistakable(formula);
        return told && ReactionReader.isFormula(formula) ? formula : "";
    }

    private static boolean isUnmistakable(String formula) {
        return formula.length() > 1
                && Character.isUpperCase(formula.charAt(0))
                && formula.chars().anyMatch(c -> Character.isLowerCase(c) || Character.isDigit(c));
    }
}
