package phifleet.worker.residence;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phifleet.common.CopyBounds;
import phifleet.inference.ServedModel;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Residency;
import phifleet.worker.http.state.OnDemand;

/** Loads on demand, by a residence that does what a test says, on the test's own thread and clock. */
final class HandRunLoads implements DemandLoads {
    static final long MB = 1 << 20;
    static final Duration LOAD = Duration.ofSeconds(4);

    private final Map<String, ModelSpec> specs = new LinkedHashMap<>();
    private final List<Shelf.Dormant> dormant = new ArrayList<>();
    final Map<String, ServedModel> served = new LinkedHashMap<>();
    final Deque<Runnable> steps = new ArrayDeque<>();
    private final Map<String, Consumer<@Nullable Exception>> downloads = new HashMap<>();
    private final Map<String, Runnable> settling = new HashMap<>();

    /** What it was told to do, in order. */
    final List<String> done = new ArrayList<>();

    /** Of the next loads, by model. */
    final Map<String, Exception> faults = new HashMap<>();

    final LoadHistory history = new LoadHistory();
    private long now = 1;
    private @Nullable DemandedModels models;

    void model(String id, long bytes, boolean pinned) {
        model(id, bytes, pinned, CopyBounds.ANY);
    }

    void model(String id, long bytes, boolean pinned, CopyBounds copies) {
        ModelSpec spec = IdleModel.spec(id, bytes);
        specs.put(id, spec);
        dormant.add(new Shelf.Dormant(id, List.of(), null, spec, "", pinned, null, false, copies));
        history.loaded(id, ModelFiles.kind(spec), bytes, bytes, LOAD);
    }

    /** One whose files are not here. */
    void remote(String id) {
        model(id, MB, false);
        Shelf.Dormant model = dormant.removeLast();
        dormant.add(new Shelf.Dormant(id, List.of(), null, null, "", false, null, true, model.copies()));
    }

    /** A model that is loaded as its files are mapped at first. */
    void mappedFirst(String id) {
        model(id, MB, false);
        Shelf.Dormant model = dormant.removeLast();
        ModelSpec spec = Optional.ofNullable(specs.get(id)).orElseThrow().with(Residency.MAPPED_FIRST);
        specs.put(id, spec);
        dormant.add(new Shelf.Dormant(id, List.of(), null, spec, "", false, null, false, model.copies()));
    }

    /** The models so far are on demand, within so many bytes. */
    void models(long budget) {
        models = new DemandedModels(
                dormant, budget, history, new DemandMetrics(new SimpleMeterRegistry()), () -> now, this);
    }

    DemandedModels models() {
        return Optional.ofNullable(models).orElseThrow();
    }

    OnDemand.Call call(String id) {
        return models().call(id, now + Duration.ofSeconds(60).toNanos()).orElseThrow();
    }

    /** All steps that are due, and those that these bring. */
    void run() {
        while (!steps.isEmpty()) {
            steps.remove().run();
        }
    }

    /** The next step. */
    void step() {
        steps.remove().run();
    }

    long now() {
        return now;
    }

    void pass(Duration time) {
        now += time.toNanos();
    }

    String state(String id) {
        return models().standings().stream()
                .filter(standing -> standing.id().equals(id))
                .map(standing -> standing.state().label())
                .findFirst()
                .orElseThrow();
    }

    /** A download ends. */
    void came(String id, @Nullable Exception failure) {
        Optional.ofNullable(downloads.remove(id)).orElseThrow().accept(failure);
    }

    /** A model has taken the form that it keeps. */
    void settled(String id) {
        Optional.ofNullable(settling.remove(id)).orElseThrow().run();
    }

    @Override
    public Optional<ModelSpec> find(String id) {
        return Optional.ofNullable(specs.get(id));
    }

    @Override
    public void fetch(String id, Consumer<@Nullable Exception> heard) {
        done.add("fetch " + id);
        downloads.put(id, heard);
    }

    @Override
    public void settle(String id, Runnable heard) {
        done.add("settle " + id);
        settling.put(id, heard);
    }

    @Override
    public void load(String id, boolean twice) {
        done.add((twice ? "load twice " : "load ") + id);
        Exception fault = faults.remove(id);
        if (fault != null) {
            models().failed(id, fault);
        } else {
            IdleModel model = new IdleModel(id);
            served.put(id, model);
            models().loaded(model, LOAD);
        }
    }

    @Override
    public void dismiss(String id) {
        done.add("dismiss " + id);
        models().left(id);
        served.remove(id);
    }

    @Override
    public List<ServedModel> served() {
        return List.copyOf(served.values());
    }

    @Override
    public boolean isStopping() {
        return false;
    }

    @Override
    public void run(Runnable step) {
        steps.add(step);
    }

    @Override
    public void later(Duration pause, Runnable step) {
        steps.add(() -> {
            pass(pause);
            step.run();
        });
    }
}
