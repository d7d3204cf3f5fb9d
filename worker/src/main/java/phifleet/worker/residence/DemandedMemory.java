package phifleet.worker.residence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import phifleet.inference.ServedModel;
import phifleet.worker.http.state.OnDemand;
import phifleet.worker.http.state.OnDemand.State;

/**
 * What models take of a budget, and how much they are used. {@link #sum} may be asked by any thread, the rest by the residence's
 * alone.
 */
final class DemandedMemory {
    /** Of a model that nobody asked for in the last minutes: one request counts as more for seven of them. */
    private static final double QUIET_PER_SECOND = 1e-4;

    private final DemandTable table;
    private final long budget;
    private final Supplier<List<ServedModel>> served;
    private final Popularity popularity;
    private final EvictionPolicy policy;

    /**
     * @param budget bytes
     * @param served all that serve
     */
    DemandedMemory(DemandTable table, long budget, Supplier<List<ServedModel>> served) {
        this.table = table;
        this.budget = budget;
        this.served = served;
        this.popularity = new Popularity(table.nanos());
        this.policy = new EvictionPolicy(popularity::perSecond);
    }

    /** Bytes that all models together may take. */
    long budget() {
        return budget;
    }

    /** Whether there is room for a model that takes so many bytes, or who goes for it. */
    EvictionPolicy.Room room(long needed) {
        return room(needed, budget);
    }

    /**
     * Whether there is room for a model, or who goes for it.
     *
     * @param needed bytes that it is expected to take
     * @param within of which all together have to make do
     */
    EvictionPolicy.Room room(long needed, long within) {
        look();
        List<EvictionPolicy.Resident> residents = new ArrayList<>();
        synchronized (table) {
            for (ServedModel resident : served.get()) {
                String id = resident.description().id();
                DemandedModel model = table.models().get(id);
                LoadHistory.Taken taken =
                        table.history().known(id).orElseGet(() -> new LoadHistory.Taken(0, Duration.ZERO, false));
                residents.add(new EvictionPolicy.Resident(
                        id,
                        model == null ? taken.bytes() : model.bytes(),
                        taken.time(),
                        model == null ? 0 : model.sinceNanos(),
                        model == null
                                || model.model().pinned()
                                || table.wished().isKept(model, table.now())));
            }
            return policy.room(needed, within, going(), residents, table.now());
        }
    }

    /** Whether that costs no model that anybody uses. */
    boolean costsNobody(EvictionPolicy.Room room) {
        return switch (room) {
            case EvictionPolicy.Room.Free() -> true;
            case EvictionPolicy.Room.After(List<String> leaving) ->
                leaving.stream().allMatch(id -> popularity.perSecond(id) < QUIET_PER_SECOND);
            case EvictionPolicy.Room.Later later -> false;
            case EvictionPolicy.Room.Never never -> false;
        };
    }

    /** Bytes of those that are on their way out. Under the lock. */
    long going() {
        return table.models().values().stream()
                .filter(model -> model.state() == State.DRAINING)
                .mapToLong(DemandedModel::bytes)
                .sum();
    }

    /** Takes a look at which models are used. */
    void look() {
        long now = table.now();
        for (ServedModel resident : served.get()) {
            String id = resident.description().id();
            boolean busy = resident.lanes().stream().anyMatch(lane -> lane.queuedItems() + lane.runningItems() > 0);
            synchronized (table) {
                DemandedModel model = table.models().get(id);
                if (model != null && model.state() == State.READY) {
                    popularity.asked(id, model.used(resident.statistics().started(), busy, now));
                }
            }
        }
    }

    OnDemand.Memory sum() {
        synchronized (table) {
            long used = table.models().values().stream()
                    .mapToLong(DemandedModel::bytes)
                    .sum();
            for (ServedModel resident : served.get()) {
                String id = resident.description().id();
                if (!table.models().containsKey(id)) {
                    used += table.history()
                            .known(id)
                            .map(LoadHistory.Taken::bytes)
                            .orElse(0L);
                }
            }
            return new OnDemand.Memory(budget, used);
        }
    }
}
