package phifleet.worker.residence;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.model.ModelException;
import phifleet.inference.serving.ResidentModel;
import phifleet.worker.http.state.ModelRepository;

/** The gauges of a served model, and the check that it still gives the vectors it gave. */
final class ModelMetrics implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelMetrics.class);
    private static final String MODEL = "model";

    private final ResidentModel model;
    private final MeterRegistry registry;
    private final AtomicReference<Double> cosine;
    private volatile Instant checkedAt = Instant.now();
    private final List<Meter> gauges = new ArrayList<>();

    private ModelMetrics(ResidentModel model, MeterRegistry registry) {
        this.model = model;
        this.registry = registry;
        this.cosine = new AtomicReference<>(model.drift().atLoad());
    }

    static ModelMetrics bind(ResidentModel model, MeterRegistry registry) {
        ModelMetrics metrics = new ModelMetrics(model, registry);
        metrics.add("model_loaded", "1 for each model that serves", () -> 1);
        metrics.add(
                "queue_depth",
                "Inputs that wait",
                () -> model.parts().stream()
                        .mapToInt(part -> part.lane().state().queuedItems())
                        .sum());
        for (ResidentModel.Part part : model.parts()) {
            String unit = part.lane().state().unit().label();
            metrics.add(
                    "queue_" + unit,
                    "Work that waits, in " + unit,
                    () -> part.lane().state().queuedUnits());
        }
        metrics.add(
                "embedding_drift_cosine",
                "Smallest cosine between a golden answer and the known one, whatever the model answers with",
                metrics.cosine::get);
        metrics.add(
                "embedding_drift_cosine_least",
                "What embedding_drift_cosine must not fall below, by the precision of the weights",
                () -> model.drift().least());
        return metrics;
    }

    private void add(String name, String description, Supplier<Number> value) {
        gauges.add(Gauge.builder(name, value)
                .description(description)
                .tag(MODEL, model.id())
                .register(registry));
    }

    /** Forgets every meter that has the model's name. */
    static void forget(String id, MeterRegistry registry) {
        registry.getMeters().stream()
                .filter(meter -> id.equals(meter.getId().getTag(MODEL)))
                .forEach(registry::remove);
    }

    /** What it is held against, with what was last seen of it. */
    Optional<ModelRepository.Golden> golden() {
        return model.drift()
                .held()
                .map(held -> new ModelRepository.Golden(
                        held.file(),
                        held.answers().label(),
                        held.count(),
                        cosine.get(),
                        model.drift().least(),
                        checkedAt));
    }

    ResidentModel model() {
        return model;
    }

    /** Runs what has known answers beside the traffic; on a thread that may block. */
    void checkDrift() {
        try {
            double now = model.drift().now();
            cosine.set(now);
            checkedAt = Instant.now();
            if (now < model.drift().least()) {
                LOG.error("{}: golden cosine is {}", model.id(), now);
            }
        } catch (ModelException e) {
            LOG.error("{}: what has known answers could not be run", model.id(), e);
        }
    }

    /** Takes the gauges out, so that those of another version can take their names. */
    @Override
    public void close() {
        gauges.forEach(registry::remove);
    }
}
