package phifleet.inference.lane;

import java.time.Duration;

/** The answer to a submission, given at once: all of it is taken or none. */
public sealed interface Admission {

    /** Taken: an {@link Outcome} will follow, unless it already did. */
    record Accepted(Ticket ticket) implements Admission {}

    /**
     * Refused now, welcome later.
     *
     * @param queuedUnits work already waiting or running, in units of work (tokens for texts)
     * @param limitUnits the most that may wait or run
     * @param retryAfter when there should be room, from the rate at which work has lately been done
     */
    record Overloaded(long queuedUnits, long limitUnits, Duration retryAfter) implements Admission {}

    /** Refused for good: alone it is more than the lane ever takes. */
    record TooLarge(long units, long limitUnits) implements Admission {}

    /** Refused: the lane takes no new work. */
    record Draining() implements Admission {}

    /** The handle of an accepted submission. */
    @FunctionalInterface
    interface Ticket {
        /** Gives up what has not reached the device yet. Thread-safe; has no effect after the outcome. */
        void cancel();
    }
}
