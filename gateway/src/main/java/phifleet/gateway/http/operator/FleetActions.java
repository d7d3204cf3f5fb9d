package phifleet.gateway.http.operator;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.http.json.Excerpt;

/** What operators do through this gateway, for the log and for whoever listens. Safe from every thread. */
public final class FleetActions {
    private static final Logger LOG = LoggerFactory.getLogger("phifleet.actions");

    private final Clock clock;
    private final List<Consumer<FleetAction>> listeners = new CopyOnWriteArrayList<>();

    public FleetActions(Clock clock) {
        this.clock = clock;
    }

    /** Hears of each action, on the thread that did it. It must not block. */
    public void listen(Consumer<FleetAction> listener) {
        listeners.add(listener);
    }

    /** Something was done just now, by whose key that is. */
    void done(String by, String what, @Nullable String worker, @Nullable String detail) {
        FleetAction action = new FleetAction(clock.instant(), by, what, worker, detail);
        LOG.info(
                "{} by {}{}{}",
                what,
                by,
                worker == null ? "" : " of worker " + worker,
                detail == null ? "" : ": " + Excerpt.of(detail));
        listeners.forEach(listener -> listener.accept(action));
    }
}
