package phifleet.worker.http.state;

import java.util.Locale;
import phifleet.inference.Catalogue;

/**
 * What a worker can do at this moment.
 *
 * @param phase decides whether work is taken
 * @param reason for a person: what it waits for; empty when ready
 * @param models those loaded so far
 * @param demand those that are loaded when a request names them
 */
public record WorkerState(Phase phase, String reason, Catalogue models, OnDemand demand) {

    /** Of a worker whose models are all loaded at its start. */
    public WorkerState(Phase phase, String reason, Catalogue models) {
        this(phase, reason, models, OnDemand.NONE);
    }

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

    /** The same with other models. */
    public WorkerState with(Catalogue loaded) {
        return new WorkerState(phase, reason, loaded, demand);
    }

    /** The same in another phase. */
    public WorkerState in(Phase other, String why) {
        return new WorkerState(other, why, models, demand);
    }

    public boolean isReady() {
        return phase == Phase.READY;
    }
}
