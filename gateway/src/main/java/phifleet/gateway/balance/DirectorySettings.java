package phifleet.gateway.balance;

import java.time.Duration;

/**
 * What decides a worker's standing.
 *
 * @param ejection when a failing worker is passed over
 * @param maxInFlight the most requests in flight on a worker
 * @param deadAfter a worker whose last answer to a probe is so old is dead, whatever the list of members says
 * @param keepLast how long the last workers are kept where all vanish from the list at once and still answer
 * @param showGone how long a worker that is gone is still shown
 * @param expectedWorkers how many there should be at least, whatever their service is to have or there once were
 */
public record DirectorySettings(
        EjectionRule ejection,
        int maxInFlight,
        Duration deadAfter,
        Duration keepLast,
        Duration showGone,
        int expectedWorkers) {
    /** The values that nobody changed. */
    public static final DirectorySettings DEFAULT = new DirectorySettings(
            EjectionRule.DEFAULT, 256, Duration.ofSeconds(7), Duration.ofSeconds(60), Duration.ofSeconds(30), 0);
}
