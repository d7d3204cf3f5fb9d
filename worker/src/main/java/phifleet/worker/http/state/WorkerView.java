package phifleet.worker.http.state;

import java.util.function.Supplier;

/**
 * The worker, as its endpoints see it.
 *
 * @param states what it can do at this moment
 */
public record WorkerView(WorkerIdentity identity, Supplier<WorkerState> states) {

    public WorkerState state() {
        return states.get();
    }
}
