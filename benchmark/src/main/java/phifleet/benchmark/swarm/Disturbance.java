package phifleet.benchmark.swarm;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import phifleet.benchmark.LoadObserver;

/** How much of an event its clients saw: what was lost, how long anybody waited, and until when. */
final class Disturbance implements LoadObserver {
    /** Whoever waited longer was disturbed; on a busy machine a calm fleet stays well below it. */
    private static final long UNDISTURBED_NANOS = TimeUnit.SECONDS.toNanos(2);

    private long requests;
    private long lost;
    private long givenUp;
    private long longestNanos;
    private long lastDisturbedNanos;
    private boolean disturbed;

    @Override
    public synchronized void ended(long startNanos, long endNanos, Ending ending) {
        requests++;
        longestNanos = Math.max(longestNanos, endNanos - startNanos);
        switch (ending) {
            case GOOD -> {}
            case LOST -> lost++;
            case GIVEN_UP -> givenUp++;
        }
        if (ending != Ending.GOOD || endNanos - startNanos > UNDISTURBED_NANOS) {
            lastDisturbedNanos = disturbed ? Math.max(lastDisturbedNanos, endNanos) : endNanos;
            disturbed = true;
        }
    }

    synchronized long requests() {
        return requests;
    }

    synchronized long lost() {
        return lost;
    }

    synchronized long givenUp() {
        return givenUp;
    }

    synchronized Duration longestWait() {
        return Duration.ofNanos(longestNanos);
    }

    /** From the event to the end of the last request that was disturbed; zero where none was. */
    synchronized Duration lasted(long eventNanos) {
        return disturbed ? Duration.ofNanos(Math.max(0, lastDisturbedNanos - eventNanos)) : Duration.ZERO;
    }
}
