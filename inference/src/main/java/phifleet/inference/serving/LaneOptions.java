package phifleet.inference.serving;

import java.time.Duration;
import phifleet.inference.lane.ArrivalOrderPolicy;
import phifleet.inference.lane.BatchLimits;
import phifleet.inference.lane.BatchPolicy;
import phifleet.inference.lane.LaneSettings;
import phifleet.inference.lane.LengthAwarePolicy;
import phifleet.inference.model.ModelSpec;

/**
 * How much the lanes of a process take, and on how many threads they run.
 *
 * @param queueTokens tokens that may wait or run for one model; over it requests are refused
 * @param queueElements elements of tensors that may wait or run for one model; over it requests are refused
 * @param queueLimit how long other work may delay a request; past it requests are refused
 * @param batchItems the most texts of one batch
 * @param window how many waiting texts a batch is chosen from
 * @param loops threads that run models on the CPU; 0 for one a core
 * @param gpuLoops threads that run models on each GPU; 0 for one or two, as is found to be faster
 */
public record LaneOptions(
        Batching batching,
        long queueTokens,
        long queueElements,
        Duration queueLimit,
        int batchItems,
        int window,
        int loops,
        int gpuLoops) {

    /** For programs that hold their lists themselves, and wait: never refused, whatever waits. */
    public static final LaneOptions UNBOUNDED =
            new LaneOptions(Batching.LENGTH_AWARE, 1L << 40, 1L << 40, Duration.ofDays(365), 512, 256, 0, 0);

    /** How batches are formed. */
    public enum Batching {
        /** Inputs of similar length together. */
        LENGTH_AWARE,
        /** First come, first served: the baseline that others use. */
        ARRIVAL_ORDER
    }

    /** The most inputs of one batch of a model. */
    public int batchItems(ModelSpec.Scheduling scheduling) {
        return scheduling.batchItems() > 0 ? scheduling.batchItems() : batchItems;
    }

    public BatchPolicy policy() {
        return switch (batching) {
            case LENGTH_AWARE -> new LengthAwarePolicy();
            case ARRIVAL_ORDER -> new ArrivalOrderPolicy();
        };
    }

    /**
     * For the lane of one model.
     *
     * @param limitUnits of work that may wait or run
     * @param nanosPerUnit as probed; 0 where it is not known yet
     */
    public LaneSettings laneSettings(
            long limitUnits, BatchLimits batch, ModelSpec.Scheduling scheduling, double nanosPerUnit) {
        return new LaneSettings(
                limitUnits,
                queueLimit,
                batch,
                window,
                scheduling.weight(),
                scheduling.company(),
                scheduling.instances() > 0 ? scheduling.instances() : Integer.MAX_VALUE,
                nanosPerUnit);
    }
}
