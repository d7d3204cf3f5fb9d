package phifleet.worker;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.model.ModelException;

/** The gauges of a served model, and the check that it still gives the vectors it gave. */
final class ModelMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(ModelMetrics.class);

    private final ResidentModel model;
    private final AtomicReference<Double> cosine;

    private ModelMetrics(ResidentModel model) {
        this.model = model;
        this.cosine = new AtomicReference<>(model.drift().atLoad());
    }

    static ModelMetrics bind(ResidentModel model, MeterRegistry registry) {
        ModelMetrics metrics = new ModelMetrics(model);
        String id = model.served().description().id();
        Gauge.builder("model_loaded", () -> 1)
                .description("1 for each model that serves")
                .tag("model", id)
                .register(registry);
        Gauge.builder("queue_depth", () -> model.lane().state().queuedItems())
                .description("Inputs that wait")
                .tag("model", id)
                .register(registry);
        String unit = model.lane().state().unit().label();
        Gauge.builder("queue_" + unit, () -> model.lane().state().queuedUnits())
                .description("Work that waits, in " + unit)
                .tag("model", id)
                .register(registry);
        Gauge.builder("embedding_drift_cosine", metrics.cosine::get)
                .description("Smallest cosine between a golden sentence's vector and its known one")
                .tag("model", id)
                .register(registry);
        Gauge.builder("embedding_drift_cosine_least", () -> model.drift().least())
                .description("What embedding_drift_cosine must not fall below, by the precision of the weights")
                .tag("model", id)
                .register(registry);
        return metrics;
    }

    /** Runs the golden sentences beside the traffic; on a thread that may block. */
    void checkDrift() {
        try {
            double now = model.drift().now();
            cosine.set(now);
            if (now < model.drift().least()) {
                LOG.error(
                        "{}: golden cosine is {}", model.served().description().id(), now);
            }
        } catch (ModelException e) {
            LOG.error(
                    "{}: the golden sentences could not be run",
                    model.served().description().id(),
                    e);
        }
    }
}
