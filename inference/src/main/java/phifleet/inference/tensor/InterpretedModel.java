package phifleet.inference.tensor;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.LaneState;
import phifleet.inference.lane.LaneStatistics;
import phifleet.inference.lane.Outcome;
import phifleet.inference.lane.Priority;
import phifleet.inference.model.ModelDescription;
import phifleet.inference.model.Signature;
import phifleet.inference.model.TensorSet;

/** A model of tensors of which it is known what goes in and what comes out means; another one runs it. */
interface InterpretedModel extends TensorModel {

    /** The one that runs it. */
    TensorModel tensors();

    @Override
    default ModelDescription description() {
        return tensors().description();
    }

    @Override
    default Signature signature() {
        return tensors().signature();
    }

    @Override
    default int maxRows() {
        return tensors().maxRows();
    }

    @Override
    default LaneState lane() {
        return tensors().lane();
    }

    @Override
    default LaneStatistics.Totals statistics() {
        return tensors().statistics();
    }

    @Override
    default Admission.@Nullable Overloaded refusal(Priority priority) {
        return tensors().refusal(priority);
    }

    @Override
    default Admission infer(
            List<TensorSet> inputs, Priority priority, long deadlineNanos, Consumer<Outcome<TensorSet>> outcome) {
        return tensors().infer(inputs, priority, deadlineNanos, outcome);
    }
}
