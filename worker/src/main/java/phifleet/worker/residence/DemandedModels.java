package phifleet.worker.residence;

import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.common.CopyWishes;
import phifleet.common.Problem;
import phifleet.inference.ServedModel;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.worker.http.state.OnDemand;

/**
 * The models that are loaded when a request names them, and go when others need their memory or nobody asked for them for long.
 *
 * <p>Who asks is put on record under a lock and waits for nothing; loads are made one after another on the residence's thread, each
 * once for all who wait. Files that are elsewhere come beside that, several models' at once. Memory is reserved before a load: where there is none, others are taken out of the worker's state first, and
 * the load begins when no request has them any more and they are closed. What {@link EvictionPolicy} decides is done here.
 * Thread-safe.
 */
final class DemandedModels implements OnDemand {
    private static final Logger LOG = LoggerFactory.getLogger(DemandedModels.class);

    /** A load that began in vain for some is made for those who come back within this. */
    private static final Duration HOPE = Duration.ofSeconds(60);

    /** How often it is looked at which models are used. */
    private static final Duration LOOK = Duration.ofMillis(500);

    private final DemandLoads means;
    private final LoadHistory history;
    private final DemandMetrics metrics;
    private final LongSupplier nanos;
    private final long budget;
    private final DemandedMemory memory;
    private final Map<String, DemandedModel> models = new LinkedHashMap<>();
    private final Map<String, DemandedModel> byName = new LinkedHashMap<>();
    private final WishedCopies wished = new WishedCopies(models);
    private final WaitingLine line = new WaitingLine();
    private final Object lock = new Object();

    /** @param budget bytes that all models together may take */
    DemandedModels(
            List<Shelf.Dormant> dormant,
            long budget,
            LoadHistory history,
            DemandMetrics metrics,
            LongSupplier nanos,
            DemandLoads means) {
        this.budget = budget;
        this.history = history;
        this.metrics = metrics;
        this.nanos = nanos;
        this.means = means;
        this.memory = new DemandedMemory(models, lock, budget, history, nanos, wished, means::served);
        for (Shelf.Dormant one : dormant) {
            DemandedModel model = new DemandedModel(one);
            models.put(one.id(), model);
            byName.put(one.id(), model);
            one.aliases().forEach(alias -> byName.put(alias, model));
            metrics.bytes(one.id(), () -> bytes(model));
            if (!one.fault().isEmpty()) {
                LOG.warn("{}: it is to be loaded on demand, and could not be now: {}", one.id(), one.fault());
            }
        }
    }

    /** Looks from now on at which models are used. */
    void start() {
        if (!models.isEmpty()) {
            metrics.memory(() -> budget, () -> memory.sum().usedBytes());
            LOG.info("{} models are loaded on demand, within {} MB", models.size(), budget >> 20);
            means.later(LOOK, this::look);
        }
    }

    @Override
    public Optional<Call> call(String name, long deadlineNanos) {
        boolean first;
        Call call;
        synchronized (lock) {
            DemandedModel model = byName.get(name);
            if (model == null || model.off) {
                return Optional.empty();
            }
            long now = nanos.getAsLong();
            if (model.state() == State.READY) {
                return Optional.of(OnDemand.there(model.id()));
            }
            Problem refusal = model.refusal(now);
            if (refusal != null) {
                return Optional.of(new Call.Refused(refusal));
            }
            first = model.ask(Math.max(deadlineNanos, now + HOPE.toNanos()));
            if (first) {
                line.add(model);
            }
            call = new Call.Coming(
                    model.id(),
                    model.coming(),
                    line.wait(model, history, now),
                    expected(model).measured());
        }
        if (first) {
            means.run(this::work);
        }
        return Optional.of(call);
    }

    @Override
    public void wish(CopyWishes wishes) {
        synchronized (lock) {
            wished.take(wishes, nanos.getAsLong());
        }
    }

    private LoadHistory.Taken expected(DemandedModel model) {
        return model.expected(history);
    }

    /** Does what can be done for those in the line. */
    private void work() {
        while (!means.isStopping()) {
            DemandedModel next = next();
            if (next == null || !serve(next)) {
                return;
            }
        }
        stop();
    }

    private @Nullable DemandedModel next() {
        List<CompletableFuture<Void>> settled;
        DemandedModel next;
        synchronized (lock) {
            long now = nanos.getAsLong();
            settled = line.leave(model -> !model.isWanted(now));
            next = line.first();
            if (next != null && next.madeRoom && memory.going() > 0) {
                // What went for it is not closed yet.
                next = null;
            }
        }
        settled.forEach(done -> done.complete(null));
        return next;
    }

