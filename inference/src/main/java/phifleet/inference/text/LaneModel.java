package phifleet.inference.text;

import java.util.function.Consumer;
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
abstract class LaneModel<O> implements ServedModel {
    private final ModelDescription description;
    private final Lane<TokenSequence, O> lane;
    private final LaneStatistics statistics;

    /** @param statistics what observes the lane */
    LaneModel(ModelDescription description, Lane<TokenSequence, O> lane, LaneStatistics statistics) {
        this.description = description;
        this.lane = lane;
        this.statistics = statistics;
    }

    final Admission submit(
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
