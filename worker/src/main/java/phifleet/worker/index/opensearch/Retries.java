package phifleet.worker.index.opensearch;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;

/** How often something is tried, and how long is waited in between: doubling pauses, of each a random half and more. Thread-safe. */
final class Retries {
    /** Doublings of the first pause. */
    private static final int MOST_DOUBLINGS = 6;

    private final int tries;
    private final long firstPauseMillis;
    private final LongUnaryOperator random;
    private final CountDownLatch ended = new CountDownLatch(1);

    /** With pauses of 100 ms to 6 s. */
    Retries(int tries) {
        this(tries, 100, bound -> ThreadLocalRandom.current().nextLong(bound));
    }

    /** @param random a number from 0 to one below the bound */
    Retries(int tries, long firstPauseMillis, LongUnaryOperator random) {
        this.tries = tries;
        this.firstPauseMillis = firstPauseMillis;
        this.random = random;
    }

    /** After so many tries, waits for the next; false where there is none. */
    boolean awaitNext(int tried) throws InterruptedException {
        if (tried >= tries) {
            return false;
        }
        long pause = firstPauseMillis << Math.min(tried - 1, MOST_DOUBLINGS);
        long half = (pause + 1) / 2;
        return !ended.await(half + random.applyAsLong(half + 1), TimeUnit.MILLISECONDS);
    }

    /** Nothing is tried again from now on. */
    void end() {
        ended.countDown();
    }
}
