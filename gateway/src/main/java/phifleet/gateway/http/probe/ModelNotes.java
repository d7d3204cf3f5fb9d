package phifleet.gateway.http.probe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import phifleet.gateway.balance.Worker;
import phifleet.gateway.balance.WorkerDirectory;
import phifleet.gateway.history.FleetEvent.Kind;
import phifleet.gateway.history.FleetEventRing;

/** Makes an event of each model that a worker loads, swaps or unloads, by what it says that it holds. For one thread. */
public final class ModelNotes {
    private final WorkerDirectory directory;
    private final WorkerProbes probes;
    private final FleetEventRing events;
    private final Map<Worker, Map<String, String>> before = new WeakHashMap<>();

    public ModelNotes(WorkerDirectory directory, WorkerProbes probes, FleetEventRing events) {
        this.directory = directory;
        this.probes = probes;
        this.events = events;
    }

    public void tick() {
        for (Worker worker : directory.snapshot().workers()) {
            JsonNode models =
                    probes.readings(worker).map(WorkerProbes.Readings::models).orElse(null);
            if (models == null) {
                continue;
            }
            Map<String, String> now = new TreeMap<>();
            models.forEach(model ->
                    now.put(model.path("name").asText(), model.path("version").asText("")));
            @Nullable Map<String, String> known = before.put(worker, now);
            // The first word of a worker is no change, nor is what one says of itself that is starting or has ended.
            if (known != null && !known.isEmpty() && !now.isEmpty()) {
                compare(worker.card().id(), known, now);
            }
        }
    }

    private void compare(String worker, Map<String, String> known, Map<String, String> now) {
        now.forEach((model, version) -> {
            String old = known.get(model);
            if (old == null) {
                add(Kind.MODEL_LOADED, worker, model, "loaded " + named(model, version));
            } else if (!old.equals(version)) {
                add(Kind.MODEL_SWAPPED, worker, model, "swapped " + model + " from " + old + " to " + version);
            }
        });
        known.forEach((model, version) -> {
            if (!now.containsKey(model)) {
                add(Kind.MODEL_UNLOADED, worker, model, "unloaded " + named(model, version));
            }
        });
    }

    private void add(Kind kind, String worker, String model, String what) {
        events.add(kind, worker, model, worker + " has " + what + ".", null);
    }

    private static String named(String model, String version) {
        return version.isEmpty() ? model : model + ", version " + version;
    }
}
