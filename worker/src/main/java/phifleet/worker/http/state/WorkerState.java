package phifleet.worker.http.state;

import java.util.Locale;
import phifleet.inference.Catalogue;

/**
 * What a worker can do at this moment.
 *
 * @param phase decides whether work is taken
 * @param reason for a person: what it waits for; empty when ready
 * @param models those loaded so far
 */
public record WorkerState(Phase phase, String reason, Catalogue models) {

    /** The life of a worker, in its order. */
    public enum Phase {
        STARTING,
        READY,
        DRAINING;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static WorkerState ready(Catalogue models) {
        return new WorkerState(Phase.READY, "", models);
    }

    public boolean isReady() {
        return phase == Phase.READY;
    }
}
