package phifleet.http.caller;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;

/**
 * Who asks, by the key that was shown: what it asked for and what that took of devices, and whether it may ask for more. Counts live as
 * long as the process. Thread-safe.
 */
public final class Caller {
    /** As many models are told apart; of those beyond the time counts under {@link #OTHERS}. */
    private static final int MOST_MODELS = 256;

    private static final String OTHERS = "(others)";

    private final String name;
    private final NamedKey key;
    private final @Nullable TokenBucket rate;
    private final @Nullable TokenBucket budget;
    private final LongAdder requests = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final Map<String, LongAdder> deviceNanos = new ConcurrentHashMap<>();

    Caller(NamedKey key, LongSupplier nanos) {
        this.name = key.name();
        this.key = key;
        this.rate = key.requestsPerSecond().isEmpty()
                ? null
                : new TokenBucket(
                        Math.max(1, key.requestsPerSecond().getAsDouble()),
                        key.requestsPerSecond().getAsDouble(),
                        nanos);
        this.budget = key.deviceSecondsPerMinute().isEmpty()
                ? null
                : new TokenBucket(
                        key.deviceSecondsPerMinute().getAsDouble(),
                        key.deviceSecondsPerMinute().getAsDouble() / NamedKey.BUDGET_PERIOD.toSeconds(),
                        nanos);
    }

    public String name() {
        return name;
    }

    /** Its bounds. */
    public NamedKey key() {
        return key;
    }

    /** Counts a request; why it may not be served now, or null where it may. */
    @Nullable
    public Problem admit() {
        // What is over its budget must not use up its rate too.
        long owing = budget == null ? 0 : budget.waits();
        if (owing > 0) {
            refused.increment();
            return refusal(
                    "budget_exceeded",
                    "the key " + name + " has used its "
                            + key.deviceSecondsPerMinute().orElseThrow() + " device-seconds a minute",
                    owing);
        }
        long early = rate == null ? 0 : rate.take(1);
        if (early > 0) {
            refused.increment();
            return refusal(
                    "rate_exceeded",
                    "the key " + name + " may ask " + key.requestsPerSecond().orElseThrow() + " times a second",
                    early);
        }
        requests.increment();
        return null;
    }

    private static Problem refusal(String code, String message, long nanos) {
        return new Problem(429, code, message, null, Duration.ofNanos(nanos));
    }

    /** A request of its took so much of devices, as its answer says. */
    public void took(String model, long nanos) {
        LongAdder known = deviceNanos.get(model);
        if (known == null) {
            String counted = deviceNanos.size() < MOST_MODELS ? model : OTHERS;
            known = deviceNanos.computeIfAbsent(counted, first -> new LongAdder());
        }
        known.add(nanos);
        if (budget != null) {
            budget.owe(nanos / 1e9);
        }
    }

    /** Requests that were let in. */
    public long requests() {
        return requests.sum();
    }

    /** Requests that were refused for its bounds. */
    public long refused() {
        return refused.sum();
    }

    /** The time of devices that it took, in seconds by model. */
    public Map<String, Double> deviceSeconds() {
        Map<String, Double> seconds = new TreeMap<>();
        deviceNanos.forEach((model, nanos) -> seconds.put(model, nanos.sum() / 1e9));
        return seconds;
    }

    /** What is left of its budget of device-seconds; null where it has none. */
    public @Nullable Double budgetLeft() {
        return budget == null ? null : budget.left();
    }
}
