package phifleet.gateway.balance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import phifleet.common.CopyWishes;

/**
 * Which workers hold the copies of models that are loaded on demand. Those that hold a model already keep it, of several the first by
 * {@link Rendezvous}; what is missing comes to where it is loading, else to where there is room. So all gateways that want as many
 * copies name the same workers, and one that wants fewer names some of them. Immutable, pure.
 */
public final class CopyPlan {
    private final Map<Worker, CopyWishes> wishes;

    /**
     * How many copies of a model should be there.
     *
     * @param copies 0 where none needs be
     * @param least how many are made room for, whether or not anybody asks; more than those come only where there is room
     * @param maySpare whether holders beyond those are told that they are
     */
    public record Need(int copies, int least, boolean maySpare) {}

    /** Where one copy is, or could be. */
    private record Place(Worker worker, boolean holds, LoadableModel.Nearness nearness) {
        /** Whether a copy is loaded there that somebody asks for. */
        boolean isFree() {
            return holds
                    || switch (nearness) {
                        case LOADING, ROOM -> true;
                        case CROWDED, ABSENT -> false;
                    };
        }
    }

    private CopyPlan(Map<Worker, CopyWishes> wishes) {
        this.wishes = wishes;
    }

    /** What a worker is told. */
    public CopyWishes of(Worker worker) {
        return wishes.getOrDefault(worker, CopyWishes.NONE);
    }

    /**
     * Of a fleet as it is now. In panic nobody knows what workers hold, and nothing is wished.
     *
     * @param needs by id of a model
     */
    public static CopyPlan of(FleetSnapshot fleet, Map<String, Need> needs) {
        if (fleet.panic()) {
            return new CopyPlan(Map.of());
        }
        Map<String, List<Place>> places = new LinkedHashMap<>();
        for (Worker worker : fleet.eligible()) {
            for (LoadableModel model : worker.loadable()) {
                if (model.name().equals(model.id())) {
                    places.computeIfAbsent(model.id(), first -> new ArrayList<>())
                            .add(new Place(worker, worker.isHolderOf(model.id()), model.nearness()));
                }
            }
        }
        Map<Worker, List<String>> kept = new HashMap<>();
        Map<Worker, List<String>> spare = new HashMap<>();
        places.forEach((id, of) -> {
            Need need = needs.get(id);
            if (need != null) {
                plan(id, of, need, kept, spare);
            }
        });
        Map<Worker, CopyWishes> wishes = new HashMap<>();
        for (Worker worker : fleet.eligible()) {
            wishes.put(
                    worker,
                    new CopyWishes(kept.getOrDefault(worker, List.of()), spare.getOrDefault(worker, List.of())));
        }
        return new CopyPlan(wishes);
    }

    private static void plan(
            String id, List<Place> places, Need need, Map<Worker, List<String>> kept, Map<Worker, List<String>> spare) {
        List<Place> nearest = places.stream()
                .sorted(Comparator.comparing(Place::holds)
                        .reversed()
                        .thenComparing(Place::nearness)
                        // Of those that are as near.
                        .thenComparing(Place::worker, Rendezvous.order(id).reversed()))
                .toList();
        boolean held = nearest.getFirst().holds();
        // The first copy of one that need not be there comes with the first request for it, and goes as it likes.
        boolean cares = need.least() > 0 || (need.copies() > 1 && held);
        for (int i = 0; i < nearest.size(); i++) {
            Place place = nearest.get(i);
            if (i < need.copies()) {
                if (cares && (i < need.least() || place.isFree())) {
                    kept.computeIfAbsent(place.worker(), first -> new ArrayList<>())
                            .add(id);
                }
            } else if (i > 0 && place.holds() && need.maySpare()) {
                spare.computeIfAbsent(place.worker(), first -> new ArrayList<>())
                        .add(id);
            }
        }
    }
}
