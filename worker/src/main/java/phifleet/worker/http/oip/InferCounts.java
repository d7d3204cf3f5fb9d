package phifleet.worker.http.oip;

import java.util.Map;
import java.util.TreeMap;
import phifleet.inference.ServedModel;
import phifleet.inference.lane.LaneStatistics;

/**
 * Triton's statistics of a model, from what its lane counted. Times that are not measured apart are 0.
 *
 * @param inferences inputs that ran
 * @param executions batches that ran
 * @param lastMillis when the last one ended, since the epoch; 0 for never
 * @param bySize by the number of a batch's inputs
 */
public record InferCounts(
        long inferences,
        long executions,
        long lastMillis,
        Span success,
        Span fail,
        Span queue,
        Span compute,
        Map<Integer, Span> bySize) {

    /** So many of something, which took so long together. */
    public record Span(long count, long nanos) {
        static final Span NONE = new Span(0, 0);

        /** As many, of which no time is known. */
        Span untimed() {
            return new Span(count, 0);
        }
    }

    public InferCounts {
        bySize = new TreeMap<>(bySize);
    }

    public static InferCounts of(ServedModel model) {
        LaneStatistics.Totals totals = model.statistics();
        Map<Integer, Span> bySize = new TreeMap<>();
        totals.bySize().forEach((size, batches) -> bySize.put(size, new Span(batches.count(), batches.nanos())));
        return new InferCounts(
                totals.inputs(),
                totals.batches(),
                totals.lastMillis(),
                new Span(totals.completed(), totals.queueNanos() + totals.computeNanos()),
                new Span(totals.dropped(), 0),
                new Span(totals.started(), totals.queueNanos()),
                new Span(totals.batches(), totals.computeNanos()),
                bySize);
    }
}
