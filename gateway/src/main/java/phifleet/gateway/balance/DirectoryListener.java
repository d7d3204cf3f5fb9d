package phifleet.gateway.balance;

/** Hears of changes in the fleet, on the thread that caused them, one after the other. It must not block. */
public interface DirectoryListener {
    /** Some worker came, went or changed its state. */
    default void changed(FleetSnapshot snapshot) {}

    /** A connection to the worker broke, or its models changed: a probe tells at once how it is. */
    default void doubted(Worker worker) {}

    /** A worker that was ready has gone without leaving the fleet first. It comes before the change of its state. */
    default void vanished(Worker worker) {}

    /** The worker will not answer what is in flight on it. */
    default void dead(Worker worker) {}
}
