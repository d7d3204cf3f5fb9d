package phifleet.gateway.balance;

import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** How the requests sent to one worker ended, or to all that ever were: counts that only grow. Safe from every thread. */
public final class Tally {
    private final @Nullable Tally sum;
    private final LongAdder served = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder abandoned = new LongAdder();

    /** Of all. */
    Tally() {
        this.sum = null;
    }

    /** Of one of them. */
    Tally(Tally sum) {
        this.sum = sum;
    }

    /** Requests answered to the end, whatever their status. */
    public long served() {
        return served.sum();
    }

    /** Requests that a worker failed; another may have answered them. */
    public long failed() {
        return failed.sum();
    }

    /** Requests whose client went away. */
    public long abandoned() {
        return abandoned.sum();
    }

    void countServed() {
        served.increment();
        if (sum != null) {
            sum.countServed();
        }
    }

    void countFailed() {
        failed.increment();
        if (sum != null) {
            sum.countFailed();
        }
    }

    void countAbandoned() {
        abandoned.increment();
        if (sum != null) {
            sum.countAbandoned();
        }
    }
}
