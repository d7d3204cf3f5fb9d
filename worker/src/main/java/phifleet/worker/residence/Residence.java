package phifleet.worker.residence;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.common.FleetChanges;
import phifleet.inference.Catalogue;
import phifleet.inference.ServedModel;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Residency;
import phifleet.inference.serving.ResidentModel;
import phifleet.worker.http.state.ModelRepository;
import phifleet.worker.http.state.OnDemand;
import phifleet.worker.http.state.WorkerState;

/**
 * The models of a worker as they come and go.
 *
 * <p>A model is loaded, warmed and checked beside those that serve, and put into the worker's state once all of that went well: what
 * it replaces serves until then, and for as long as requests have it. All changes, closings and drift checks are made one after
 * another by one thread, so that nobody runs a model that is being closed. Thread-safe.
 */
public final class Residence implements ModelRepository, FolderWatch.Followed, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Residence.class);

    private final Shelf shelf;
    private final Loading loading;
    private final MeasuredLoading measured;
    private final Settling settling = new Settling();
    private final Generations states;
    private final MeterRegistry registry;
    private final Consumer<String> gone;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("residence").factory());
    private final Residents residents;
    private final Absences absences = new Absences();
    private final FleetChanges changes = new FleetChanges();
    private final LoadHistory history;
    private final Downloads downloads;
    private final DemandedModels demand;

    /** Loads, warms and checks a model. */
    @FunctionalInterface
    public interface Loading {
        ResidentModel load(ModelSpec spec) throws ModelException;
    }

    /**
     * Of a worker without models.
     *
     * @param longestRequest no request may use a model for longer than this after it came
     * @param memory the most bytes that models may take, where some are loaded on demand
     * @param history of loads, which knows what the next will take
     * @param gone hears of the id of each model that no request has any more
     */
    public Residence(
            Shelf shelf,
            Loading loading,
            Generations states,
            MeterRegistry registry,
            Duration longestRequest,
            long memory,
            LoadHistory history,
            Consumer<String> gone) {
        this.shelf = shelf;
        this.history = history;
        this.measured = new MeasuredLoading(loading, history);
        this.loading = shelf.dormant().isEmpty() ? loading : measured;
        this.states = states;
        this.registry = registry;
        this.residents = new Residents(states, registry, new Departures(longestRequest, thread, this::closed));
        this.gone = gone;
        this.downloads = new Downloads(shelf);
        this.demand = new DemandedModels(
                shelf.dormant(), memory, history, new DemandMetrics(registry), System::nanoTime, new OnDemandLoads());
    }

    /** What is done for models that are loaded on demand. */
    private final class OnDemandLoads implements DemandLoads {
        @Override
        public Optional<ModelSpec> find(String id) throws ModelException, InterruptedException {
            return shelf.find(id, null).map(Shelf.Found::spec);
        }

        @Override
        public void fetch(String id, Consumer<@Nullable Exception> done) {
            downloads.fetch(id, failure -> run(() -> done.accept(failure)));
        }

        @Override
        public void load(String id, boolean twice) {
            followNow(id, twice ? loading : Residence.this::inOneForm);
        }

        @Override
        public void settle(String id, Runnable done) {
            residents
                    .find(id)
                    .ifPresent(model -> settling.settle(
                            model,
                            () -> run(() -> {
                                measured.settled(id);
                                done.run();
                            })));
        }

        @Override
        public void dismiss(String id) {
            unloadNow(id);
        }

        @Override
        public List<ServedModel> served() {
            return states.get().models().all();
        }

        @Override
        public boolean isStopping() {
            return Residence.this.isStopping();
        }

        @Override
        public void run(Runnable step) {
            try {
                thread.execute(step);
            } catch (RejectedExecutionException e) {
                demand.stop();
            }
        }

        @Override
        public void later(Duration pause, Runnable step) {
            CompletableFuture.delayedExecutor(pause.toNanos(), TimeUnit.NANOSECONDS, this::run)
                    .execute(step);
        }
    }

    /**
     * Loads the first models, each in the newest version that can be had, on the calling thread, before any other is asked for.
     *
     * @throws ModelException if one cannot be loaded
     */
    public void start(List<Shelf.Found> models) throws ModelException, InterruptedException {
        List<ServedModel> served = new ArrayList<>();
        for (Shelf.Found found : models) {
            switch (new Descent(loading).from(found, null)) {
                case Descent.End.Stands stands -> throw new IllegalStateException("nothing serves yet");
                case Descent.End.Loaded(ResidentModel model, String mark, List<Shelf.Fault> faults) -> {
                    residents.keep(model, mark);
                    absences.served(model.id(), model.version(), faults);
                    served.add(model.served());
                }
            }
        }
        states.set(before -> new WorkerState(
                before.phase(),
                before.reason(),
                new Catalogue(served),
                shelf.dormant().isEmpty() ? OnDemand.NONE : demand));
        demand.start();
    }

    /** From now on requests are taken. */
    public void ready() {
        states.set(before -> before.in(WorkerState.Phase.READY, ""));
    }

    @Override
    public List<Entry> absent() {
        return absences.all(shelf.names(), name -> residents.served(name).isPresent());
    }

    @Override
    public FleetChanges changes() {
        return changes;
    }

    @Override
    public CompletionStage<Change> load(String name, @Nullable String settings) {
        CompletableFuture<Change> change = new CompletableFuture<>();
        // What it lacks comes first, which may take long: others are loaded meanwhile.
        Thread.ofVirtual().name("fetch " + name).start(() -> {
            try {
                shelf.fetch(name, settings);
                later(() -> loadNow(name, settings)).thenAccept(change::complete);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                change.complete(new Change.NotNow());
            } catch (ModelException | RuntimeException e) {
                later(() -> failed(name, "", e)).thenAccept(change::complete);
            }
        });
        return change;
    }

    @Override
    public CompletionStage<Change> unload(String name) {
        return later(() -> {
            demand.switchedOff(name);
            return unloadNow(name);
        });
    }

    /**
     * Has the newest version serve that can be had, where that is another than the one that does, or its files have changed. Where
     * none can be had, all stays as it was.
     */
    @Override
    public CompletionStage<Change> follow(String name) {
        return later(() -> followNow(name, loading));
    }

    private ResidentModel inOneForm(ModelSpec spec) throws ModelException {
        return loading.load(spec.residency() == Residency.MAPPED_FIRST ? spec.with(Residency.PREPARED) : spec);
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
        return placing(name, settings, found -> {
            if (!found.faults().isEmpty()) {
                // Whoever asks for a load means the newest version.
                Shelf.Fault fault = found.faults().getFirst();
                throw new ModelException("version " + fault.version() + ": " + fault.reason());
            }
            return new Descent.End.Loaded(loading.load(found.spec()), found.mark(), List.of());
        });
    }

    private Change followNow(String name, Loading by) {
        return placing(
                name,
                null,
                found -> new Descent(by)
                        .from(found, residents.standing(found.spec().id())));
    }

    @FunctionalInterface
    private interface Choice {
        Descent.End of(Shelf.Found found) throws ModelException, InterruptedException;
    }

    private Change placing(String name, @Nullable String settings, Choice choice) {
        // What serves may have names that its settings do not spell out.
        String id =
                residents.served(name).map(model -> model.description().id()).orElse(name);
        String version = "";
        try {
            Shelf.Found found = shelf.find(id, settings).orElse(null);
            if (found == null) {
                return new Change.Unknown();
            }
            id = found.spec().id();
            version = found.faults().isEmpty()
                    ? found.spec().version()
                    : found.faults().getFirst().version();
            absences.loading(id);
            states.get().models().requireFree(id, found.spec().aliases());
            return switch (choice.of(found)) {
                case Descent.End.Stands(List<Shelf.Fault> faults) -> {
                    absences.served(id, residents.find(id).orElseThrow().version(), faults);
                    yield new Change.Done();
                }
                case Descent.End.Loaded(ResidentModel model, String mark, List<Shelf.Fault> faults) ->
                    place(model, mark, faults);
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Change.NotNow();
        } catch (ModelException | RuntimeException | LinkageError e) {
            return failed(id, version, e);
        }
    }

    private Change failed(String id, String version, Throwable e) {
        String reason = Reasons.of(e);
        LOG.warn("{}: not loaded, and all stays as it was: {}", id, reason);
        Optional<ResidentModel> resident = residents.find(id);
        if (resident.isEmpty() && !demand.has(id)) {
            ModelMetrics.forget(id, registry);
        }
        boolean another =
                resident.filter(model -> !model.version().equals(version)).isPresent();
        absences.failed(id, another ? version : "", reason);
        demand.failed(id, e);
        return new Change.Failed(reason);
    }

    private Change place(ResidentModel loaded, String mark, List<Shelf.Fault> faults) {
        if (isStopping()) {
            loaded.close();
            return new Change.NotNow();
        }
        residents.place(loaded, mark);
        demand.loaded(
                loaded.served(),
                history.known(loaded.id()).map(LoadHistory.Taken::time).orElse(Duration.ZERO));
        absences.served(loaded.id(), loaded.version(), faults);
        return new Change.Done();
    }

    private Change unloadNow(String name) {
        Optional<ServedModel> served = residents.served(name);
        if (served.isEmpty()) {
            return shelf.names().contains(name) ? new Change.Done() : new Change.Unknown();
        }
        String id = served.get().description().id();
        demand.left(id);
        residents.remove(id);
        if (shelf.names().contains(id)) {
            absences.unloaded(id);
        } else {
            absences.forgotten(id);
        }
        return new Change.Done();
    }

    private void closed(ResidentModel model) {
        if (residents.find(model.id()).isPresent()) {
            return;
        }
        if (demand.has(model.id())) {
            demand.closed(model.id());
        } else {
            ModelMetrics.forget(model.id(), registry);
            gone.accept(model.id());
        }
    }

    @Override
    public Optional<Golden> golden(String id) {
        return residents.golden(id);
    }

    /** Runs the known answers of each model, when nothing else is being done. */
    public void checkDrift() {
        thread.execute(residents::checkDrift);
    }

    /**
     * Takes no new work and waits for what was taken.
     *
     * @return whether everything was served in time
     */
    public boolean drain(Duration most) throws InterruptedException {
        states.set(before -> before.in(WorkerState.Phase.DRAINING, "the worker is stopping"));
        demand.stop();
        return residents.drain(most);
    }

    /** Closes every model. No request may come any more. */
    @Override
    public void close() {
        downloads.close();
        settling.close();
        thread.shutdown();
        try {
            if (!thread.awaitTermination(30, TimeUnit.SECONDS)) {
                LOG.warn("a model is still loading, and is left to the end of the process");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        residents.close();
    }
}
