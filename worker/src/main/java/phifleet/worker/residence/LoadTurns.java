package phifleet.worker.residence;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.ServedModel;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.worker.http.state.OnDemand.State;

/**
 * Loads the models that somebody waits for, one after another, each once for all who wait. Files that are elsewhere come beside that,
 * several models' at once. Memory is reserved before a load: where there is none, others are taken out of the worker's state first,
 * and the load begins when no request has them any more and they are closed. All of it on the residence's thread.
 */
final class LoadTurns {
    private static final Logger LOG = LoggerFactory.getLogger(LoadTurns.class);

    private final DemandTable table;
    private final DemandedMemory memory;
    private final Evictions evictions;
    private final DemandMetrics metrics;
    private final DemandLoads means;

    LoadTurns(DemandTable table, DemandedMemory memory, Evictions evictions, DemandMetrics metrics, DemandLoads means) {
        this.table = table;
        this.memory = memory;
        this.evictions = evictions;
        this.metrics = metrics;
        this.means = means;
    }

    /** Does what can be done for those in the table.line(). */
    void work() {
        while (!means.isStopping()) {
            DemandedModel next = next();
            if (next == null || !serve(next)) {
                return;
            }
        }
        table.stop();
    }

    private @Nullable DemandedModel next() {
        List<CompletableFuture<Void>> settled;
        DemandedModel next;
        synchronized (table) {
            long now = table.now();
            settled = table.line().leave(model -> !model.isWanted(now));
            next = table.line().first();
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
        synchronized (table) {
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
        synchronized (table) {
            model.read(spec);
        }
        long needed = table.expected(model).bytes();
        EvictionPolicy.Room room = memory.room(needed);
        if (isOnlyWished(model) && !memory.costsNobody(room)) {
            // There was room for a copy when it was put into the table.line().
            forget(model);
            return true;
        }
        return switch (room) {
            case EvictionPolicy.Room.Free() -> {
                // Where there is no room for both forms at once it is loaded in the one that it keeps.
                long first = model.firstFormBytes();
                boolean twice = first > 0 && memory.room(needed + first) instanceof EvictionPolicy.Room.Free;
                synchronized (table) {
                    model.loading(twice ? needed + first : needed, table.now());
                    model.inTwoForms(twice);
                }
                means.load(id, twice);
                requireEnd(model);
                yield true;
            }
            case EvictionPolicy.Room.After(List<String> leaving) -> {
                leaving.forEach(one -> evictions.evict(one, "room"));
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
            synchronized (table) {
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
                synchronized (table) {
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
        synchronized (table) {
            return !model.isAsked(table.now());
        }
    }

    private void forget(DemandedModel model) {
        CompletableFuture<Void> done;
        synchronized (table) {
            done = table.line().leave(model);
        }
        done.complete(null);
    }

    /** A load that says neither that it went well nor that it failed is not tried for ever. */
    private void requireEnd(DemandedModel model) {
        boolean open;
        synchronized (table) {
            open = model.state() == State.LOADING && !means.isStopping();
        }
        if (open) {
            failed(model.id(), LoadFault.CORRUPT, "its load did not come to an end");
        }
    }

    /** A model serves, whoever asked for that. */
    void loaded(ServedModel served, Duration time) {
        String id = served.description().id();
        CompletableFuture<Void> done;
        long first;
        synchronized (table) {
            DemandedModel model = table.models().get(id);
            if (model == null) {
                return;
            }
            first = model.isInTwoForms() ? model.firstFormBytes() : 0;
            model.ready(table.expected(model).bytes() + first, table.now());
            done = table.line().leave(model);
        }
        metrics.loaded(id, time);
        done.complete(null);
        if (first > 0) {
            means.settle(id, () -> settled(id));
        }
    }

    /** A model is there in one form alone, so that others may find room. */
    private void settled(String id) {
        synchronized (table) {
            DemandedModel model = table.models().get(id);
            if (model != null) {
                model.settled(table.expected(model).bytes());
            }
        }
        work();
    }

    /** A model could not be loaded, whoever asked for it. */
    void failed(String id, Throwable failure) {
        DemandedModel model = table.models().get(id);
        boolean gone = model != null
                && model.model().path() != null
                && !Files.exists(model.model().path());
        failed(id, gone ? LoadFault.MISSING : LoadFault.of(failure), Reasons.of(failure));
    }

    private void failed(String id, LoadFault fault, String reason) {
        DemandedModel model = table.models().get(id);
        if (model == null || (fault == LoadFault.NO_MEMORY && madeRoom(model))) {
            return;
        }
        CompletableFuture<Void> done;
        synchronized (table) {
            if (model.state() == State.READY) {
                // Another version of it serves.
                return;
            }
            Duration pause = model.failed(fault, reason, table.now());
            LOG.warn("{}: not loaded, nor tried again for {} s: {}", id, pause.toSeconds(), reason);
            done = table.line().leave(model);
        }
        metrics.failed(id, fault);
        done.complete(null);
    }

    /** Memory ended though the sum of what was measured said otherwise: whether another went, so that it is tried once more. */
    private boolean madeRoom(DemandedModel model) {
        long needed;
        synchronized (table) {
            if (model.madeRoom || model.state() != State.LOADING || !model.isAsked(table.now())) {
                return false;
            }
            model.madeRoom = true;
            needed = model.bytes();
            model.onDisk();
        }
        long taken = memory.sum().usedBytes();
        if (!(memory.room(needed, Math.min(memory.budget(), taken))
                        instanceof EvictionPolicy.Room.After(List<String> leaving))
                || leaving.isEmpty()) {
            return false;
        }
        leaving.forEach(one -> evictions.evict(one, "room"));
        return true;
    }

    /** Nobody has a model any more, and its memory is free. */
    void closed(String id) {
        synchronized (table) {
            DemandedModel model = table.models().get(id);
            if (model == null || model.state() != State.DRAINING) {
                return;
            }
            model.onDisk();
        }
        work();
    }
}
