package phifleet.benchmark;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongUnaryOperator;

/** When requests are meant to start. */
public sealed interface Arrivals {
    /** A connection's next request follows its last answer: a slow target is asked less. */
    record Closed() implements Arrivals {}

    /**
     * Request number i is meant to start i intervals after the first, whatever the target does. Its latency counts from then, so
     * that a target which stops answering for a second is late for all that should have been sent in it, as for its real callers
     * (no "coordinated omission"; Gil Tene, How NOT to measure latency).
     *
     * @param perSecond requests a second, over 0
     */
    record Open(double perSecond) implements Arrivals {
        public Open {
            if (!(perSecond > 0) || Double.isInfinite(perSecond)) {
                throw new IllegalArgumentException("perSecond is " + perSecond + ", and must be over 0");
            }
        }

        /** Nanoseconds from the first request to the intended start of this one. */
        long dueNanos(long index) {
            return (long) (index * (1e9 / perSecond));
        }
    }

    /**
     * Each request is meant to start when a list says, whatever the target does; its latency counts from then.
     *
     * @param dueNanos from the first moment of the run to the intended start of a request, by its number; never falls
     */
    record Listed(LongUnaryOperator dueNanos) implements Arrivals {}

    /** Sleeps until {@link System#nanoTime()} is there; at once where it has passed. */
    static void awaitNanoTime(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
