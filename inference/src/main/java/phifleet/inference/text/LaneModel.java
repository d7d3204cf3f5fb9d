package phifleet.inference.text;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import phifleet.inference.ServedModel;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.Lane;
import phifleet.inference.lane.LaneState;
import phifleet.inference.lane.LaneStatistics;
import phifleet.inference.lane.Outcome;
import phifleet.inference.lane.Priority;
import phifleet.inference.model.ModelDescription;
import phifleet.inference.model.TokenSequence;

/**
 * A model of texts whose answers come from a lane.
 *
 * @param <O> one answer
 */
public abstract class LaneModel<O> implements ServedModel {
    private final ModelDescription description;
    private final Lane<TokenSequence, O> lane;
    private final LaneStatistics statistics;
    private final LongSupplier nanoClock;

    /**
     * @param statistics what observes the lane
     * @param nanoClock tells how long tokenising took
     */
    protected LaneModel(
            ModelDescription description,
            Lane<TokenSequence, O> lane,
            LaneStatistics statistics,
            LongSupplier nanoClock) {
        this.description = description;
        this.lane = lane;
        this.statistics = statistics;
        this.nanoClock = nanoClock;
    }

    /** For so many inputs; the time counts from now. */
    protected final Encodings encodings(int inputs) {
        return new Encodings(inputs, nanoClock);
    }

    protected final Admission submit(
            Encoding.Encoded encoded, Priority priority, long deadlineNanos, Consumer<Outcome<O>> outcome) {
        return lane.submit(encoded.sequences(), priority, deadlineNanos, outcome);
    }

    @Override
    public final ModelDescription description() {
        return description;
    }

    @Override
    public final Admission.@Nullable Overloaded refusal(Priority priority) {
        return lane.refusal(priority);
    }

    @Override
    public final LaneState lane() {
        return lane.state();
    }

    @Override
    public final LaneStatistics.Totals statistics() {
        return statistics.totals();
    }
}
