package phifleet.gateway.http.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** A count of what happens for one of a fixed few reasons, as a counter with that reason. Safe from every thread. */
final class CounterByReason {
    private final MeterRegistry registry;
    private final String name;
    private final String description;
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();

    /** @param known are there before they are counted, so that an alert finds a zero */
    CounterByReason(MeterRegistry registry, String name, String description, List<String> known) {
        this.registry = registry;
        this.name = name;
        this.description = description;
        known.forEach(this::counter);
    }

    void increment(String reason) {
        counter(reason).increment();
    }

    Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        counters.forEach((reason, counter) -> counts.put(reason, (long) counter.count()));
        return counts;
    }

    private Counter counter(String reason) {
        return counters.computeIfAbsent(
                reason,
                absent -> Counter.builder(name)
                        .description(description)
                        .tag("reason", absent)
                        .register(registry));
    }
}
