package phifleet.gateway.http.routing;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phifleet.common.FleetChange;
import phifleet.common.FleetChanges;
import phifleet.gateway.balance.ModelSplit;

/**
 * The names that stand for shares of several models, as the changes of the fleet have them: workers keep those, so that every gateway
 * comes to know them. Safe from every thread.
 */
public final class ModelSplits {
    private final FleetChanges changes;
    private volatile Map<String, ModelSplit> byName = Map.of();

    public ModelSplits(FleetChanges changes) {
        this.changes = changes;
    }

    /** Takes the changes as they are now; a split that is the same keeps its counts. */
    public synchronized void refresh() {
        Map<String, ModelSplit> next = new LinkedHashMap<>();
        for (FleetChange change : changes.inOrder()) {
            if (change.action() == FleetChange.Action.WEIGHTS) {
                split(change).ifPresent(split -> next.put(change.model(), split));
            }
        }
        byName = Map.copyOf(next);
    }

    private Optional<ModelSplit> split(FleetChange change) {
        ModelSplit before = byName.get(change.model());
        if (before != null && before.stamp().equals(change.stamp())) {
            return Optional.of(before);
        }
        String config = change.config();
        // What another version of this program meant by it is not known.
        return config == null
                ? Optional.empty()
                : ModelWeights.stored(config)
                        .map(weights ->
                                new ModelSplit(change.model(), change.stamp(), weights.among(), weights.shares()));
    }

    /** The names that stand for shares, in their order. */
    public List<String> names() {
        return byName.keySet().stream().sorted().toList();
    }

    public boolean isEmpty() {
        return byName.isEmpty();
    }

    /** The split of a name; null where it stands for itself. */
    @Nullable
    public ModelSplit of(String name) {
        return byName.get(name);
    }

    /** Starts a new half of what latencies are taken over. */
    public void roll() {
        Collection<ModelSplit> all = byName.values();
        all.forEach(ModelSplit::roll);
    }
}
