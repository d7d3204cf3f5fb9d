package phifleet.http.caller;

import java.util.function.LongSupplier;

/**
 * An allowance that fills at a steady pace up to what it holds. It is taken from at once ({@link #take}), or afterwards, when the cost is
 * known ({@link #owe}): then it may fall below nothing, and nobody gets anything before that is made up for. Thread-safe.
 */
final class TokenBucket {
    private static final double NANOS = 1e9;

    private final double capacity;
    private final double perSecond;
    private final LongSupplier nanos;
    private double level;
    private long at;

    /**
     * A full one.
     *
     * @param capacity the most that it holds
     * @param nanos the clock
     */
    TokenBucket(double capacity, double perSecond, LongSupplier nanos) {
        this.capacity = capacity;
        this.perSecond = perSecond;
        this.nanos = nanos;
        this.level = capacity;
        this.at = nanos.getAsLong();
    }

    /** Takes so much and gives 0, or takes nothing and gives the nanoseconds until it is there. */
    synchronized long take(double amount) {
        fill();
        if (level >= amount) {
            level -= amount;
            return 0;
        }
        return until(amount);
    }

    /** Gives 0 where there is anything left, else the nanoseconds until there is. */
    synchronized long waits() {
        fill();
        return level > 0 ? 0 : Math.max(1, until(0));
    }

    /** Takes so much, whether it is there or not. */
    synchronized void owe(double amount) {
        fill();
        level -= amount;
    }

    /** What is left; negative where more was taken than there was. */
    synchronized double left() {
        fill();
        return level;
    }

    private void fill() {
        long now = nanos.getAsLong();
        level = Math.min(capacity, level + (now - at) / NANOS * perSecond);
        at = now;
    }

    private long until(double amount) {
        return (long) Math.ceil((amount - level) / perSecond * NANOS);
    }
}
