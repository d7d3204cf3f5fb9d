package phifleet.gateway.http.operator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import phifleet.http.caller.Caller;
import phifleet.http.caller.Callers;

/** Who asked for how much, since the gateway began, as {@code GET /fleet/usage} shows it. Safe from every thread. */
public record UsageView(Callers callers, Instant since) {
    private static final ObjectMapper JSON = new ObjectMapper();

    ObjectNode now() {
        ObjectNode view = JSON.createObjectNode().put("since", since.toString());
        ArrayNode keys = view.putArray("keys");
        Map<String, Double> models = new TreeMap<>();
        for (Caller caller : callers.all()) {
            Map<String, Double> seconds = caller.deviceSeconds();
            seconds.forEach((model, value) -> models.merge(model, value, Double::sum));
            keys.add(key(caller, seconds));
        }
        view.set("models", models(models));
        return view;
    }

    private static ObjectNode key(Caller caller, Map<String, Double> seconds) {
        ObjectNode key = JSON.createObjectNode()
                .put("key", caller.name())
                .put("requests", caller.requests())
                .put("refused", caller.refused())
                .put(
                        "device_seconds",
                        rounded(seconds.values().stream()
                                .mapToDouble(Double::doubleValue)
                                .sum()));
        bound(key, "requests_per_second", caller.key().requestsPerSecond());
        bound(key, "device_seconds_per_minute", caller.key().deviceSecondsPerMinute());
        Double left = caller.budgetLeft();
        if (left != null) {
            key.put("device_seconds_left", rounded(left));
        }
        key.set("models", models(seconds));
        return key;
    }

    private static void bound(ObjectNode key, String name, OptionalDouble bound) {
        if (bound.isPresent()) {
            key.put(name, bound.getAsDouble());
        }
    }

    private static ArrayNode models(Map<String, Double> seconds) {
        ArrayNode models = JSON.createArrayNode();
        seconds.forEach((model, value) -> models.addObject().put("model", model).put("device_seconds", rounded(value)));
        return models;
    }

    private static double rounded(double seconds) {
        return Math.round(seconds * 1e6) / 1e6;
    }
}
