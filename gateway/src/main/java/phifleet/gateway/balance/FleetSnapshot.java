package phifleet.gateway.balance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import phifleet.common.WorkerCard.HeldModel;

/**
 * The fleet at one moment. Immutable but for the counts inside its workers.
 *
 * <p>A worker of which nobody has said what it holds may hold anything: so a fleet of fixed addresses can be balanced too.
 */
public final class FleetSnapshot {
    /** A fleet without workers. */
    public static final FleetSnapshot EMPTY = new FleetSnapshot(List.of(), List.of(), false);

    private final List<Worker> workers;
    private final List<Worker> eligible;
    private final boolean panic;
    private final Map<String, List<Worker>> byModel = new HashMap<>();
    private final Map<String, List<Worker>> byKind = new HashMap<>();
    private final Set<String> models = new HashSet<>();
    private final List<Worker> holdersOfAny;
    private final boolean uniform;
    private final LoadableModels loadable;

    /**
     * @param workers all that are known, those that are gone included
     * @param eligible those that may be picked
     * @param panic whether these are only the best of a bad lot
     */
    FleetSnapshot(List<Worker> workers, List<Worker> eligible, boolean panic) {
        this.workers = List.copyOf(workers);
        this.eligible = List.copyOf(eligible);
        this.panic = panic;
        this.holdersOfAny =
                this.eligible.stream().filter(FleetSnapshot::mayHoldAny).toList();
        workers.stream()
                .filter(worker -> worker.state() != WorkerState.GONE)
                .flatMap(worker -> held(worker).stream())
                .forEach(model -> models.add(model.name()));
        List<Worker> spares = new ArrayList<>();
        for (Worker worker : eligible) {
            if (index(worker, false)) {
                spares.add(worker);
            }
        }
        // Those that are to let a model go have its requests only where nobody else does.
        spares.forEach(worker -> index(worker, true));
        this.loadable = new LoadableModels(this.eligible);
        this.uniform = loadable.isEmpty()
                && eligible.stream()
                                .map(worker ->
                                        Optional.ofNullable(worker.models()).map(Set::copyOf))
                                .distinct()
                                .count()
                        <= 1;
    }

    /** Whether it holds what others have enough of, which is left out at first. */
    private boolean index(Worker worker, boolean spare) {
        Set<String> names = new HashSet<>();
        Set<String> kinds = new HashSet<>();
        boolean left = false;
        for (HeldModel model : held(worker)) {
            boolean isSpare = worker.isSpare(model.name());
            left |= isSpare;
            if (isSpare != spare) {
                continue;
            }
            if (names.add(model.name()) && !(spare && byModel.containsKey(model.name()))) {
                add(byModel, model.name(), worker);
            }
            if (kinds.add(model.kind()) && !(spare && byKind.containsKey(model.kind()))) {
                add(byKind, model.kind(), worker);
            }
        }
        return left;
    }

    private void add(Map<String, List<Worker>> map, String key, Worker worker) {
        map.computeIfAbsent(key, absent -> new ArrayList<>(holdersOfAny)).add(worker);
    }

    private static boolean mayHoldAny(Worker worker) {
        return worker.models() == null;
    }

    private static List<HeldModel> held(Worker worker) {
        List<HeldModel> models = worker.models();
        return models == null ? List.of() : models;
    }

    /** All workers known, those that are gone for a short while included. */
    public List<Worker> workers() {
        return workers;
    }

    /** How many of them are ready just now. */
    public long ready() {
        return workers.stream()
                .filter(worker -> worker.state() == WorkerState.READY)
                .count();
    }

    /** Those that may take a request. */
    public List<Worker> eligible() {
        return eligible;
    }

    /** Whether no worker is ready, and the eligible ones are only the best of a bad lot. */
    public boolean panic() {
        return panic;
    }

    /** Whether every eligible worker holds the same models, so that nobody needs to ask which a request names. */
    public boolean uniform() {
        return uniform;
    }

    /** Whether some worker says that it holds the model, or could. */
    public boolean knows(String model) {
        return models.contains(model) || loadable.knows(model);
    }

    /** Those that may take a request for a model; all of them where nobody in the fleet knows it, to say so. */
    public List<Worker> holding(String model) {
        return holding(model, worker -> true);
    }

    /**
     * The same; where nobody holds it and some could load it, the one that does.
     *
     * @param usable those that could
     */
    public List<Worker> holding(String model, Predicate<Worker> usable) {
        List<Worker> holders = byModel.get(model);
        if (holders != null) {
            return holders;
        }
        if (loadable.knows(model)) {
            return loadable.home(model, usable).map(List::of).orElse(List.of());
        }
        return models.contains(model) ? holdersOfAny : eligible;
    }

    /** Those that hold a model that is of all of these kinds; all of them where none does. */
    public List<Worker> holdingAllIn(List<String> kinds) {
        List<Worker> holders = eligible.stream()
                .filter(worker -> mayHoldAny(worker) || holdsAllIn(worker, kinds))
                .toList();
        return holders.isEmpty() ? eligible : holders;
    }

    private static boolean holdsAllIn(Worker worker, List<String> kinds) {
        Map<String, Set<String>> kindsByName = new HashMap<>();
        for (HeldModel model : held(worker)) {
            kindsByName.computeIfAbsent(model.name(), absent -> new HashSet<>()).add(model.kind());
        }
        return kindsByName.values().stream().anyMatch(of -> of.containsAll(kinds));
    }

    /**
     * Those that hold some model of one of these kinds, or the one that loads one; all of them where there is none, or where none is
     * wanted.
     *
     * @param usable those that could load one
     */
    public List<Worker> holdingKind(List<String> kinds, Predicate<Worker> usable) {
        if (kinds.stream().noneMatch(byKind::containsKey)) {
            Optional<String> model = loadable.ofKind(kinds);
            if (model.isPresent()) {
                return loadable.home(model.get(), usable).map(List::of).orElse(List.of());
            }
        }
        return holdingKind(kinds);
    }

    /** Those that hold some model of one of these kinds; all of them where none does, or where none is wanted. */
    public List<Worker> holdingKind(List<String> kinds) {
        if (kinds.size() == 1) {
            return byKind.getOrDefault(kinds.getFirst(), eligible);
        }
        List<Worker> holders = kinds.stream()
                .flatMap(kind -> byKind.getOrDefault(kind, List.of()).stream())
                .distinct()
                .toList();
        return holders.isEmpty() ? eligible : holders;
    }
}
