package phifleet.gateway.http.probe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import phifleet.gateway.history.Metric;
import phifleet.gateway.history.MetricSample;
import phifleet.gateway.history.Subject;

/**
 * What workers say of their models at one moment: by which names and kinds requests mean them, and what waits and runs in them. For one
 * thread.
 */
public final class ModelNames {
    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, Set<String>> byKind = new HashMap<>();
    private final Map<String, Double> waiting = new HashMap<>();
    private final Map<String, Double> running = new HashMap<>();

    /** Takes one worker's word. */
    public void add(WorkerProbes.Readings readings) {
        if (readings.models() != null) {
            for (JsonNode model : readings.models()) {
                String id = model.path("name").asText();
                model.path("aliases").forEach(alias -> ids.put(alias.asText(), id));
                byKind.computeIfAbsent(model.path("kind").asText(), first -> new TreeSet<>())
                        .add(id);
            }
        }
        if (readings.queue() != null) {
            for (JsonNode lane : readings.queue().path("models")) {
                String id = lane.path("name").asText();
                waiting.merge(id, lane.path("depth").asDouble(), Double::sum);
                running.merge(id, lane.path("in_flight").asDouble(), Double::sum);
            }
        }
    }

    /** The model's id, by its id, an alias, or in brackets the only one of its kind. */
    public String idOf(String name) {
        if (name.startsWith("(") && name.endsWith(")")) {
            Set<String> models = byKind.getOrDefault(name.substring(1, name.length() - 1), Set.of());
            return models.size() == 1 ? models.iterator().next() : name;
        }
        return ids.getOrDefault(name, name);
    }

    /** The ids of those that some worker holds. */
    public Set<String> held() {
        return byKind.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    }

    public void addQueues(MetricSample sample) {
        waiting.forEach((model, depth) -> sample.add(Subject.model(model), Metric.QUEUE_DEPTH, depth));
        running.forEach((model, inFlight) -> sample.add(Subject.model(model), Metric.IN_FLIGHT, inFlight));
    }
}
