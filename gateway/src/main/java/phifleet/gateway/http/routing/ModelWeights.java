package phifleet.gateway.http.routing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import phifleet.common.Problem;
import phifleet.gateway.balance.ModelSplit;
import phifleet.http.json.BadBody;
import phifleet.http.json.Excerpt;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;

/**
 * Shares of models, as a request sets them: {@code {"models": {"a": 90, "b": 10}}}, of which the sum is all; or of versions of the one
 * model, {@code {"versions": {"1": 90, "2": 10}}}.
 *
 * @param shares by model or version, in the order in which they were given
 */
public record ModelWeights(ModelSplit.Among among, Map<String, Double> shares) {
    /** A body is longer than this by mistake. */
    public static final int MOST_BYTES = 16 * 1024;

    public static final String MODELS = "models";
    public static final String VERSIONS = "versions";
    private static final int MOST_MODELS = 16;
    private static final double GREATEST = 1_000_000;
    private static final JsonLimits LIMITS = new JsonLimits(MOST_MODELS, 256, 4);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads the body of a request. */
    public static ModelWeights read(byte[] body) throws BadBody {
        Map<String, Double> models = new LinkedHashMap<>();
        Map<String, Double> versions = new LinkedHashMap<>();
        LIMITS.readObject(body, (field, json) -> {
            switch (field) {
                case MODELS -> json.eachField(MODELS, (model, weight) -> share(MODELS, models, model, weight));
                case VERSIONS ->
                    json.eachField(VERSIONS, (version, weight) -> share(VERSIONS, versions, version, weight));
                default ->
                    throw BadBody.value(Problem.badRequest(
                            "unknown_field",
                            "`" + Excerpt.of(field) + "` is no field of this request; `models` and `versions` are",
                            Excerpt.of(field)));
            }
        });
        if (!models.isEmpty() && !versions.isEmpty()) {
            throw BadBody.value(
                    Problem.badRequest("invalid_value", "there must be `models` or `versions`, not both", VERSIONS));
        }
        if (versions.isEmpty()) {
            return some(ModelSplit.Among.MODELS, models, "`models` must name at least one model with a share above 0");
        }
        return some(
                ModelSplit.Among.VERSIONS, versions, "`versions` must name at least one version with a share above 0");
    }

    private static ModelWeights some(ModelSplit.Among among, Map<String, Double> shares, String otherwise)
            throws BadBody {
        if (shares.values().stream().noneMatch(weight -> weight > 0)) {
            throw BadBody.value(Problem.badRequest("invalid_value", otherwise, field(among)));
        }
        return new ModelWeights(among, shares);
    }

    private static String field(ModelSplit.Among among) {
        return switch (among) {
            case MODELS -> MODELS;
            case VERSIONS -> VERSIONS;
        };
    }

    /** The field that the shares are in. */
    public String field() {
        return field(among);
    }

    private static void share(String of, Map<String, Double> shares, String model, JsonInput json) throws BadBody {
        String field = of + "." + Excerpt.of(model);
        double weight = json.float64(field, -1);
        if (weight < 0 || weight > GREATEST) {
            throw BadBody.value(Problem.badRequest(
                    "invalid_value",
                    "`" + field + "` must be a number from 0 to " + (long) GREATEST + ", was " + weight,
                    field));
        }
        if (model.isBlank()) {
            throw BadBody.value(Problem.badRequest("invalid_value", "`" + of + "` has a name that is empty", of));
        }
        shares.put(model, weight);
        if (shares.size() > MOST_MODELS) {
            throw BadBody.value(Problem.badRequest(
                    "invalid_value", "`" + of + "` must name at most " + MOST_MODELS + " " + of, of));
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
    public String toJson() {
        ObjectNode body = JSON.createObjectNode();
        ObjectNode models = body.putObject(field());
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
