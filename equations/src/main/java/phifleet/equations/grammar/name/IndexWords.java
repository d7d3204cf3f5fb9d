package phifleet.equations.grammar.name;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/** Words that touch a letter and are its index: {@code vmax}, {@code Fnet}, {@code λmin}. */
final class IndexWords {
    private static final Set<String> WORDS = Set.of("max", "min", "net", "tot", "avg", "rms", "eff");
    /** Words that are an index only behind a sign for it, where LaTeX without braces would take their first letter: {@code v_esc}. */
    private static final Set<String> SUBSCRIPTS = Set.of(
            "esc", "ext", "int", "obs", "src", "rel", "sys", "env", "vap", "fus", "sat", "crit", "ind", "res", "gas",
            "liq", "atm", "air", "out", "orb", "sun", "kin", "pot", "cell", "rev", "init", "final", "total", "peak",
            "load", "stop", "drag", "lift", "surf", "grav", "elec", "mag", "spring", "water", "earth");

    /** Of each first state the second. */
    private static final Map<String, String> STATES = Map.of("i", "f", "o", "i", "c", "h");

    /** Letters of each of them. */
    private static final int LENGTH = 3;

    private IndexWords() {}

    static boolean isOne(String word) {
        return WORDS.contains(word);
    }

    /** Whether a run behind {@code _} is one index as a whole. */
    static boolean isSubscript(String run) {
        return WORDS.contains(run) || SUBSCRIPTS.contains(run);
    }

    /** Whether a run that is all of a side is a letter with an index, {@code vesc}. */
    static boolean isIndexedLetter(String run) {
        return run.length() > LENGTH && isSubscript(run.substring(1));
    }

    /**
     * Runs of a letter and the index of a state, where the same letter stands with the other state too: {@code vi} beside {@code vf}
     * (initial, final), {@code Vi} beside {@code Vo} (in, out), {@code Tc} beside {@code Th} (cold, hot).
     */
    static Set<String> pairs(List<Token> tokens, Set<String> declared) {
        Set<String> runs = new HashSet<>();
        for (Token token : tokens) {
            if (token.is(Kind.LETTERS) && token.text().length() == 2 && !declared.contains(token.text())) {
                runs.add(token.text());
            }
        }
        Set<String> paired = new HashSet<>();
        for (String run : runs) {
            String other = STATES.get(run.substring(1));
            if (other != null && runs.contains(run.charAt(0) + other)) {
                paired.add(run);
                paired.add(run.charAt(0) + other);
            }
        }
        return paired;
    }

    /** Where a word begins that is an index of the letter or the abbreviation before it; 0 where none does. */
    static int suffix(String run) {
        int end = run.length() - LENGTH;
        boolean base = end == 1 || (end > 1 && EnglishWords.isAbbreviation(run.substring(0, end)));
        return base && isOne(run.substring(end)) ? end : 0;
    }
}
