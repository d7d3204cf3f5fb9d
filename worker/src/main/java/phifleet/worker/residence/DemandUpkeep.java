package phifleet.worker.residence;

import java.time.Duration;
import java.util.List;

/**
 * Sees again and again which models are used: what nobody asks for goes, and what gateways would have comes where that costs no
 * model that is used. All of it on the residence's thread.
 */
final class DemandUpkeep {
    /** How often it is looked at which models are used. */
    private static final Duration LOOK = Duration.ofMillis(500);

    private final DemandTable table;
    private final DemandedMemory memory;
    private final Evictions evictions;
    private final LoadTurns turns;
    private final DemandLoads means;

    DemandUpkeep(DemandTable table, DemandedMemory memory, Evictions evictions, LoadTurns turns, DemandLoads means) {
        this.table = table;
        this.memory = memory;
        this.evictions = evictions;
        this.turns = turns;
        this.means = means;
    }

    void start() {
        means.later(LOOK, this::look);
    }

    void look() {
        memory.look();
        List<String> idle;
        List<String> spare;
        List<DemandedModel> missing;
        synchronized (table) {
            long now = table.now();
            idle = table.models().values().stream()
                    .filter(model -> model.isIdle(now) && !table.wished().isWished(model.id(), now))
                    .map(DemandedModel::id)
                    .toList();
            spare = table.wished().needless(now).stream()
                    .filter(id -> !idle.contains(id))
                    .toList();
            missing = table.wished().missing(now);
        }
        if (!means.isStopping()) {
            idle.forEach(id -> evictions.evict(id, "idle"));
            spare.forEach(id -> evictions.evict(id, "spare"));
            if (memory.room(0) instanceof EvictionPolicy.Room.After(List<String> leaving)) {
                // A load took more than it was expected to.
                leaving.forEach(id -> evictions.evict(id, "room"));
            }
            missing.forEach(this::loadWhereFree);
            means.later(LOOK, this::look);
        }
    }

    /** Loads a copy that a gateway would have here, unless that costs a model that is used. */
    private void loadWhereFree(DemandedModel model) {
        if (!memory.costsNobody(memory.room(table.expected(model).bytes()))) {
            return;
        }
        boolean first;
        synchronized (table) {
            first = model.isResting(table.now()) && model.want(table.now() + DemandedModels.HOPE.toNanos());
            if (first) {
                table.line().add(model);
            }
        }
        if (first) {
            turns.work();
        }
    }
}
