package phifleet.benchmark;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongUnaryOperator;

/** When requests are meant to start. */
public sealed interface Arrivals {
    /** A connection's next request follows its last answer: a slow target is asked less. */
    record Closed() implements Arrivals {}

    /**
     * Each request is meant to start at a moment of its own, whatever the target does. Its latency counts from then, so that a target
     * which stops answering for a second is late for all that should have been sent in it, as for its real callers (no "coordinated
     * omission"; Gil Tene, How NOT to measure latency).
     *
     * @param dueNanos from the first moment of the run to the intended start of a request, by its number; never falls
     */
    record Open(LongUnaryOperator dueNanos) implements Arrivals {
        /**
         * Request number i is meant to start i intervals after the first.
         *
         * @param perSecond requests a second, over 0
         */
        public static Open every(double perSecond) {
            if (!(perSecond > 0) || Double.isInfinite(perSecond)) {
                throw new IllegalArgumentException("perSecond is " + perSecond + ", and must be over 0");
            }
            return new Open(index -> (long) (index * (1e9 / perSecond)));
        }

        /**
         * Requests are meant to start at listed moments.
         *
         * @param seconds from the first moment of the run on, never falling
         */
        public static Open at(double[] seconds) {
            return new Open(index -> Math.round(seconds[(int) index] * 1e9));
        }
    }

    /** Sleeps until {@link System#nanoTime()} is there; at once where it has passed. */
    static void awaitNanoTime(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
