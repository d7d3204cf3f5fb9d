package phifleet.gateway.balance;

import java.util.concurrent.atomic.LongAdder;

/** How the requests that one part of a split got have ended. Safe from every thread. */
public final class SplitTally {
    private final LongAdder requests = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LatencyWindow latency = new LatencyWindow();

    /** A request was answered, or refused with an error. */
    public void ended(boolean error, long nanos) {
        requests.increment();
        if (error) {
            errors.increment();
        }
        latency.record(nanos);
    }

    public long requests() {
        return requests.sum();
    }

    public long errors() {
        return errors.sum();
    }

    /** Of the last half minute or so. */
    public LatencyWindow.Quantiles latency() {
        return latency.quantiles();
    }

    void roll() {
        latency.roll();
    }
}
