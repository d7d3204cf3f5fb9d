package phifleet.inference.lane;

/**
 * How long a unit of work takes on one loop: the time of the latest batches by their cost, where older ones count ever less.
 *
 * <p>Only time inside the model counts, so an idle device forgets nothing. A ratio of sums weights each batch by its time, which
 * is what tells when a backlog ends; an average of ratios would be ruled by the smallest batches. One batch that the machine held
 * up changes little, since none counts as more than {@value #MOST_SLOWER} times as slow as those before; a device that has become
 * slower is followed all the same, by that factor a batch.
 *
 * <p>Not thread-safe.
 */
final class Pace {
    /** What the probe measured counts like so much time. */
    private static final double PROBED_NANOS = 0.1e9;

    private static final double MOST_SLOWER = 3;

    private final double memoryNanos;
    private double nanos;
    private double cost;

    /**
     * Knows what was probed.
     *
     * @param nanosPerUnit 0 where nothing is known
     * @param memoryNanos batches so much time ago count 1/e
     */
    Pace(double nanosPerUnit, double memoryNanos) {
        this.memoryNanos = memoryNanos;
        if (nanosPerUnit > 0) {
            nanos = PROBED_NANOS;
            cost = PROBED_NANOS / nanosPerUnit;
        }
    }

    void ran(double batchCost, long batchNanos) {
        double taken = cost == 0
                ? (double) batchNanos
                : Math.min((double) batchNanos, MOST_SLOWER * batchCost * nanosPerUnit());
        double kept = Math.exp(-taken / memoryNanos);
        nanos = nanos * kept + taken;
        cost = cost * kept + batchCost;
    }

    /** 0 where nothing is known yet. */
    double nanosPerUnit() {
        return cost == 0 ? 0 : nanos / cost;
    }
}
