package phifleet.worker.residence;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/** The meters of models that are loaded on demand. They stay while their models come and go: the settings bound their number. */
record DemandMetrics(MeterRegistry registry) {
    private static final String MODEL = "model";

    void bytes(String id, Supplier<Number> bytes) {
        Gauge.builder("model_resident_bytes", bytes)
                .description("What a model that is loaded on demand takes of the budget")
                .tag(MODEL, id)
                .register(registry);
    }

    void memory(Supplier<Number> budget, Supplier<Number> used) {
        Gauge.builder("models_memory_budget_bytes", budget)
                .description("What all models together may take, where some are loaded on demand")
                .register(registry);
        Gauge.builder("models_memory_used_bytes", used)
                .description("What models take that are loaded, loading or on their way out")
                .register(registry);
    }

    void loaded(String id, Duration time) {
        Timer.builder("model_load")
                .description("From the files of a model to its first request")
                .tag(MODEL, id)
                .register(registry)
                .record(time);
        loads(id, "loaded");
    }

    void failed(String id, LoadFault fault) {
        loads(id, fault.name().toLowerCase(Locale.ROOT));
    }

    private void loads(String id, String outcome) {
        Counter.builder("model_loads")
                .description("Loads on demand, by how they ended")
                .tag(MODEL, id)
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    /** @param reason room for another, or idle */
    void evicted(String id, String reason) {
        Counter.builder("model_evictions")
                .description("Models that went though they could have stayed, by why")
                .tag(MODEL, id)
                .tag("reason", reason)
                .register(registry)
                .increment();
    }
}
