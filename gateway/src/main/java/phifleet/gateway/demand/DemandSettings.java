package phifleet.gateway.demand;

import java.time.Duration;

/**
 * How the fleet's size follows from what is asked of it.
 *
 * @param min the fewest workers; 0 lets the fleet sleep
 * @param max the most, at least {@code min} and 1
 * @param target the part of a worker's time that is to be used, above 0 and at most 1
 * @param clearIn in which time a backlog is to be gone
 * @param downAfter a worker goes once it was not needed for so long
 * @param idle a fleet that may sleep does so once nothing was asked for so long
 * @param wake how long a request waits that wakes it, or comes meanwhile
 */
public record DemandSettings(
        int min, int max, double target, Duration clearIn, Duration downAfter, Duration idle, Duration wake) {
    /** The values that nobody changed. */
    public static final DemandSettings DEFAULT = new DemandSettings(
            1,
            16,
            0.7,
            Duration.ofSeconds(10),
            Duration.ofSeconds(300),
            Duration.ofMinutes(15),
            Duration.ofSeconds(60));

    public DemandSettings {
        if (min < 0 || max < Math.max(1, min)) {
            throw new IllegalArgumentException("from " + min + " to " + max + " workers");
        }
    }
}
