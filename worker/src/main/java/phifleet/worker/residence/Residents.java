package phifleet.worker.residence;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.Catalogue;
import phifleet.inference.ServedModel;
import phifleet.inference.serving.ResidentModel;
import phifleet.worker.http.state.ModelRepository.Golden;

/**
 * The models that serve. One takes another's place in the worker's state at once; what is replaced or taken out is closed when no
 * request has it any more. Changed by one thread at a time; asked by any.
 */
final class Residents {
    private static final Logger LOG = LoggerFactory.getLogger(Residents.class);

    private final Generations states;
    private final MeterRegistry registry;
    private final Departures departures;
    private final Map<String, ModelMetrics> residents = new ConcurrentHashMap<>();

    /** By id: of the files of those that serve, as they were when they were loaded. */
    private final Map<String, String> marks = new HashMap<>();

    Residents(Generations states, MeterRegistry registry, Departures departures) {
        this.states = states;
        this.registry = registry;
        this.departures = departures;
    }

    /** By its id or by an alias. */
    Optional<ServedModel> served(String name) {
        return switch (states.get().models().find(name, ServedModel.class)) {
            case Catalogue.Found.Model<ServedModel>(ServedModel model) -> Optional.of(model);
            case Catalogue.Found.Missing<ServedModel> missing -> Optional.empty();
        };
    }

    Optional<ResidentModel> find(String id) {
        return Optional.ofNullable(residents.get(id)).map(ModelMetrics::model);
    }

    /** What serves by an id, and of which files it was made; null where nothing does. */
    Descent.@Nullable Standing standing(String id) {
        return find(id).map(model -> new Descent.Standing(model.version(), marks.getOrDefault(id, "")))
                .orElse(null);
    }

    /** Keeps one of the first, which the worker's state is yet to have. */
    void keep(ResidentModel model, String mark) {
        residents.put(model.id(), ModelMetrics.bind(model, registry));
        marks.put(model.id(), mark);
    }

    /** Has a model serve, in place of the one of its id if there is one. */
    void place(ResidentModel loaded, String mark) {
        ModelMetrics before = residents.get(loaded.id());
        if (before != null) {
            // A registry keeps the first gauge of a name.
            before.close();
        }
        keep(loaded, mark);
        CompletableFuture<Void> quiet = change(models -> models.with(loaded.served()));
        String version = loaded.version();
        if (before == null) {
            LOG.info("{}: version {} serves", loaded.id(), version);
        } else {
            LOG.info("{}: version {} serves in place of the one before", loaded.id(), version);
            departures.leave(before.model(), quiet);
        }
    }

    /** Has a model serve no more. */
    void remove(String id) {
        CompletableFuture<Void> quiet = change(models -> models.without(id));
        ModelMetrics resident = residents.remove(id);
        marks.remove(id);
        LOG.info("{}: serves no more", id);
        if (resident != null) {
            resident.close();
            departures.leave(resident.model(), quiet);
        }
    }

    private CompletableFuture<Void> change(UnaryOperator<Catalogue> models) {
        return states.update(before -> before.with(models.apply(before.models())));
    }

    /** How a model's known answers came out. */
    Optional<Golden> golden(String id) {
        ModelMetrics resident = residents.get(id);
        return resident == null ? Optional.empty() : resident.golden();
    }

    /** Runs the known answers of each. */
    void checkDrift() {
        residents.values().forEach(ModelMetrics::checkDrift);
    }

    /** Waits for the work that was taken; whether all of it was done in time. */
    boolean drain(Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        boolean done = true;
        for (ModelMetrics resident : residents.values()) {
            for (ResidentModel.Part part : resident.model().parts()) {
                done &= part.lane().drain(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            }
        }
        return done;
    }

    /** Closes each, and those that are on their way out. No request may come any more. */
    void close() {
        residents.values().forEach(resident -> resident.model().close());
        departures.close();
    }
}
