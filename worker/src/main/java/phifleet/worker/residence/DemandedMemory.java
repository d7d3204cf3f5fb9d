package phifleet.worker.residence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
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

    private final Map<String, DemandedModel> models;
    private final Object lock;
    private final long budget;
    private final LoadHistory history;
    private final LongSupplier nanos;
    private final Supplier<List<ServedModel>> served;
    private final WishedCopies wished;
    private final Popularity popularity;
    private final EvictionPolicy policy;

    /**
     * @param models those that are loaded on demand, by id
     * @param lock guards each of them
     * @param wished by gateways; under the same lock
     * @param served all that serve
     */
    DemandedMemory(
            Map<String, DemandedModel> models,
            Object lock,
            long budget,
            LoadHistory history,
            LongSupplier nanos,
            WishedCopies wished,
            Supplier<List<ServedModel>> served) {
        this.models = models;
        this.lock = lock;
        this.budget = budget;
        this.history = history;
        this.nanos = nanos;
        this.wished = wished;
        this.served = served;
        this.popularity = new Popularity(nanos);
        this.policy = new EvictionPolicy(popularity::perSecond);
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
        synchronized (lock) {
            for (ServedModel resident : served.get()) {
                String id = resident.description().id();
                DemandedModel model = models.get(id);
                LoadHistory.Taken taken =
                        history.known(id).orElseGet(() -> new LoadHistory.Taken(0, Duration.ZERO, false));
                residents.add(new EvictionPolicy.Resident(
                        id,
                        model == null ? taken.bytes() : model.bytes(),
                        taken.time(),
                        model == null ? 0 : model.sinceNanos(),
                        model == null || model.model().pinned() || wished.isKept(model, nanos.getAsLong())));
            }
            return policy.room(needed, within, going(), residents, nanos.getAsLong());
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
        return models.values().stream()
                .filter(model -> model.state() == State.DRAINING)
                .mapToLong(DemandedModel::bytes)
                .sum();
    }

    /** Takes a look at which models are used. */
    void look() {
        long now = nanos.getAsLong();
        for (ServedModel resident : served.get()) {
            String id = resident.description().id();
            boolean busy = resident.lanes().stream().anyMatch(lane -> lane.queuedItems() + lane.runningItems() > 0);
            synchronized (lock) {
                DemandedModel model = models.get(id);
                if (model != null && model.state() == State.READY) {
                    popularity.asked(id, model.used(resident.statistics().started(), busy, now));
                }
            }
        }
    }

    OnDemand.Memory sum() {
        synchronized (lock) {
            long used = models.values().stream().mapToLong(DemandedModel::bytes).sum();
            for (ServedModel resident : served.get()) {
                String id = resident.description().id();
                if (!models.containsKey(id)) {
                    used += history.known(id).map(LoadHistory.Taken::bytes).orElse(0L);
                }
            }
            return new OnDemand.Memory(budget, used);
        }
    }
}
