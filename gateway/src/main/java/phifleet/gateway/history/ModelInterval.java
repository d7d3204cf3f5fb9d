package phifleet.gateway.history;

import org.HdrHistogram.Histogram;

/** How the requests of one model ended within some time. */
public final class ModelInterval {
    private final long failed;
    private final Histogram latencies;

    ModelInterval(long failed, Histogram latencies) {
        this.failed = failed;
        this.latencies = latencies;
    }

    /** Both together. */
    public ModelInterval and(ModelInterval other) {
        Histogram both = new Histogram(ModelCounts.DIGITS);
        both.setAutoResize(true);
        both.add(latencies);
        both.add(other.latencies);
        return new ModelInterval(failed + other.failed, both);
    }

    public long requests() {
        return latencies.getTotalCount();
    }

    public long failed() {
        return failed;
    }

    /** In milliseconds; 0 where there were no requests. */
    public double quantile(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e3;
    }
}