    /** Whether the next may be looked at. */
    private boolean serve(DemandedModel model) {
        String id = model.id();
        boolean elsewhere;
        synchronized (lock) {
            elsewhere = model.isElsewhere();
            if (elsewhere) {
                model.downloading();
            }
        }
        if (elsewhere) {
            means.fetch(id, failure -> fetched(model, failure));
            return true;
        }
        ModelSpec spec;
        try {
            spec = means.find(id).orElse(null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ModelException | RuntimeException | LinkageError e) {
            failed(id, e);
            return true;
        }
        if (spec == null) {
            failed(id, LoadFault.MISSING, "nothing is known of this name any more");
            return true;
        }
        synchronized (lock) {
            model.read(spec);
        }
        long needed = expected(model).bytes();
        EvictionPolicy.Room room = memory.room(needed, budget);
        if (isOnlyWished(model) && !memory.costsNobody(room)) {
            // There was room for a copy when it was put into the line.
            forget(model);
            return true;
        }
        return switch (room) {
            case EvictionPolicy.Room.Free() -> {
                // Where there is no room for both forms at once it is loaded in the one that it keeps.
                long first = model.firstFormBytes();
                boolean twice = first > 0 && memory.room(needed + first, budget) instanceof EvictionPolicy.Room.Free;
                synchronized (lock) {
                    model.loading(twice ? needed + first : needed, nanos.getAsLong());
                    model.inTwoForms(twice);
                }
                means.load(id, twice);
                requireEnd(model);
                yield true;
            }
            case EvictionPolicy.Room.After(List<String> leaving) -> {
                leaving.forEach(one -> evict(one, "room"));
                yield false;
            }
            case EvictionPolicy.Room.Later(long pause) -> {
                means.later(Duration.ofNanos(pause), this::work);
                yield false;
            }
            case EvictionPolicy.Room.Never(long most) -> {
                failed(
                        id,
                        LoadFault.NO_MEMORY,
                        "it takes about " + (needed >> 20) + " MB, and at most " + (most >> 20) + " MB can be had");
                yield true;
            }
        };
    }

    /** The download of a model's files ended; whoever waits for it still has it loaded. */
    private void fetched(DemandedModel model, @Nullable Exception failure) {
        if (failure != null) {
            failed(model.id(), failure);
        } else {
            synchronized (lock) {
                model.fetched();
            }
            readNow(model);
        }
        work();
    }

    /** Reads its files, which are here: where nobody waits any more it is known all the same what it is. */
    private void readNow(DemandedModel model) {
        try {
            ModelSpec spec = means.find(model.id()).orElse(null);
            if (spec != null) {
                synchronized (lock) {
                    model.read(spec);
                    if (model.state() == State.ABSENT) {
                        model.onDisk();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ModelException | RuntimeException | LinkageError e) {
            failed(model.id(), e);
        }
    }

    private boolean isOnlyWished(DemandedModel model) {
        synchronized (lock) {
            return !model.isAsked(nanos.getAsLong());
        }
    }

    private void forget(DemandedModel model) {
        CompletableFuture<Void> done;
        synchronized (lock) {
            done = line.leave(model);
        }
        done.complete(null);
    }

    /** A load that says neither that it went well nor that it failed is not tried for ever. */
    private void requireEnd(DemandedModel model) {
        boolean open;
        synchronized (lock) {
            open = model.state() == State.LOADING && !means.isStopping();
        }
        if (open) {
            failed(model.id(), LoadFault.CORRUPT, "its load did not come to an end");
        }
    }

    private void evict(String id, String reason) {
        metrics.evicted(id, reason);
        LOG.info(
                "{}: goes, {}",
                id,
                switch (reason) {
                    case "idle" -> "as nobody asks for it";
                    case "spare" -> "as other workers hold enough of it";
                    default -> "so that there is room";
                });
        means.dismiss(id);
    }

    /** A model serves, whoever asked for that. */
    void loaded(ServedModel served, Duration time) {
        String id = served.description().id();
        CompletableFuture<Void> done;
        long first;
        synchronized (lock) {
            DemandedModel model = models.get(id);
            if (model == null) {
                return;
            }
            first = model.isInTwoForms() ? model.firstFormBytes() : 0;
            model.ready(expected(model).bytes() + first, nanos.getAsLong());
            done = line.leave(model);
        }
        metrics.loaded(id, time);
        done.complete(null);
        if (first > 0) {
            means.settle(id, () -> settled(id));
        }
    }

    /** A model is there in one form alone, so that others may find room. */
    private void settled(String id) {
        synchronized (lock) {
            DemandedModel model = models.get(id);
            if (model != null) {
                model.settled(expected(model).bytes());
            }
        }
        work();
    }

    /** A model could not be loaded, whoever asked for it. */
    void failed(String id, Throwable failure) {
        DemandedModel model = models.get(id);
        boolean gone = model != null
                && model.model().path() != null
                && !Files.exists(model.model().path());
        failed(id, gone ? LoadFault.MISSING : LoadFault.of(failure), Reasons.of(failure));
    }

    private void failed(String id, LoadFault fault, String reason) {
        DemandedModel model = models.get(id);
        if (model == null || (fault == LoadFault.NO_MEMORY && madeRoom(model))) {
            return;
        }
        CompletableFuture<Void> done;
        synchronized (lock) {
            if (model.state() == State.READY) {
                // Another version of it serves.
                return;
            }
            Duration pause = model.failed(fault, reason, nanos.getAsLong());
            LOG.warn("{}: not loaded, nor tried again for {} s: {}", id, pause.toSeconds(), reason);
            done = line.leave(model);
        }
        metrics.failed(id, fault);
        done.complete(null);
    }

    /** Memory ended though the sum of what was measured said otherwise: whether another went, so that it is tried once more. */
    private boolean madeRoom(DemandedModel model) {
        long needed;
        synchronized (lock) {
            if (model.madeRoom || model.state() != State.LOADING || !model.isAsked(nanos.getAsLong())) {
                return false;
            }
            model.madeRoom = true;
            needed = model.bytes();
            model.onDisk();
        }
        long taken = memory.sum().usedBytes();
        if (!(memory.room(needed, Math.min(budget, taken)) instanceof EvictionPolicy.Room.After(List<String> leaving))
                || leaving.isEmpty()) {
            return false;
        }
        leaving.forEach(one -> evict(one, "room"));
        return true;
    }

    /** A model serves no more. */
    void left(String id) {
        synchronized (lock) {
            DemandedModel model = models.get(id);
            if (model != null) {
                model.draining();
            }
        }
    }

    /** Nobody has a model any more, and its memory is free. */
    void closed(String id) {
        synchronized (lock) {
            DemandedModel model = models.get(id);
            if (model == null || model.state() != State.DRAINING) {
                return;
            }
            model.onDisk();
        }
        work();
    }

    /** An operator unloads it: no request brings it back. */
    void switchedOff(String id) {
        CompletableFuture<Void> done;
        synchronized (lock) {
            DemandedModel model = byName.get(id);
            if (model == null) {
                return;
            }
            model.off = true;
            done = line.leave(model);
        }
        done.complete(null);
    }

    boolean has(String id) {
        return models.containsKey(id);
    }

    /** Nothing is loaded any more: all who wait look again, and find out why. */
    void stop() {
        List<CompletableFuture<Void>> waiting;
        synchronized (lock) {
            waiting = line.leave((DemandedModel model) -> true);
        }
        waiting.forEach(done -> done.complete(null));
    }

    private void look() {
        memory.look();
        List<String> idle;
        List<String> spare;
        List<DemandedModel> missing;
        synchronized (lock) {
            long now = nanos.getAsLong();
            idle = models.values().stream()
                    .filter(model -> model.isIdle(now) && !wished.isWished(model.id(), now))
                    .map(DemandedModel::id)
                    .toList();
            spare = wished.needless(now).stream()
                    .filter(id -> !idle.contains(id))
                    .toList();
            missing = wished.missing(now);
        }
        if (!means.isStopping()) {
            idle.forEach(id -> evict(id, "idle"));
            spare.forEach(id -> evict(id, "spare"));
            if (memory.room(0, budget) instanceof EvictionPolicy.Room.After(List<String> leaving)) {
                // A load took more than it was expected to.
                leaving.forEach(id -> evict(id, "room"));
            }
            missing.forEach(this::loadWhereFree);
            means.later(LOOK, this::look);
        }
    }

    /** Loads a copy that a gateway would have here, unless that costs a model that is used. */
    private void loadWhereFree(DemandedModel model) {
        if (!memory.costsNobody(memory.room(expected(model).bytes(), budget))) {
            return;
        }
        boolean first;
        synchronized (lock) {
            first = model.isResting(nanos.getAsLong()) && model.want(nanos.getAsLong() + HOPE.toNanos());
            if (first) {
                line.add(model);
            }
        }
        if (first) {
            work();
        }
    }

    @Override
    public Optional<String> ofKind(String kind) {
        synchronized (lock) {
            return models.values().stream()
                    .filter(model -> !model.off
                            && model.spec() != null
                            && model.spec().task().label().equals(kind))
                    .map(DemandedModel::id)
                    .findFirst();
        }
    }

    @Override
    public Memory memory() {
        return memory.sum();
    }

    @Override
    public List<Standing> standings() {
        synchronized (lock) {
            long free = budget - memory.sum().usedBytes();
            return models.values().stream()
                    .map(model -> model.standing(expected(model), free))
                    .toList();
        }
    }

    private long bytes(DemandedModel model) {
        synchronized (lock) {
            return model.bytes();
        }
    }
}
