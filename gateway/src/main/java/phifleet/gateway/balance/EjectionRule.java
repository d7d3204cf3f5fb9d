package phifleet.gateway.balance;

import java.time.Duration;

/**
 * When a failing worker is passed over, and for how long.
 *
 * @param failuresInARow answers with a server error or cut-off connections in a row that eject; a refused connection
 *     ejects at once
 * @param firstTime how long the first time; each time in a row doubles it
 * @param longest the bound of that
 * @param mostShare the most of the fleet that server errors may eject, from 0 to 1; refused connections are certain, and
 *     have no bound
 */
public record EjectionRule(int failuresInARow, Duration firstTime, Duration longest, double mostShare) {
    /** Five failures in a row, a second, at most 30 seconds, at most half of the fleet. */
    public static final EjectionRule DEFAULT = new EjectionRule(5, Duration.ofSeconds(1), Duration.ofSeconds(30), 0.5);

    /** How long the worker stays ejected, in nanoseconds, when it is the {@code time}-th time in a row (from 1). */
    long nanos(int time) {
        long doubled = firstTime.toNanos() << Math.clamp(time - 1, 0, 20);
        return Math.min(doubled, longest.toNanos());
    }

    /** Whether server errors may eject one more. */
    boolean mayEject(int ejected, int members) {
        return ejected + 1 <= mostShare * members;
    }
}
