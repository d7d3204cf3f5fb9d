package phifleet.worker.residence;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import phifleet.common.CopyWishes;

/**
 * What gateways would have loaded here, and what they have no use for. Each says it about once a second while it means it; whatever
 * was not said for a while is forgotten. Where gateways disagree, who would have a model outweighs who would not. Guarded by the
 * lock of {@link DemandTable}.
 */
final class WishedCopies {
    /** Some of a gateway's words may be late, or one of many turns. */
    static final Duration MEMORY = Duration.ofSeconds(10);

    /** A spare copy goes once no request came for so long: a gateway that knows of it sends none. */
    static final Duration UNUSED = Duration.ofSeconds(5);

    private final Map<String, DemandedModel> models;
    private final Map<String, Long> keptUntil = new HashMap<>();
    private final Map<String, Long> spareUntil = new HashMap<>();

    /** @param models those that are loaded on demand, by id: names of others are passed over */
    WishedCopies(Map<String, DemandedModel> models) {
        this.models = models;
    }

    void take(CopyWishes wishes, long now) {
        note(wishes.kept(), keptUntil, now);
        note(wishes.spare(), spareUntil, now);
    }

    private void note(List<String> ids, Map<String, Long> until, long now) {
        for (String id : ids) {
            if (models.containsKey(id)) {
                until.put(id, now + MEMORY.toNanos());
            }
        }
    }

    /** Whether a gateway would have it here. */
    boolean isWished(String id, long now) {
        return counts(keptUntil, id, now);
    }

    /** Whether it is one of as few copies as there have to be, so that it goes for no other. */
    boolean isKept(DemandedModel model, long now) {
        return model.model().copies().min() > 0 && isWished(model.id(), now);
    }

    /** Those that a gateway would have here and nobody loads. */
    List<DemandedModel> missing(long now) {
        return models.values().stream()
                .filter(model -> isWished(model.id(), now) && model.isResting(now))
                .toList();
    }

    /** Those that may go, since others hold enough of them. */
    List<String> needless(long now) {
        return models.values().stream()
                .filter(model -> counts(spareUntil, model.id(), now)
                        && !isWished(model.id(), now)
                        && !model.model().pinned()
                        && model.unused(now).compareTo(UNUSED) > 0)
                .map(DemandedModel::id)
                .toList();
    }

    private static boolean counts(Map<String, Long> until, String id, long now) {
        Long end = until.get(id);
        return end != null && now - end < 0;
    }
}
