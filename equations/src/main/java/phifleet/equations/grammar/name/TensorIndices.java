package phifleet.equations.grammar.name;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import phifleet.equations.grammar.token.Notes;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/**
 * Tells upper indices of tensors from powers: {@code F^{\mu\nu}} where a μ or a ν is a lower index somewhere, or stands in a
 * raised group of two such letters. An upper index is kept in the name, behind {@code up}, as it tells components apart.
 */
public final class TensorIndices {
    private static final Set<String> LETTERS =
            Set.of("mu", "nu", "rho", "sigma", "lambda", "kappa", "tau", "alpha", "beta", "gamma", "delta");

    private TensorIndices() {}

    /** The tokens with every upper index turned into one of kind SUBSCRIPT. */
    public static List<Token> marked(List<Token> tokens, Notes notes) {
        Set<String> known = known(tokens);
        List<Token> out = new ArrayList<>(tokens.size());
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.isOperator("^") && i > 0 && tokens.get(i - 1).is(Kind.PARTIAL) && isLetter(tokens.get(i + 1))) {
                // Upper or lower, it is a derivative by a coordinate.
                out.add(new Token(Kind.OPERATOR, "_", token.start(), token.end(), token.spaced()));
                continue;
            }
            int end = token.isOperator("^") && i > 0 && carries(tokens.get(i - 1)) ? end(tokens, i + 1) : 0;
            String name = end == 0 ? "" : name(tokens, i + 1, end);
            if (end == 0 || !isIndex(tokens, i + 1, end, known)) {
                out.add(token);
                continue;
            }
            int stop = tokens.get(end - 1).end();
            notes.warn(
                    "upper_index",
                    "“" + name + "” is read as an upper index, not as a power.",
                    token.start(),
                    stop - token.start());
            out.add(new Token(Kind.SUBSCRIPT, "up" + name, token.start(), stop, false));
            i = end - 1;
        }
        return out;
    }

    /** Whether two or more indices of a tensor stand below, from {@code i} on: then the one letter before them has them. */
    static boolean standBelow(TokenContext around, int i) {
        return around.at(i).isOperator("_")
                && around.at(i + 1).is(Kind.OPEN, "{")
                && isLetter(around.at(i + 2))
                && isLetter(around.at(i + 3));
    }

    private static boolean carries(Token token) {
        return token.is(Kind.LETTERS) || token.is(Kind.NAME) || token.is(Kind.CLOSE, "}");
    }

    /** Where the raised letters that begin at {@code i} end; 0 where something else is raised. */
    private static int end(List<Token> tokens, int i) {
        if (isLetter(tokens.get(i))) {
            return i + 1;
        }
        int k = i + 1;
        while (tokens.get(i).is(Kind.OPEN, "{") && k < tokens.size() && isLetter(tokens.get(k))) {
            k++;
        }
        return k > i + 1 && tokens.get(k).is(Kind.CLOSE, "}") ? k + 1 : 0;
    }

    private static boolean isIndex(List<Token> tokens, int from, int end, Set<String> letters) {
        for (int i = from; i < end; i++) {
            if (letters.contains(tokens.get(i).text()) && isLetter(tokens.get(i))) {
                return true;
            }
        }
        return false;
    }

    private static String name(List<Token> tokens, int from, int end) {
        StringBuilder name = new StringBuilder();
        for (int i = from; i < end; i++) {
            name.append(isLetter(tokens.get(i)) ? tokens.get(i).text() : "");
        }
        return name.toString();
    }

    /** The letters of every lower index, and of every raised group of two or more. */
    private static Set<String> known(List<Token> tokens) {
        Set<String> known = new HashSet<>();
        for (int i = 0; i + 1 < tokens.size(); i++) {
            boolean below = tokens.get(i).isOperator("_");
            if (below || tokens.get(i).isOperator("^")) {
                int end = end(tokens, i + 1);
                for (int k = i + 1; (below || end > i + 4) && k < end; k++) {
                    known.add(tokens.get(k).text());
                }
            }
        }
        return known;
    }

    private static boolean isLetter(Token token) {
        return token.is(Kind.NAME) && LETTERS.contains(token.text());
    }
}
