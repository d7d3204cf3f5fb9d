package phifleet.gateway.http;

import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import phifleet.gateway.balance.DirectoryListener;
import phifleet.gateway.balance.FleetSnapshot;
import phifleet.gateway.balance.Worker;
import phifleet.gateway.balance.WorkerState;
import phifleet.gateway.history.FleetEvent.Kind;
import phifleet.gateway.history.FleetEventRing;

/** Makes an event of each change of a worker's state. The directory calls it under its lock. */
final class FleetChronicle implements DirectoryListener {
    private final FleetEventRing events;
    private final Map<Worker, WorkerState> last = new WeakHashMap<>();
    private @Nullable Worker vanished;

    FleetChronicle(FleetEventRing events) {
        this.events = events;
    }

    @Override
    public void vanished(Worker worker) {
        vanished = worker;
    }

    @Override
    public void changed(FleetSnapshot snapshot) {
        for (Worker worker : Set.copyOf(snapshot.workers())) {
            WorkerState state = worker.state();
            @Nullable WorkerState before = last.put(worker, state);
            if (before == null && state != WorkerState.JOINING) {
                // It came and went on before anybody was told.
                note(worker, WorkerState.JOINING, null);
                note(worker, state, WorkerState.JOINING);
            } else if (state != before) {
                note(worker, state, before);
            }
        }
        vanished = null;
    }

    private void note(Worker worker, WorkerState state, @Nullable WorkerState before) {
        String id = worker.card().id();
        switch (state) {
            case JOINING -> events.add(Kind.JOINED, id, id + " joins.");
            case READY ->
                events.add(Kind.READY, id, id + (before == WorkerState.JOINING ? " is ready." : " is ready again."));
            case CORDONED -> {
                // An operator's doing, which is told as that.
            }
            case DRAINING -> events.add(Kind.DRAINING, id, id + " drains" + reason(worker) + ".");
            case EJECTED -> events.add(Kind.PASSED_OVER, id, id + " is passed over" + reason(worker) + ".");
            case GONE -> {
                if (worker == vanished) {
                    events.add(Kind.DIED, id, id + " is gone, and did not leave the fleet first.");
                } else {
                    events.add(Kind.LEFT, id, id + " is gone: it left the fleet.");
                }
            }
        }
    }

    private static String reason(Worker worker) {
        return worker.reason() == null ? "" : " (" + worker.reason() + ")";
    }
}
