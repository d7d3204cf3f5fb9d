package phifleet.equations.bench;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import phifleet.equations.Verdict;

/**
 * How much laws that the table has count beside those that it lacks. The table was made by people who had seen these laws, so that it
 * has more of them than of what others type; and no law that it has can be refused by its letters, while its mutants can. Where both
 * counted by their number, a mismatch by letters would look surer than it is for a law that nobody wrote down.
 */
final class KnownShare {
    /** The share of laws of the table among laws that people type: of those written down afresh, 35 to 40 of 100 were in it. */
    private static final double SHARE = 0.4;

    private KnownShare() {}

    /** The same, with laws and mutants so weighed that those of the table have their share. */
    static List<Judged> weighed(List<Judged> laws) {
        Set<String> all = laws.stream().map(Judged::group).collect(Collectors.toSet());
        Set<String> known = laws.stream()
                .filter(one -> one.truth() && one.verdict().equals(Verdict.KNOWN_LAW.text()))
                .map(Judged::group)
                .collect(Collectors.toSet());
        if (known.isEmpty() || known.size() == all.size()) {
            return laws;
        }
        double ofKnown = SHARE * all.size() / known.size();
        double ofOthers = (1 - SHARE) * all.size() / (all.size() - known.size());
        return laws.stream()
                .map(one -> one.weighed(known.contains(one.group()) ? ofKnown : ofOthers))
                .toList();
    }
}
