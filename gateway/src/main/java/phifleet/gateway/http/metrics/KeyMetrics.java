package phifleet.gateway.http.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.Set;
import phifleet.http.caller.Caller;
import phifleet.http.caller.Callers;

/** What the callers asked for and what that took of devices, as counters by the key's name. Safe from every thread. */
final class KeyMetrics {
    private final MeterRegistry registry;
    private final Callers callers;
    private final Set<Series> shown = new HashSet<>();

    private record Series(String key, String model) {}

    KeyMetrics(MeterRegistry registry, Callers callers) {
        this.registry = registry;
        this.callers = callers;
        for (Caller caller : callers.all()) {
            FunctionCounter.builder("api.key.requests", caller, Caller::requests)
                    .description("Requests that were let in, by the name of the key that they showed")
                    .tag("key", caller.name())
                    .register(registry);
            FunctionCounter.builder("api.key.refused", caller, Caller::refused)
                    .description("Requests that were refused, since their key's rate or budget was used up")
                    .tag("key", caller.name())
                    .register(registry);
        }
    }

    /** Shows models that were not asked for before. */
    synchronized void update() {
        for (Caller caller : callers.all()) {
            for (String model : caller.deviceSeconds().keySet()) {
                if (shown.add(new Series(caller.name(), model))) {
                    FunctionCounter.builder(
                                    "api.key.device.seconds",
                                    caller,
                                    of -> of.deviceSeconds().getOrDefault(model, 0.0))
                            .description("Seconds of workers' whole devices that the requests of a key took, by model")
                            .tag("key", caller.name())
                            .tag("model", model)
                            .register(registry);
                }
            }
        }
    }
}
