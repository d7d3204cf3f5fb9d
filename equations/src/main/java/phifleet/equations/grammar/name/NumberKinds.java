package phifleet.equations.grammar.name;

import java.util.List;
import java.util.Set;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/** Kinds of numbers by their names: {@code n integer}, {@code x is real}. */
final class NumberKinds {
    private static final Set<String> KINDS = Set.of("real", "complex", "integer", "natural", "positive", "nonnegative");
    private static final Set<String> BESIDE = Set.of("is", "are", "a", "an", "all");

    private NumberKinds() {}

    /** The kind that a word, or the last of several in one token, names; empty where it names none. */
    static String of(Token token) {
        if (!token.is(Kind.LETTERS) && !token.is(Kind.TEXT)) {
            return "";
        }
        List<String> words = List.of(token.text().strip().split("\\s+"));
        boolean fits = KINDS.contains(words.getLast()) && BESIDE.containsAll(words.subList(0, words.size() - 1));
        return fits ? words.getLast() : "";
    }

    /** Whether it is a word that stands between a symbol and its kind. */
    static boolean isBeside(Token token) {
        return (token.is(Kind.LETTERS) || token.is(Kind.TEXT))
                && BESIDE.contains(token.text().strip());
    }
}
