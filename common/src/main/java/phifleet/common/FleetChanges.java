package phifleet.common;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was done last with each model on all workers at once. Workers keep what they did, gateways what any worker did, so that it is
 * known for as long as one of them lives. Of very many, or very long ones, the oldest are forgotten. Thread-safe.
 */
public final class FleetChanges {
    private static final int MOST = 256;

    /** A worker's list is read each second by each gateway, and its {@code /info} may have 256 KiB. */
    private static final int MOST_CHARACTERS = 32 * 1024;

    private static final Comparator<FleetChange> ORDER = Comparator.comparing(FleetChange::stamp);

    private final Map<String, FleetChange> latest = new HashMap<>();

    /** Keeps a change, unless a later one of the same model is known, or it is longer than all may be. */
    public synchronized void add(FleetChange change) {
        if (covers(change.model(), change.stamp()) || characters(change) > MOST_CHARACTERS) {
            return;
        }
        latest.put(change.model(), change);
        while (latest.size() > MOST || characters() > MOST_CHARACTERS) {
            latest.remove(inOrder().getFirst().model());
        }
    }

    /** Whether this change of a model, or one after it, is known. */
    public synchronized boolean covers(String model, String stamp) {
        FleetChange known = latest.get(model);
        return known != null && known.stamp().compareTo(stamp) >= 0;
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
