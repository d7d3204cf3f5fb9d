package phifleet.gateway.balance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where models are loaded that nobody holds: where one is loading already, else at a worker with room, else at any that has its
 * files; of several the one that {@link Rendezvous} chooses. Immutable.
 */
final class LoadableModels {
    private final Map<String, List<Place>> byName = new LinkedHashMap<>();
    private final Map<String, String> firstOfKind = new LinkedHashMap<>();

    private record Place(Worker worker, LoadableModel model) {}

    LoadableModels(List<Worker> workers) {
        for (Worker worker : workers) {
            for (LoadableModel model : worker.loadable()) {
                byName.computeIfAbsent(model.name(), absent -> new ArrayList<>())
                        .add(new Place(worker, model));
                firstOfKind.putIfAbsent(model.kind(), model.id());
            }
        }
    }

    boolean isEmpty() {
        return byName.isEmpty();
    }

    /** The first model that does what one of these kinds does; empty where none is known to. */
    Optional<String> ofKind(List<String> kinds) {
        return kinds.stream()
                .filter(firstOfKind::containsKey)
                .map(firstOfKind::get)
                .findFirst();
    }

    boolean knows(String model) {
        return byName.containsKey(model);
    }

    /**
     * The worker for a model.
     *
     * @param usable those that may be chosen
     */
    Optional<Worker> home(String model, Predicate<Worker> usable) {
        List<Place> places = byName.getOrDefault(model, List.of()).stream()
                .filter(place -> usable.test(place.worker()))
                .toList();
        for (LoadableModel.Nearness nearness : LoadableModel.Nearness.values()) {
            List<Place> near = places.stream()
                    .filter(place -> place.model().nearness() == nearness)
                    .toList();
            if (!near.isEmpty()) {
                return Rendezvous.choose(
                        near.getFirst().model().id(),
                        near.stream().map(Place::worker).toList());
            }
        }
        return Optional.empty();
    }
}
