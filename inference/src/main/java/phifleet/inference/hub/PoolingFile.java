package phifleet.inference.hub;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Pooling;
import phifleet.inference.model.Pooling.Mode;

/** The {@code config.json} of a Pooling module. */
final class PoolingFile {
    /** The flags of the older layout, in the order in which their results lie. */
    private static final Map<String, Mode> FLAGS = new LinkedHashMap<>();

    static {
        FLAGS.put("pooling_mode_cls_token", Mode.CLS);
        FLAGS.put("pooling_mode_max_tokens", Mode.MAX);
        FLAGS.put("pooling_mode_mean_tokens", Mode.MEAN);
        FLAGS.put("pooling_mode_mean_sqrt_len_tokens", Mode.MEAN_SQRT_LEN);
        FLAGS.put("pooling_mode_weightedmean_tokens", Mode.WEIGHTED_MEAN);
        FLAGS.put("pooling_mode_lasttoken", Mode.LAST);
    }

    private PoolingFile() {}

    static Pooling read(JsonFile file) throws ModelException {
        List<Mode> modes = new ArrayList<>();
        JsonNode named = file.at("pooling_mode");
        if (named.isTextual() || named.isArray()) {
            Stream<JsonNode> names = named.isArray() ? named.valueStream() : Stream.of(named);
            for (JsonNode name : names.toList()) {
                modes.add(mode(file, name.asText()));
            }
        } else {
            for (Map.Entry<String, JsonNode> entry : file.values().properties()) {
                if (entry.getKey().startsWith("pooling_mode_")
                        && entry.getValue().asBoolean()
                        && !FLAGS.containsKey(entry.getKey())) {
                    throw unknown(file, entry.getKey());
                }
            }
            FLAGS.forEach((flag, mode) -> {
                if (file.at(flag).asBoolean()) {
                    modes.add(mode);
                }
            });
        }
        if (modes.isEmpty()) {
            throw new ModelException(file.path() + " names no pooling; set pooling: for this model");
        }
        return new Pooling(
                modes,
                !file.at("include_prompt").isNull() && file.at("include_prompt").asBoolean(true));
    }

    private static Mode mode(JsonFile file, String name) throws ModelException {
        return switch (name) {
            case "cls" -> Mode.CLS;
            case "max" -> Mode.MAX;
            case "mean" -> Mode.MEAN;
            case "mean_sqrt_len_tokens" -> Mode.MEAN_SQRT_LEN;
            case "weightedmean" -> Mode.WEIGHTED_MEAN;
            case "lasttoken" -> Mode.LAST;
            default -> throw unknown(file, name);
        };
    }

    private static ModelException unknown(JsonFile file, String name) {
        return new ModelException(file.path() + " asks for pooling " + name
                + "; cls, max, mean, mean_sqrt_len_tokens, weightedmean and lasttoken are supported");
    }
}
