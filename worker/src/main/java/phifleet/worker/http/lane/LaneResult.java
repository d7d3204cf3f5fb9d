package phifleet.worker.http.lane;

import java.util.List;
import phifleet.common.Problem;
import phifleet.inference.lane.Timing;

/**
 * What came of inputs that were offered to a lane, whatever the dialect that offered them.
 *
 * @param <O> one output
 */
public sealed interface LaneResult<O> {

    /** Outputs in the order of the inputs. */
    record Done<O>(List<O> outputs, Timing timing) implements LaneResult<O> {}

    /** There are none. */
    record Refused<O>(Problem problem) implements LaneResult<O> {}
}
