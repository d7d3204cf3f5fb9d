package phifleet.gateway.balance;

import java.util.Locale;

/** What the gateway thinks of a worker. Only {@link #READY} workers are picked while there is one. */
public enum WorkerState {
    /** Announced, and not yet seen to answer. */
    JOINING,
    /** Takes requests. */
    READY,
    /** Kept from new requests by an operator; what is in flight on it may finish. */
    CORDONED,
    /** Has left the fleet or says that it is not ready; what is in flight on it may finish. */
    DRAINING,
    /** Announced, but failing: passed over for a while. */
    EJECTED,
    /** Has left the fleet and answers no more. */
    GONE;

    /** The name in answers and metrics. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
