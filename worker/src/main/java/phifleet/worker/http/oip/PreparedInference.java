package phifleet.worker.http.oip;

import java.util.List;
import java.util.function.Function;
import phifleet.common.Problem;
import phifleet.inference.model.TensorSet;
import phifleet.worker.http.lane.LaneCall;

/** What is left to do for a request that fits its model's signature, whatever the dialect that brought it. */
sealed interface PreparedInference {

    /** Nothing: its outputs are known. */
    record Known(TensorSet outputs) implements PreparedInference {}

    /** Nothing: there are none. */
    record Refused(Problem problem) implements PreparedInference {}

    /**
     * It waits for its lane.
     *
     * @param <O> one output of the lane
     * @param outputs makes the protocol's of the lane's
     */
    record Queued<O>(LaneCall<O> call, Function<List<O>, TensorSet> outputs) implements PreparedInference {}
}
