package phifleet.equations.law;

import java.util.List;
import java.util.Set;

/** Letters that are written for one quantity from book to book: an energy is E, K, T, U, V or W, a distance s, d or x. */
final class Synonyms {
    private static final List<Set<String>> SETS = List.of(
            Set.of("E", "K", "T", "U", "V", "W", "KE", "PE"),
            Set.of("s", "d", "x", "y"),
            Set.of("l", "L"),
            Set.of("q", "Q"));

    private Synonyms() {}

    /** Whether two names may stand for one quantity, given that they have one dimension: alike but for their case, or synonyms without an index. */
    static boolean are(String one, String other) {
        return one.equalsIgnoreCase(other) || SETS.stream().anyMatch(set -> set.contains(one) && set.contains(other));
    }
}
