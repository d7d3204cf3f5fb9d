package phifleet.worker.residence;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.common.CopyWishes;
import phifleet.common.Problem;
import phifleet.inference.ServedModel;
import phifleet.worker.http.state.OnDemand;

/**
 * The models that are loaded when a request names them, and go when others need their memory or nobody asked for them for long.
 *
 * <p>Who asks is put on record under a lock and waits for nothing. What comes of it is done on the residence's thread, by
 * {@link LoadTurns} and {@link DemandUpkeep}. Thread-safe.
 */
final class DemandedModels implements OnDemand {
    private static final Logger LOG = LoggerFactory.getLogger(DemandedModels.class);

    /** A load that began in vain for some is made for those who come back within this. */
    static final Duration HOPE = Duration.ofSeconds(60);

    private final DemandTable table;
    private final DemandedMemory memory;
    private final DemandMetrics metrics;
    private final DemandLoads means;
    private final LoadTurns turns;
    private final DemandUpkeep upkeep;

    /** @param budget bytes that all models together may take */
    DemandedModels(
            List<Shelf.Dormant> dormant,
            long budget,
            LoadHistory history,
            DemandMetrics metrics,
            LongSupplier nanos,
            DemandLoads means) {
        this.metrics = metrics;
        this.means = means;
        this.table = DemandTable.of(history, nanos);
        this.memory = new DemandedMemory(table, budget, means::served);
        Evictions evictions = new Evictions(metrics, means);
        this.turns = new LoadTurns(table, memory, evictions, metrics, means);
        this.upkeep = new DemandUpkeep(table, memory, evictions, turns, means);
        for (Shelf.Dormant one : dormant) {
            table.add(one);
            metrics.bytes(one.id(), () -> bytes(one.id()));
            if (!one.fault().isEmpty()) {
                LOG.warn("{}: it is to be loaded on demand, and could not be now: {}", one.id(), one.fault());
            }
        }
    }

    /** Looks from now on at which models are used. */
    void start() {
        if (!table.models().isEmpty()) {
            metrics.memory(memory::budget, () -> memory.sum().usedBytes());
            LOG.info(
                    "{} models are loaded on demand, within {} MB",
                    table.models().size(),
                    memory.budget() >> 20);
            upkeep.start();
        }
    }

    @Override
    public Optional<Call> call(String name, long deadlineNanos) {
        boolean first;
        Call call;
        synchronized (table) {
            DemandedModel model = table.byName().get(name);
            if (model == null || model.off) {
                return Optional.empty();
            }
            long now = table.now();
            if (model.state() == State.READY) {
                return Optional.of(OnDemand.there(model.id()));
            }
            Problem refusal = model.refusal(now);
            if (refusal != null) {
                return Optional.of(new Call.Refused(refusal));
            }
            first = model.ask(Math.max(deadlineNanos, now + HOPE.toNanos()));
            if (first) {
                table.line().add(model);
            }
            call = new Call.Coming(
                    model.id(),
                    model.coming(),
                    table.line().wait(model, table.history(), now),
                    table.expected(model).measured());
        }
        if (first) {
            means.run(turns::work);
        }
        return Optional.of(call);
    }

    @Override
    public void wish(CopyWishes wishes) {
        synchronized (table) {
            table.wished().take(wishes, table.now());
        }
    }

    /** A model serves no more. */
    void left(String id) {
        synchronized (table) {
            DemandedModel model = table.models().get(id);
            if (model != null) {
                model.draining();
            }
        }
    }

    /** An operator unloads it: no request brings it back. */
    void switchedOff(String id) {
        CompletableFuture<Void> done;
        synchronized (table) {
            DemandedModel model = table.byName().get(id);
            if (model == null) {
                return;
            }
            model.off = true;
            done = table.line().leave(model);
        }
        done.complete(null);
    }

    boolean has(String id) {
        return table.models().containsKey(id);
    }

    /** Nothing is loaded any more: all who wait look again, and find out why. */
    void stop() {
        table.stop();
    }

    /** A model serves, whoever asked for that. */
    void loaded(ServedModel served, Duration time) {
        turns.loaded(served, time);
    }

    /** A model could not be loaded, whoever asked for it. */
    void failed(String id, Throwable failure) {
        turns.failed(id, failure);
    }

    /** Nobody has a model any more, and its memory is free. */
    void closed(String id) {
        turns.closed(id);
    }

    @Override
    public Optional<String> ofKind(String kind) {
        synchronized (table) {
            return table.models().values().stream()
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
        synchronized (table) {
            long free = memory.budget() - memory.sum().usedBytes();
            return table.models().values().stream()
                    .map(model -> model.standing(table.expected(model), free))
                    .toList();
        }
    }

    private long bytes(String id) {
        synchronized (table) {
            return Objects.requireNonNull(table.models().get(id)).bytes();
        }
    }
}
