package phifleet.worker.residence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.worker.http.state.ModelRepository.Entry;

/** Why models, and versions of models, are not served. Thread-safe, for one thread that writes. */
final class Absences {
    private static final Logger LOG = LoggerFactory.getLogger(Absences.class);

    /** By id. */
    private final Map<String, Entry> models = new ConcurrentHashMap<>();

    /** By id: of versions that could not be had, the newest first. */
    private final Map<String, List<Shelf.Fault>> versions = new ConcurrentHashMap<>();

    void loading(String id) {
        models.put(id, new Entry(id, "", true, ""));
    }

    void unloaded(String id) {
        versions.remove(id);
        models.put(id, new Entry(id, "", false, "unloaded"));
    }

    /** Nobody could load it again by its name. */
    void forgotten(String id) {
        versions.remove(id);
        models.remove(id);
    }

    /**
     * It could not be had; what served, if anything, goes on.
     *
     * @param version empty for the model as a whole
     */
    void failed(String id, String version, String reason) {
        models.put(id, new Entry(id, version, false, reason));
    }

    /**
     * A version serves, and newer ones could not be had. What is known of them already is not said again.
     *
     * @param version which one serves
     */
    void served(String id, String version, List<Shelf.Fault> faults) {
        models.remove(id);
        List<Shelf.Fault> before = versions.getOrDefault(id, List.of());
        faults.stream()
                .filter(fault -> !before.contains(fault))
                .forEach(fault -> LOG.warn(
                        "{}: version {} cannot be had, and version {} serves: {}",
                        id,
                        fault.version(),
                        version,
                        fault.reason()));
        if (faults.isEmpty()) {
            versions.remove(id);
        } else {
            versions.put(id, List.copyOf(faults));
        }
    }

    /**
     * All of them, by name.
     *
     * @param names of all models that are known
     * @param served whether a model is served in some version
     */
    List<Entry> all(Set<String> names, Predicate<String> served) {
        Map<String, Entry> absent = new TreeMap<>();
        for (String name : names) {
            if (!served.test(name)) {
                absent.put(name, new Entry(name, "", false, ""));
            }
        }
        absent.putAll(models);
        List<Entry> all = new ArrayList<>(absent.values());
        versions.forEach((id, faults) -> {
            Entry last = models.get(id);
            faults.stream()
                    .filter(fault -> last == null || !last.version().equals(fault.version()))
                    .forEach(fault -> all.add(new Entry(id, fault.version(), false, fault.reason())));
        });
        // The sort is stable: versions of a model stay in their order.
        all.sort(Comparator.comparing(Entry::name));
        return all;
    }
}
