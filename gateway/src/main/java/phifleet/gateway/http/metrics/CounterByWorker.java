package phifleet.gateway.http.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import phifleet.gateway.balance.FleetSnapshot;
import phifleet.gateway.balance.Worker;

/**
 * A count that each worker has, as a counter with the worker's id. It goes with the last worker of that id: to Prometheus a
 * counter that begins anew is nothing lost. Safe from every thread.
 */
final class CounterByWorker {
    private final MeterRegistry registry;
    private final String name;
    private final String description;
    private final ToLongFunction<Worker> count;
    private final Map<String, FunctionCounter> counters = new HashMap<>();
    private volatile Map<String, Long> counts = Map.of();

    CounterByWorker(MeterRegistry registry, String name, String description, ToLongFunction<Worker> count) {
        this.registry = registry;
        this.name = name;
        this.description = description;
        this.count = count;
    }

    /** Takes the counts as they are now. */
    synchronized void update(FleetSnapshot snapshot) {
        Map<String, Long> now = new HashMap<>();
        for (Worker worker : snapshot.workers()) {
            now.merge(worker.card().id(), count.applyAsLong(worker), Long::sum);
        }
        counts = now;
        counters.entrySet().removeIf(counter -> {
            boolean gone = !now.containsKey(counter.getKey());
            if (gone) {
                registry.remove(counter.getValue());
            }
            return gone;
        });
        now.keySet().forEach(id -> counters.computeIfAbsent(id, this::register));
    }

    private FunctionCounter register(String id) {
        return FunctionCounter.builder(name, this, counter -> counter.of(id))
                .description(description)
                .tag("worker", id)
                .register(registry);
    }

    private double of(String id) {
        return counts.getOrDefault(id, 0L);
    }
}
