package phifleet.inference.tensor;

import java.util.List;
import java.util.function.Consumer;
import phifleet.inference.ServedModel;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.Outcome;
import phifleet.inference.lane.Priority;
import phifleet.inference.model.Signature;
import phifleet.inference.model.TensorSet;

/** A loaded model that takes tensors, with its lane. Thread-safe. */
public interface TensorModel extends ServedModel {

    Signature signature();

    /** The most rows along the first axis that run together; 0 where the model has no axis for them. */
    int maxRows();

    /**
     * Submits one request's tensors, which are taken as one: all of them or none.
     *
     * @param inputs each with all that the signature names, each of its type and of a shape that it accepts
     * @param deadlineNanos on the scale of {@link System#nanoTime}; {@link Long#MAX_VALUE} for none
     * @param outcome called exactly once if the answer is {@code Accepted}, on a thread of the lane's: it must not block,
     *     and may be called before this method returns
     */
    Admission infer(
            List<TensorSet> inputs, Priority priority, long deadlineNanos, Consumer<Outcome<TensorSet>> outcome);

    /** The same for one input. */
    default Admission infer(
            TensorSet inputs, Priority priority, long deadlineNanos, Consumer<Outcome<TensorSet>> outcome) {
        return infer(List.of(inputs), priority, deadlineNanos, outcome);
    }
}
