package phifleet.gateway.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import phifleet.common.Problem;
import phifleet.http.json.BadBody;
import phifleet.http.json.Excerpt;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;

/**
 * Shares of models, as a request sets them: {@code {"models": {"a": 90, "b": 10}}}, of which the sum is all.
 *
 * @param shares by model, in the order in which they were given
 */
record ModelWeights(Map<String, Double> shares) {
    /** A body is longer than this by mistake. */
    static final int MOST_BYTES = 16 * 1024;

    private static final String MODELS = "models";
    private static final int MOST_MODELS = 16;
    private static final double GREATEST = 1_000_000;
    private static final JsonLimits LIMITS = new JsonLimits(MOST_MODELS, 256, 4);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads the body of a request. */
    static ModelWeights read(byte[] body) throws BadBody {
        Map<String, Double> shares = new LinkedHashMap<>();
        LIMITS.readObject(body, (field, json) -> {
            switch (field) {
                case MODELS -> json.eachField(MODELS, (model, weight) -> share(shares, model, weight));
                case "versions" ->
                    throw BadBody.value(Problem.badRequest(
                            "not_supported",
                            "`versions` is not supported: a worker serves one version of a model at a time; serve the other"
                                    + " under a name of its own, and give both names in `models`",
                            "versions"));
                default ->
                    throw BadBody.value(Problem.badRequest(
                            "unknown_field",
                            "`" + Excerpt.of(field) + "` is no field of this request; `models` is",
                            Excerpt.of(field)));
            }
        });
        if (shares.values().stream().noneMatch(weight -> weight > 0)) {
            throw BadBody.value(Problem.badRequest(
                    "invalid_value", "`models` must name at least one model with a share above 0", MODELS));
        }
        return new ModelWeights(shares);
    }

    private static void share(Map<String, Double> shares, String model, JsonInput json) throws BadBody {
        String field = MODELS + "." + Excerpt.of(model);
        double weight = json.float64(field, -1);
        if (weight < 0 || weight > GREATEST) {
            throw BadBody.value(Problem.badRequest(
                    "invalid_value",
                    "`" + field + "` must be a number from 0 to " + (long) GREATEST + ", was " + weight,
                    field));
        }
        if (model.isBlank()) {
            throw BadBody.value(Problem.badRequest("invalid_value", "`models` has a name that is empty", MODELS));
        }
        shares.put(model, weight);
        if (shares.size() > MOST_MODELS) {
            throw BadBody.value(Problem.badRequest(
                    "invalid_value", "`models` must name at most " + MOST_MODELS + " models", MODELS));
        }
    }

    /** What a worker keeps of it; empty where it is none. */
    static Optional<ModelWeights> stored(String config) {
        try {
            return Optional.of(read(config.getBytes(StandardCharsets.UTF_8)));
        } catch (BadBody e) {
            return Optional.empty();
        }
    }

    /** In the form of a request, for workers to keep. */
    String toJson() {
        ObjectNode body = JSON.createObjectNode();
        ObjectNode models = body.putObject(MODELS);
        shares.forEach(models::put);
        return body.toString();
    }

    /** For people. */
    @Override
    public String toString() {
        return shares.entrySet().stream()
                .map(share -> share.getKey() + " " + number(share.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String number(double weight) {
        return weight == Math.rint(weight) ? Long.toString((long) weight) : Double.toString(weight);
    }
}
