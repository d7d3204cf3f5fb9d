package phifleet.gateway.balance;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many retries the fleet can bear. Where a worker dies its requests go to the others, which is wanted; where all are
 * overloaded, retries would multiply the load, which is not. So retries may be a share of the requests of the last ten
 * seconds, plus a few a second so that a quiet fleet can retry at all.
 *
 * <p>Ten buckets of a second each; the oldest is dropped as time goes. Source: Finagle's RetryBudget. Safe from every
 * thread: one short lock, taken once a request.
 */
public final class RetryBudget {
    private static final int SECONDS = 10;

    private final double share;
    private final double perSecond;
    private final LongSupplier nanos;
    private final long[] requests = new long[SECONDS];
    private final long[] retries = new long[SECONDS];
    private long second;

    /**
     * @param share retries per request, such as 0.2
     * @param perSecond retries a second that are always allowed
     * @param nanos a clock in nanoseconds
     */
    public RetryBudget(double share, double perSecond, LongSupplier nanos) {
        this.share = share;
        this.perSecond = perSecond;
        this.nanos = nanos;
        this.second = now();
    }

    /** Counts a request's first attempt. */
    public synchronized void request() {
        advance();
        requests[slot(second)]++;
    }

    /** Takes one retry; false where the budget is spent. */
    public synchronized boolean tryRetry() {
        advance();
        long requestsSeen = 0;
        long retriesTaken = 0;
        for (int i = 0; i < SECONDS; i++) {
            requestsSeen += requests[i];
            retriesTaken += retries[i];
        }
        if (retriesTaken + 1 > share * requestsSeen + perSecond * SECONDS) {
            return false;
        }
        retries[slot(second)]++;
        return true;
    }

    private void advance() {
        long now = now();
        for (long passed = Math.max(second + 1, now - SECONDS + 1); passed <= now; passed++) {
            requests[slot(passed)] = 0;
            retries[slot(passed)] = 0;
        }
        second = Math.max(second, now);
    }

    private long now() {
        return TimeUnit.NANOSECONDS.toSeconds(nanos.getAsLong());
    }

    private static int slot(long second) {
        return (int) Math.floorMod(second, (long) SECONDS);
    }
}
