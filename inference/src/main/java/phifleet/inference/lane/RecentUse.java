package phifleet.inference.lane;

/** Which part of a device's time something has lately had. Not thread-safe. */
final class RecentUse {
    /** Use so long ago counts 1/e. */
    private static final double MEMORY_NANOS = 2e9;

    private double nanos;
    private long at;

    /** Counts time on the device. */
    void add(double used, long now) {
        nanos = Math.max(0, fadedTo(now) + used);
        at = now;
    }

    /** From 0 to 1, where 1 is the whole device. */
    double share(long now) {
        return Math.min(1, fadedTo(now) / MEMORY_NANOS);
    }

    private double fadedTo(long now) {
        return nanos * Math.exp(-Math.max(0, now - at) / MEMORY_NANOS);
    }
}
