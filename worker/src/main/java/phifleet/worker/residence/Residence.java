package phifleet.worker.residence;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.Catalogue;
import phifleet.inference.ServedModel;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.worker.http.state.ModelRepository;
import phifleet.worker.http.state.WorkerState;

/**
 * The models of a worker as they come and go.
 *
 * <p>A model is loaded, warmed and checked beside those that serve, and put into the worker's state once all of that went well: what
 * it replaces serves until then, and for as long as requests have it. All changes, closings and drift checks are made one after
 * another by one thread, so that nobody runs a model that is being closed. Thread-safe.
 */
public final class Residence implements ModelRepository, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Residence.class);

    private final Shelf shelf;
    private final Loading loading;
    private final Generations states;
    private final MeterRegistry registry;
    private final Consumer<String> gone;
    private final Duration longestRequest;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("residence").factory());
    private final Map<String, ModelMetrics> residents = new ConcurrentHashMap<>();

    /** Out of the state, and perhaps still in use. */
    private final Set<ResidentModel> leaving = ConcurrentHashMap.newKeySet();

    /** Of those that are not served: why. */
    private final Map<String, Entry> reasons = new ConcurrentHashMap<>();

    /** Loads, warms and checks a model. */
    @FunctionalInterface
    public interface Loading {
        ResidentModel load(ModelSpec spec) throws ModelException;
    }

    /**
     * Of a worker without models.
     *
     * @param longestRequest no request may use a model for longer than this after it came
     * @param gone hears of the id of each model that no request has any more
     */
    public Residence(
            Shelf shelf,
            Loading loading,
            Generations states,
            MeterRegistry registry,
            Duration longestRequest,
            Consumer<String> gone) {
        this.shelf = shelf;
        this.loading = loading;
        this.states = states;
        this.registry = registry;
        this.longestRequest = longestRequest;
        this.gone = gone;
    }

    /**
     * Loads the first models, on the calling thread.
     *
     * @throws ModelException if one cannot be loaded
     */
    public void start(List<ModelSpec> specs) throws ModelException {
        List<ServedModel> served = new ArrayList<>();
        for (ModelSpec spec : specs) {
            ResidentModel model = loading.load(spec);
            residents.put(model.id(), ModelMetrics.bind(model, registry));
            served.add(model.served());
        }
        states.set(before -> new WorkerState(before.phase(), before.reason(), new Catalogue(served)));
    }

    /** From now on requests are taken. */
    public void ready() {
        states.set(before -> WorkerState.ready(before.models()));
    }

    @Override
    public List<Entry> absent() {
        return shelf.names().stream()
                .sorted()
                .filter(name -> served(name).isEmpty())
                .map(name -> reasons.getOrDefault(name, new Entry(name, false, "")))
                .toList();
    }

    private Optional<ServedModel> served(String name) {
        return switch (states.get().models().find(name, ServedModel.class)) {
            case Catalogue.Found.Model<ServedModel>(ServedModel model) -> Optional.of(model);
            case Catalogue.Found.Missing<ServedModel> missing -> Optional.empty();
        };
    }

    @Override
    public CompletionStage<Change> load(String name, @Nullable String settings) {
        return later(() -> loadNow(name, settings));
    }

    @Override
    public CompletionStage<Change> unload(String name) {
        return later(() -> unloadNow(name));
    }

    private CompletionStage<Change> later(Supplier<Change> change) {
        try {
            return CompletableFuture.supplyAsync(() -> isStopping() ? new Change.NotNow() : change.get(), thread);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedStage(new Change.NotNow());
        }
    }

    private boolean isStopping() {
        return states.get().phase() == WorkerState.Phase.DRAINING;
    }

    private Change loadNow(String name, @Nullable String settings) {
        // What serves may have names that its settings do not spell out.
        String id = served(name).map(model -> model.description().id()).orElse(name);
        try {
            ModelSpec spec = shelf.find(id, settings).orElse(null);
            if (spec == null) {
                return new Change.Unknown();
            }
            id = spec.id();
            reasons.put(id, new Entry(id, true, ""));
            states.get().models().requireFree(id, spec.aliases());
            ResidentModel loaded = loading.load(spec);
            if (isStopping()) {
                loaded.close();
                return new Change.NotNow();
            }
            serve(loaded);
            reasons.remove(id);
            return new Change.Done();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Change.NotNow();
        } catch (ModelException | RuntimeException | LinkageError e) {
            String reason = e.getMessage() == null ? e.toString() : e.getMessage();
            LOG.warn("{}: not loaded, and all stays as it was: {}", id, reason);
            reasons.put(id, new Entry(id, false, reason));
            if (!residents.containsKey(id)) {
                ModelMetrics.forget(id, registry);
            }
            return new Change.Failed(reason);
        }
    }

    private void serve(ResidentModel loaded) {
        ModelMetrics before = residents.get(loaded.id());
        if (before != null) {
            // A registry keeps the first gauge of a name.
            before.close();
        }
        residents.put(loaded.id(), ModelMetrics.bind(loaded, registry));
        CompletableFuture<Void> quiet = change(models -> models.with(loaded.served()));
        String version = loaded.served().description().version();
        if (before == null) {
            LOG.info("{}: version {} serves", loaded.id(), version);
        } else {
            LOG.info("{}: version {} serves in place of the one before", loaded.id(), version);
            leave(before.model(), quiet);
        }
    }

    private Change unloadNow(String name) {
        Optional<ServedModel> served = served(name);
        if (served.isEmpty()) {
            return shelf.names().contains(name) ? new Change.Done() : new Change.Unknown();
        }
        String id = served.get().description().id();
        CompletableFuture<Void> quiet = change(models -> models.without(id));
        ModelMetrics metrics = residents.remove(id);
        reasons.put(id, new Entry(id, false, "unloaded"));
        LOG.info("{}: serves no more", id);
        if (metrics != null) {
            metrics.close();
            leave(metrics.model(), quiet);
        }
        return new Change.Done();
    }

    private CompletableFuture<Void> change(UnaryOperator<Catalogue> models) {
        return states.update(before -> new WorkerState(before.phase(), before.reason(), models.apply(before.models())));
    }

    private void leave(ResidentModel model, CompletableFuture<Void> quiet) {
        leaving.add(model);
        CompletableFuture<Void> unused = quiet.copy()
                .orTimeout(longestRequest.toNanos(), TimeUnit.NANOSECONDS)
                .whenCompleteAsync((done, late) -> end(model, late != null), thread);
    }

    private void end(ResidentModel model, boolean late) {
        if (!leaving.remove(model)) {
            return;
        }
        if (late) {
            LOG.warn("{}: closed though a request may have it still, as it is past every deadline", model.id());
        }
        model.close();
        if (!residents.containsKey(model.id())) {
            ModelMetrics.forget(model.id(), registry);
            gone.accept(model.id());
        }
        LOG.info(
                "{}: version {} is closed",
                model.id(),
                model.served().description().version());
    }

    /** Runs the golden sentences of each model, when nothing else is being done. */
    public void checkDrift() {
        thread.execute(() -> residents.values().forEach(ModelMetrics::checkDrift));
    }

    /**
     * Takes no new work and waits for what was taken.
     *
     * @return whether everything was served in time
     */
    public boolean drain(Duration most) throws InterruptedException {
        states.set(before -> new WorkerState(WorkerState.Phase.DRAINING, "the worker is stopping", before.models()));
        long end = System.nanoTime() + most.toNanos();
        boolean done = true;
        for (ModelMetrics resident : residents.values()) {
            done &= resident.model().lane().drain(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        }
        return done;
    }

    /** Closes every model. No request may come any more. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(30, TimeUnit.SECONDS)) {
                LOG.warn("a model is still loading, and is left to the end of the process");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        residents.values().forEach(resident -> resident.model().close());
        List.copyOf(leaving).forEach(model -> {
            if (leaving.remove(model)) {
                model.close();
            }
        });
    }
}
