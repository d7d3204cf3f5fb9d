package phifleet.equations.law;

import java.util.List;
import java.util.Set;

/**
 * Letters of one dimension that differ by a number: a diameter is two radii, an angular frequency 2π frequencies. A law for
 * the one is not the same law for the other, for the numbers in a law are part of it.
 */
final class Twins {
    /** On each side the letters of one of two quantities. */
    private static final List<List<Set<String>>> PAIRS = List.of(
            List.of(Set.of("r", "R", "a"), Set.of("d", "D")),
            List.of(Set.of("f", "nu"), Set.of("omega", "Omega")),
            List.of(Set.of("h"), Set.of("hbar")),
            List.of(Set.of("lambda"), Set.of("lambdabar")));

    private Twins() {}

    /** Whether two names, subscripts aside, stand for two such quantities. */
    static boolean areTwins(String mine, String its) {
        String one = letter(mine);
        String other = letter(its);
        return PAIRS.stream()
                .anyMatch(pair -> (pair.get(0).contains(one) && pair.get(1).contains(other))
                        || (pair.get(1).contains(one) && pair.get(0).contains(other)));
    }

    private static String letter(String name) {
        int underscore = name.indexOf('_');
        return underscore < 0 ? name : name.substring(0, underscore);
    }
}
