package phifleet.worker.residence;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How often each model is asked for. Old requests count less, by half in each half-life, so that the count follows a change of
 * taste in a few of them. What is known of a model outlives its stay. For one thread.
 */
final class Popularity {
    /** Long enough to tell a request in ten seconds from one in twenty, short enough to follow a change within two minutes. */
    static final Duration HALF_LIFE = Duration.ofSeconds(60);

    private final LongSupplier nanos;
    private final double decay = Math.log(2) / HALF_LIFE.toNanos();
    private final Map<String, Count> counts = new HashMap<>();

    /** @param weight of all requests so far, as of that moment */
    private record Count(double weight, long atNanos) {}

    Popularity(LongSupplier nanos) {
        this.nanos = nanos;
    }

    void asked(String id, long requests) {
        if (requests > 0) {
            long now = nanos.getAsLong();
            counts.put(id, new Count(weight(id, now) + requests, now));
        }
    }

    /** Requests a second. */
    double perSecond(String id) {
        return weight(id, nanos.getAsLong()) * decay * 1e9;
    }

    private double weight(String id, long now) {
        Count count = counts.get(id);
        return count == null ? 0 : count.weight() * Math.exp(-decay * (now - count.atNanos()));
    }
}
