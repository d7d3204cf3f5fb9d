package phifleet.worker.http.state;

import java.util.Locale;
import phifleet.inference.text.Encoders;

/**
 * What a worker can do at this moment.
 *
 * @param phase decides whether work is taken
 * @param reason for a person: what it waits for; empty when ready
 * @param encoders the models loaded so far
 */
public record WorkerState(Phase phase, String reason, Encoders encoders) {

    /** The life of a worker, in its order. */
    public enum Phase {
        STARTING,
        READY,
        DRAINING;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static WorkerState ready(Encoders encoders) {
        return new WorkerState(Phase.READY, "", encoders);
    }

    public boolean isReady() {
        return phase == Phase.READY;
    }
}
