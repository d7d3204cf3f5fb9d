package phifleet.benchmark;

/** Hears of each request as it ends. Called by many threads. */
@FunctionalInterface
public interface LoadObserver {
    /**
     * Takes how one request ended.
     *
     * @param startNanos when it was sent, by {@link System#nanoTime()}
     * @param endNanos when it ended
     */
    void ended(long startNanos, long endNanos, Ending ending);

    /** How a request may end. */
    enum Ending {
        /** The right answer. */
        GOOD,
        /** Another answer, or none at all. */
        LOST,
        /** The client's own time ran out. */
        GIVEN_UP
    }

    /** Listens to nothing. */
    static LoadObserver none() {
        return (start, end, ending) -> {};
    }
}
