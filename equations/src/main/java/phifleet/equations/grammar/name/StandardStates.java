package phifleet.equations.grammar.name;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import phifleet.equations.grammar.token.Notes;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/**
 * Tells the raised 0 of a standard state from the power 0: {@code E^0 - (RT/nF) ln Q}, {@code ΔG⁰}. Only the letters that thermodynamics
 * writes so have one, and nobody writes their power 0, which is 1, but to say just that: where the text has no other letter, {@code E^0 = 1},
 * or the letter has other powers too, it stays a power.
 */
public final class StandardStates {
    private static final Set<String> LETTERS = Set.of("E", "G", "H", "S", "U", "A", "F", "mu", "phi", "K", "epsilon");

    private final List<Token> tokens;
    private final Set<String> letters = new TreeSet<>();
    private final Set<String> powers = new TreeSet<>();
    private int thetas;
    private int raisedThetas;

    private StandardStates(List<Token> tokens) {
        this.tokens = tokens;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean index = i > 0 && tokens.get(i - 1).isOperator("_");
            boolean raised = i > 0
                    && (tokens.get(i - 1).isOperator("^")
                            || (i > 1 && tokens.get(i - 2).isOperator("^")));
            thetas += token.is(Kind.NAME, "theta") ? 1 : 0;
            raisedThetas += raised && token.is(Kind.NAME, "theta") ? 1 : 0;
            if (!index && token.is(Kind.LETTERS)) {
                token.text().chars().forEach(c -> letters.add(Character.toString(c)));
            } else if (!index && token.is(Kind.NAME)) {
                letters.add(token.text());
            }
        }
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).isSymbol() && isRaised(i + 1) && zero(i + 1) == 0) {
                powers.add(letter(tokens.get(i)));
            }
        }
    }

    /** The tokens with every raised 0 that is no power as a raised circle. */
    public static List<Token> marked(List<Token> tokens, Notes notes) {
        StandardStates states = new StandardStates(tokens);
        List<Token> out = new ArrayList<>(tokens.size());
        for (int i = 0; i < tokens.size(); i++) {
            int end = states.isOne(i) ? states.zero(i) : 0;
            Token token = tokens.get(i);
            if (end == 0) {
                out.add(token);
                continue;
            }
            Token last = tokens.get(end - 1);
            notes.warn(
                    "standard_state",
                    "The raised 0 is read as the mark of the standard state, not as a power.",
                    token.start(),
                    last.end() - token.start());
            out.add(new Token(Kind.OPERATOR, "°", token.start(), last.end(), token.spaced()));
            i = end - 1;
        }
        return out;
    }

    /** Whether what is raised at {@code i} stands on a letter that has a standard state, itself or behind its index. */
    private boolean isOne(int i) {
        int before = i - 1;
        if (i > 1 && tokens.get(before).is(Kind.CLOSE, "}")) {
            while (before > 0 && !tokens.get(before).is(Kind.OPEN, "{")) {
                before--;
            }
            before--;
        } else if (before > 1 && tokens.get(before - 1).isOperator("_")) {
            before--;
        }
        boolean indexed = before > 0 && before < i - 1 && tokens.get(before).isOperator("_");
        boolean subscript = before > 0 && tokens.get(before).is(Kind.SUBSCRIPT);
        before -= indexed || subscript ? 1 : 0;
        if (before < 0 || (before < i - 1 && !indexed && !subscript)) {
            return false;
        }
        String letter = letter(tokens.get(before));
        return LETTERS.contains(letter)
                && !powers.contains(letter)
                && (letters.size() > 1 || indexed || subscript || isIndexed(zero(i)));
    }

    private boolean isIndexed(int i) {
        return i > 0 && (tokens.get(i).isOperator("_") || tokens.get(i).is(Kind.SUBSCRIPT));
    }

    /** The last letter of a run, or a Greek one; empty for any other token. */
    private static String letter(Token token) {
        return token.is(Kind.NAME)
                ? token.text()
                : token.is(Kind.LETTERS) ? token.text().substring(token.text().length() - 1) : "";
    }

    private boolean isRaised(int i) {
        return i < tokens.size()
                && (tokens.get(i).is(Kind.SUPERSCRIPT) || tokens.get(i).isOperator("^"));
    }

    /** A 0, or a θ that has no other meaning in the text. */
    private boolean isMark(int i) {
        return tokens.get(i).is(Kind.NUMBER, "0") || (tokens.get(i).is(Kind.NAME, "theta") && thetas == raisedThetas);
    }

    /** Where the raised 0 that begins at {@code i} ends; 0 where something else stands there. */
    private int zero(int i) {
        Token token = tokens.get(i);
        if (token.is(Kind.SUPERSCRIPT, "0")) {
            return i + 1;
        }
        if (!token.isOperator("^") || i + 1 >= tokens.size()) {
            return 0;
        }
        if (isMark(i + 1)) {
            return i + 2;
        }
        boolean braced = i + 3 < tokens.size()
                && tokens.get(i + 1).is(Kind.OPEN, "{")
                && isMark(i + 2)
                && tokens.get(i + 3).is(Kind.CLOSE, "}");
        return braced ? i + 4 : 0;
    }
}
