package phifleet.common;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was done last with each model on all workers at once, and what its name was made to stand for. Workers keep what they did, gateways what any worker did, so that it is
 * known for as long as one of them lives. Of very many, or very long ones, the oldest are forgotten. Thread-safe.
 */
public final class FleetChanges {
    private static final int MOST = 256;

    /** A worker's list is read each second by each gateway, and its {@code /info} may have 256 KiB. */
    private static final int MOST_CHARACTERS = 32 * 1024;

    private static final Comparator<FleetChange> ORDER = Comparator.comparing(FleetChange::stamp);

    private final Map<Subject, FleetChange> latest = new HashMap<>();

    /** What a change takes the place of: whether a model is held is one thing, what its name stands for another. */
    private record Subject(String model, boolean weights) {
        static Subject of(FleetChange change) {
            return new Subject(change.model(), change.action() == FleetChange.Action.WEIGHTS);
        }
    }

    /** Keeps a change, unless a later one of the same model is known, or it is longer than all may be. */
    public synchronized void add(FleetChange change) {
        if (covers(change) || characters(change) > MOST_CHARACTERS) {
            return;
        }
        latest.put(Subject.of(change), change);
        while (latest.size() > MOST || characters() > MOST_CHARACTERS) {
            latest.remove(Subject.of(inOrder().getFirst()));
        }
    }

    /** Whether this change, or one after it that takes its place, is known. */
    public synchronized boolean covers(FleetChange change) {
        FleetChange known = latest.get(Subject.of(change));
        return known != null && known.stamp().compareTo(change.stamp()) >= 0;
    }

    /** In the order in which they were asked for. */
    public synchronized List<FleetChange> inOrder() {
        return latest.values().stream().sorted(ORDER).toList();
    }

    /** A stamp that is later than all that are known, whatever the clocks of the gateways that gave those. */
    public synchronized String stampAfterAll(long nowMillis) {
        long newest =
                latest.values().stream().mapToLong(FleetChange::millis).max().orElse(0);
        return FleetChange.stamp(Math.max(nowMillis, newest + 1));
    }

    private int characters() {
        return latest.values().stream().mapToInt(FleetChanges::characters).sum();
    }

    private static int characters(FleetChange change) {
        return change.model().length()
                + (change.config() == null ? 0 : change.config().length());
    }
}
