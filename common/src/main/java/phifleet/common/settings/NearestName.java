package phifleet.common.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Which of some names was meant by one that is none of them. */
final class NearestName {
    /** Longer ones are no slips of the finger. */
    private static final int MOST_LETTERS = 64;

    private NearestName() {}

    /** The one with the fewest letters changed, put in or left out: at most a third of them. */
    static Optional<String> of(String name, Collection<String> names) {
        String wanted = plain(name);
        if (wanted.length() > MOST_LETTERS) {
            return Optional.empty();
        }
        return names.stream()
                .filter(other -> distance(wanted, plain(other)) <= Math.max(1, wanted.length() / 3))
                .min(Comparator.comparingInt(other -> distance(wanted, plain(other))));
    }

    /** Capitals, dashes and underscores are told apart by nobody who types. */
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    /** V. I. Levenshtein: Binary codes capable of correcting deletions, insertions, and reversals, 1966. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
