package phifleet.inference.lane;

import java.time.Duration;
import phifleet.inference.model.WorkUnit;

/** The answer to a submission, given at once: all of it is taken or none. */
public sealed interface Admission {

    /** Taken: an {@link Outcome} will follow, unless it already did. */
    record Accepted(Ticket ticket) implements Admission {}

    /**
     * Refused now, welcome later.
     *
     * @param retryAfter when it would be taken if nothing else came
     */
    record Overloaded(Excess excess, Duration retryAfter) implements Admission {}

    /** Refused for good: alone it is more than the lane ever takes. */
    record TooLarge(WorkUnit unit, long units, long limitUnits) implements Admission {}

    /**
     * Refused for good: alone on the device it would end after its deadline.
     *
     * @param needed how long it would take alone
     * @param left until its deadline
     */
    record TooLate(Duration needed, Duration left) implements Admission {}

    /** Refused: the lane takes no new work. */
    record Draining() implements Admission {}

    /** Of what there is too much. */
    sealed interface Excess {

        /**
         * Of work.
         *
         * @param queuedUnits what waits or runs already
         * @param limitUnits the most that may
         */
        record Work(WorkUnit unit, long queuedUnits, long limitUnits) implements Excess {}

        /**
         * Of time until the work would be done.
         *
         * @param expected when it would be, at the measured pace
         * @param most how long it may take
         * @param bound what says so
         */
        record Time(Duration expected, Duration most, Bound bound) implements Excess {}
    }

    /** What bounds the time of a submission. */
    enum Bound {
        /** Its own deadline. */
        DEADLINE,
        /** How long others' work may delay it here. */
        QUEUE
    }

    /** The handle of an accepted submission. */
    @FunctionalInterface
    interface Ticket {
        /** Gives up what has not reached the device yet. Thread-safe; has no effect after the outcome. */
        void cancel();
    }
}
