package phifleet.equations.grammar.name;

import java.util.Set;
import phifleet.equations.ast.Function;
import phifleet.equations.budget.Budget;
import phifleet.equations.grammar.token.Letters;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;
import phifleet.equations.grammar.token.Vocabulary;

/** Runs of letters that are products: {@code nRT}, {@code mgsin}, {@code 2pir}. */
final class LetterProducts {
    /** From so many letters on a split is worth a warning. */
    static final int LONG_RUN = 4;

    private final Set<String> declared;
    /** Whether a lone d is a symbol, and whether others are of differentials all the same. */
    private final boolean bareD;

    private final boolean differentials;
    private final NamedTokens out;
    private final Budget budget;
    /** Letters of the longest word that may be cut out of a run. */
    private final int longest;

    LetterProducts(Set<String> declared, boolean bareD, boolean differentials, NamedTokens out, Budget budget) {
        this.declared = declared;
        this.bareD = bareD;
        this.differentials = differentials;
        this.out = out;
        this.budget = budget;
        this.longest = Math.max(
                Vocabulary.LONGEST_WORD,
                declared.stream().mapToInt(String::length).max().orElse(0));
    }

    /** Cuts a run into functions, long Greek names, differentials and letters. */
    void split(Token token) {
        String run = token.text();
        int k = 0;
        while (k < run.length()) {
            int end = longestWord(run, k);
            String piece = run.substring(k, end);
            Function function = end > k + 1 ? Vocabulary.function(piece) : null;
            boolean differential = piece.equals("d") && k > 0 && k + 2 == run.length() && (!bareD || differentials);
            if (function != null) {
                out.add(function, piece, token, k, end);
            } else if (differential) {
                out.add(Kind.DIFFERENTIAL, "d", token, k, end);
            } else {
                boolean pi = piece.equals("pi");
                out.add(pi ? Kind.CONSTANT : Kind.NAME, canonical(piece), token, k, end);
            }
            k = end;
        }
        if (run.length() >= LONG_RUN) {
            out.warn(
                    "implicit_product",
                    "“" + run + "” is read as a product of its letters; declare it in variables to keep it whole.",
                    token);
        }
    }

    int longestWord(String run, int from) {
        for (int end = Math.min(run.length(), from + longest); end > from + 1; end--) {
            budget.spend(1);
            String piece = run.substring(from, end);
            if (Vocabulary.standsOutInRun(piece) || Letters.standsOutInRun(piece) || declared.contains(piece)) {
                return end;
            }
        }
        return from + 1;
    }

    /** The symbol that a text spells: Greek letters have names. */
    static String canonical(String piece) {
        String greek = Letters.byName(piece);
        return greek == null ? piece : greek;
    }
}
