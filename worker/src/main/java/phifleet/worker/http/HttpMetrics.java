package phifleet.worker.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.Connections;
import phifleet.http.dialect.Problems;

/**
 * The HTTP layer's meters. Labels are route templates, ids of models that exist and codes of problems, never what a caller
 * sent, so that nobody can make them grow. Thread-safe.
 */
public final class HttpMetrics {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(5), Duration.ofMillis(10),
        Duration.ofMillis(20), Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(200),
        Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(5),
        Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(60)
    };

    private final PrometheusMeterRegistry registry;
    private final ConcurrentMap<Key, Served> served = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Counter> rejected = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Timer> tokenization = new ConcurrentHashMap<>();

    private record Key(String route, String model) {}

    private record Served(Counter requests, Timer latency) {}

    public HttpMetrics(PrometheusMeterRegistry registry) {
        this.registry = registry;
        // Known from the start: in a counter that first shows up at 1, nobody sees that it has grown.
        rejectionCounter(Problems.OVERLOADED);
        rejectionCounter(Problems.INTERNAL);
    }

    void bind(Connections connections) {
        Gauge.builder("http.connections", connections, Connections::open)
                .description("Connections that are open")
                .register(registry);
    }

    PrometheusMeterRegistry registry() {
        return registry;
    }

    void ended(String route, String model, long nanos, @Nullable Problem problem) {
        Served meters = served.computeIfAbsent(new Key(route, model), this::register);
        meters.requests.increment();
        meters.latency.record(nanos, TimeUnit.NANOSECONDS);
        if (problem != null) {
            rejectionCounter(problem.code()).increment();
        }
    }

    /** Forgets a model that is gone, whose meters the registry has forgotten too. */
    public void forget(String model) {
        served.keySet().removeIf(key -> key.model.equals(model));
        tokenization.remove(model);
    }

    private Counter rejectionCounter(String reason) {
        return rejected.computeIfAbsent(
                reason,
                code -> Counter.builder("requests_rejected")
                        .description("Requests refused, by the code of the problem")
                        .tag("reason", code)
                        .register(registry));
    }

    void tokenized(String model, long nanos) {
        tokenization
                .computeIfAbsent(
                        model,
                        id -> Timer.builder("tokenization")
                                .description("Time to tokenise one request")
                                .tag("model", id)
                                .register(registry))
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    private Served register(Key key) {
        return new Served(
                Counter.builder("requests_received")
                        .description("Requests, however they ended")
                        .tag("route", key.route)
                        .tag("model", key.model)
                        .register(registry),
                Timer.builder("request_latency")
                        .description("From the head of the request to the last byte of its answer")
                        .tag("route", key.route)
                        .tag("model", key.model)
                        .serviceLevelObjectives(BUCKETS)
                        .register(registry));
    }
}
