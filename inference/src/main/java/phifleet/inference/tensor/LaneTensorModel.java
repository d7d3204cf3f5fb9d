package phifleet.inference.tensor;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.Lane;
import phifleet.inference.lane.LaneState;
import phifleet.inference.lane.LaneStatistics;
import phifleet.inference.lane.Outcome;
import phifleet.inference.lane.Priority;
import phifleet.inference.model.ModelDescription;
import phifleet.inference.model.Signature;
import phifleet.inference.model.TensorSet;

/**
 * A model of tensors whose answers come from a lane.
 *
 * @param maxRows 0 where requests are not joined
 * @param counts what observes the lane
 */
public record LaneTensorModel(
        ModelDescription description,
        Signature signature,
        int maxRows,
        Lane<TensorSet, TensorSet> queue,
        LaneStatistics counts)
        implements TensorModel {

    @Override
    public LaneState lane() {
        return queue.state();
    }

    @Override
    public LaneStatistics.Totals statistics() {
        return counts.totals();
    }

    @Override
    public Admission.@Nullable Overloaded refusal(Priority priority) {
        return queue.refusal(priority);
    }

    @Override
    public Admission infer(
            List<TensorSet> inputs, Priority priority, long deadlineNanos, Consumer<Outcome<TensorSet>> outcome) {
        return queue.submit(inputs, priority, deadlineNanos, outcome);
    }
}
