package phifleet.inference.lane;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what a lane did since it opened, and tells another observer too. Thread-safe. */
public final class LaneStatistics implements LaneObserver {
    private final LaneObserver next;
    private final TreeMap<Integer, Batches> bySize = new TreeMap<>();
    private long inputs;
    private long batches;
    private long computeNanos;
    private long started;
    private long queueNanos;
    private long dropped;
    private long lastMillis;

    /**
     * What batches of one size came to.
     *
     * @param nanos inside the model
     */
    public record Batches(long count, long nanos) {
        Batches and(Batches other) {
            return new Batches(count + other.count, nanos + other.nanos);
        }
    }

    /**
     * All that was counted.
     *
     * @param inputs that ran
     * @param started submissions whose first input left the queue, after {@code queueNanos} together
     * @param dropped submissions that ended without an answer
     * @param lastMillis when the last batch ended, since the epoch; 0 for never
     * @param bySize by the number of a batch's inputs
     */
    public record Totals(
            long inputs,
            long batches,
            long computeNanos,
            long started,
            long queueNanos,
            long dropped,
            long lastMillis,
            Map<Integer, Batches> bySize) {

        /** What two lanes did together. */
        public Totals and(Totals other) {
            Map<Integer, Batches> sizes = new TreeMap<>(bySize);
            other.bySize.forEach((size, batches) -> sizes.merge(size, batches, Batches::and));
            return new Totals(
                    inputs + other.inputs,
                    batches + other.batches,
                    computeNanos + other.computeNanos,
                    started + other.started,
                    queueNanos + other.queueNanos,
                    dropped + other.dropped,
                    Math.max(lastMillis, other.lastMillis),
                    sizes);
        }

        /** Submissions that were answered, or are still running. */
        public long completed() {
            return Math.max(0, started - dropped);
        }
    }

    public LaneStatistics(LaneObserver next) {
        this.next = next;
    }

    @Override
    public synchronized void ranBatch(int items, long units, long paddedUnits, long inferenceNanos) {
        inputs += items;
        batches++;
        computeNanos += inferenceNanos;
        lastMillis = System.currentTimeMillis();
        bySize.merge(items, new Batches(1, inferenceNanos), Batches::and);
        next.ranBatch(items, units, paddedUnits, inferenceNanos);
    }

    @Override
    public synchronized void waited(long nanos) {
        started++;
        queueNanos += nanos;
        next.waited(nanos);
    }

    @Override
    public synchronized void dropped(String reason) {
        dropped++;
        next.dropped(reason);
    }

    public synchronized Totals totals() {
        SortedMap<Integer, Batches> copy = new TreeMap<>(bySize);
        return new Totals(inputs, batches, computeNanos, started, queueNanos, dropped, lastMillis, copy);
    }
}
