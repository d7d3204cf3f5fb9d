package phifleet.inference.lane;

/**
 * How long a batch of long work may hold a loop of a device, so that those who come with little are not kept by it.
 *
 * <p>A small submission that finds all loops in long batches waits for the first to end. So while such come, long work runs in
 * batches that take no longer than theirs; the longer none came, the longer the batches, up to half of that time.
 *
 * <p>Not thread-safe: guarded by the device's lock.
 */
final class Patience {
    /** How much the newest batch changes the usual time. */
    private static final double GAIN = 0.1;

    private boolean known;
    private long cameAt;
    private double usualNanos;

    /** Work came that somebody waits for and that is not long. */
    void came(long now) {
        known = true;
        cameAt = now;
    }

    /** A batch of such work ran. */
    void ran(double nanos) {
        usualNanos = usualNanos == 0 ? nanos : usualNanos + GAIN * (nanos - usualNanos);
    }

    /** The most nanoseconds that a batch of long work should take now. */
    double most(long now) {
        return known ? Math.max(usualNanos, (now - cameAt) / 2.0) : Double.POSITIVE_INFINITY;
    }
}
