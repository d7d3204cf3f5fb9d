package phifleet.gateway;

import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.gateway.balance.DirectoryListener;
import phifleet.gateway.balance.FleetSnapshot;
import phifleet.gateway.balance.Worker;
import phifleet.gateway.balance.WorkerState;

/** Writes each change of a worker's state to the log, in one line. The directory calls it under its lock. */
final class StateLog implements DirectoryListener {
    private static final Logger LOG = LoggerFactory.getLogger(StateLog.class);

    private final Map<Worker, WorkerState> last = new WeakHashMap<>();

    @Override
    public void changed(FleetSnapshot snapshot) {
        for (Worker worker : Set.copyOf(snapshot.workers())) {
            WorkerState state = worker.state();
            @Nullable WorkerState before = last.put(worker, state);
            if (state != before) {
                String reason = worker.reason() == null ? "" : " (" + worker.reason() + ")";
                LOG.info(
                        "worker {} at {} is {}{}, {} in flight",
                        worker.card().id(),
                        worker.card().url(),
                        state.label(),
                        reason,
                        worker.inFlight());
            }
        }
    }
}
