package phifleet.worker.http;

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

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static WorkerState ready(Encoders encoders) {
        return new WorkerState(Phase.READY, "", encoders);
    }

    boolean isReady() {
        return phase == Phase.READY;
    }
}
