package phifleet.gateway.demand;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the workers' devices do by their own word: for all gateways together, and for what no answer's head can price, as
 * streams and ingest. Not thread-safe.
 */
final class WorkerUse {
    /** The part that the newest measurement has in the capacity. */
    private static final double NEWEST = 0.1;

    /** Less than this no worker is thought to give, whatever a few bad seconds say. */
    private static final double LEAST_CAPACITY = 0.2;

    private final Course used = new Course(FleetDemand.LONG_NANOS);
    private Map<Object, WorkerWord> before = new HashMap<>();
    private double usedSeconds;
    private double capacity = 1;

    void look(List<WorkerWord> words, long now) {
        Map<Object, WorkerWord> next = new HashMap<>();
        for (WorkerWord word : words) {
            WorkerWord last = before.get(word.worker());
            if (last != null && word.atNanos() - last.atNanos() > 0) {
                heard(last, word);
            }
            next.put(word.worker(), word);
        }
        before = next;
        used.add(now, usedSeconds);
    }

    private void heard(WorkerWord last, WorkerWord word) {
        double had = word.deviceSeconds() - last.deviceSeconds();
        double span = (word.atNanos() - last.atNanos()) / 1e9;
        if (had < 0) {
            // It started anew.
            return;
        }
        usedSeconds += had;
        if (last.loadSeconds() >= span) {
            // It had work in hand all the time: more it does not give.
            capacity = Math.clamp(capacity + NEWEST * (had / span - capacity), LEAST_CAPACITY, 1);
        }
    }

    /** Seconds of devices a second, over the last ten. */
    double usedASecond() {
        return used.rate(FleetDemand.LONG_NANOS);
    }

    /** Seconds of its device that a worker gives a second when it is never idle: 1, until one has shown that it is less. */
    double capacity() {
        return capacity;
    }
}
