package phifleet.benchmark.plan;

import java.time.Duration;
import java.util.Optional;

/**
 * One load.
 *
 * @param concurrency connections; in an open loop the most requests that are under way at once
 * @param requests how many; in a scenario of a given duration no bound
 * @param batchSize texts a request
 * @param rate requests a second of an open loop; empty for a closed one
 * @param duration how long, where it is not told by the number of requests
 * @param batchPriority the share, from 0 to 1, of requests that say {@code X-Priority: batch}
 */
public record Scenario(
        String name,
        int concurrency,
        long requests,
        int batchSize,
        Optional<Double> rate,
        Optional<Duration> duration,
        Lengths lengths,
        double batchPriority) {

    /** All but the concurrency, in words. */
    public String load() {
        return batchSize + (batchSize == 1 ? " text" : " texts") + " a request, " + lengths.label() + " tokens, "
                + (rate.isPresent() ? "open loop" : "closed loop");
    }

    /** The same load for a time, whatever its own end is. */
    public Scenario lasting(Duration time) {
        return new Scenario(
                name, concurrency, Long.MAX_VALUE, batchSize, rate, Optional.of(time), lengths, batchPriority);
    }

    /** How many requests an open loop sends: what is due within its duration, where it has one. */
    public long openRequests() {
        return duration.map(time -> Math.round(rate.orElseThrow() * time.toNanos() / 1e9))
                .orElse(requests);
    }
}
