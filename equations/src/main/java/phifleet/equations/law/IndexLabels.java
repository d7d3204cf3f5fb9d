package phifleet.equations.law;

import java.util.Set;

/**
 * What the index of a letter says of which of two quantities it is: of the hotter and the colder, of the first and the second, of one in its
 * standard state. A law of two such in other letters has them in the same places, or it is another equation: {@code 1 - T_h/T_c} is not
 * {@code 1 - T_2/T_1}.
 */
final class IndexLabels {
    private static final Set<String> FIRST = Set.of("1", "h", "H", "hot", "high");
    private static final Set<String> SECOND = Set.of("2", "c", "C", "cold", "low");
    private static final Set<String> STANDARD = Set.of("0", "std");

    private enum Label {
        FIRST,
        SECOND,
        STANDARD,
        NONE,
        OTHER
    }

    private IndexLabels() {}

    /** Whether a name cannot stand for another one of the same letter, since a third of that letter, among {@code all}, has its label. */
    static boolean differ(String mine, String its, Set<String> all) {
        Label label = label(mine);
        if (label == Label.OTHER || label == label(its) || !letter(mine).equals(letter(its))) {
            return false;
        }
        return all.stream()
                .anyMatch(other -> !other.equals(its) && letter(other).equals(letter(its)) && label(other) == label);
    }

    private static Label label(String name) {
        int underscore = name.indexOf('_');
        String index = underscore < 0 ? "" : name.substring(underscore + 1);
        return index.isEmpty()
                ? Label.NONE
                : FIRST.contains(index)
                        ? Label.FIRST
                        : SECOND.contains(index)
                                ? Label.SECOND
                                : STANDARD.contains(index) ? Label.STANDARD : Label.OTHER;
    }

    /** Without a Δ: it stands before all of one kind or before none. */
    private static String letter(String name) {
        String bare =
                name.startsWith("Delta") && name.length() > "Delta".length() && name.charAt("Delta".length()) != '_'
                        ? name.substring("Delta".length())
                        : name;
        int underscore = bare.indexOf('_');
        return underscore < 0 ? bare : bare.substring(0, underscore);
    }
}
