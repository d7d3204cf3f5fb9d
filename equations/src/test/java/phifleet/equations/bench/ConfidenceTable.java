package phifleet.equations.bench;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import phifleet.equations.Verdict;

/**
 * How often each verdict is right on each basis, as judged equations have it. Few equations say little, so that each share is pulled
 * to the wider one above it, as if {@value #PULL} more equations had been judged that were right as often as those: a row to all rows
 * of its verdict, those to all verdicts, and all to one half.
 */
final class ConfidenceTable {
    private static final double PULL = 2;

    /** A proof is certain by what it is, and a solution by its residual: neither is a matter of frequency. */
    private static final Set<String> BY_NATURE =
            Set.of(Verdict.IDENTITY_PROVED.text(), Verdict.CONDITIONAL.text(), Verdict.WELL_FORMED.text());

    /**
     * What rests on how people write: whether an equation is to be solved, of which pairs that are identities or broken ones cannot tell how
     * often that is mistaken; and whether a constant is 1 in the units that are meant, as no judged law has it.
     */
    private static final Set<String> OF_WRITING = Set.of(
            "not_identity/slip",
            "not_identity/unsolved",
            "not_identity/unsolvable",
            "not_identity/rounded",
            "dimension_mismatch/convention/constant");

    private final Map<String, Tally> rows = new TreeMap<>();
    private final Map<String, Tally> verdicts = new TreeMap<>();
    private final Tally all = new Tally();

    /** Weighted counts. */
    private static final class Tally {
        private double right;
        private double weight;
        private int count;

        private void add(Judged judged) {
            right += judged.right() ? judged.weight() : 0;
            weight += judged.weight();
            count++;
        }

        private double pulledTo(double wider) {
            return (right + wider * PULL) / (weight + PULL);
        }
    }

    /** Of those that were read. */
    ConfidenceTable(List<Judged> judged) {
        for (Judged one : judged) {
            if (one.isRead()) {
                rows.computeIfAbsent(one.key(), key -> new Tally()).add(one);
                verdicts.computeIfAbsent(verdict(one.key()), key -> new Tally()).add(one);
                all.add(one);
            }
        }
    }

    /** The bases of verdicts that confidence is a matter of frequency for, in their order. */
    List<String> keys() {
        return rows.keySet().stream()
                .filter(key -> !BY_NATURE.contains(verdict(key)) && !OF_WRITING.contains(key))
                .toList();
    }

    /** How many equations got this verdict on this basis. */
    int count(String key) {
        return rows.getOrDefault(key, new Tally()).count;
    }

    /** What an equation is told that gets this verdict on this basis, which may be one that none of these had. */
    double confidence(String key) {
        Tally row = rows.getOrDefault(key, new Tally());
        Tally verdict = verdicts.getOrDefault(verdict(key), new Tally());
        return row.pulledTo(verdict.pulledTo(all.pulledTo(0.5)));
    }

    /** Whether this verdict's confidence is none of frequency. */
    static boolean isByNature(String key) {
        return BY_NATURE.contains(verdict(key));
    }

    private static String verdict(String key) {
        int slash = key.indexOf('/');
        return slash < 0 ? key : key.substring(0, slash);
    }
}
