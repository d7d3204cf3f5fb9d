package phifleet.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import phifleet.common.settings.SettingsException;

/**
 * A model's configuration as Triton has it (github.com/triton-inference-server/common, model_config.proto), which is not what a load
 * takes here. Who sends one is told what stands for its fields.
 */
final class TritonConfig {
    /** Its fields that no entry of {@code models.yaml} has, and what says the same. */
    private static final Map<String, String> FIELDS = Map.ofEntries(
            Map.entry("backend", "engine"),
            Map.entry("platform", "engine"),
            Map.entry("max_batch_size", "batch-size"),
            Map.entry("dynamic_batching", "batch-timeout-ms"),
            Map.entry("instance_group", "device"),
            Map.entry("default_model_filename", "path"),
            Map.entry("model_repository_agents", ""),
            Map.entry("model_operations", ""),
            Map.entry("version_policy", ""),
            Map.entry("input", ""),
            Map.entry("output", ""),
            Map.entry("batch_input", ""),
            Map.entry("batch_output", ""),
            Map.entry("sequence_batching", ""),
            Map.entry("ensemble_scheduling", ""),
            Map.entry("model_transaction_policy", ""),
            Map.entry("model_warmup", ""),
            Map.entry("optimization", ""),
            Map.entry("response_cache", ""),
            Map.entry("parameters", ""));

    private TritonConfig() {}

    /**
     * Refuses what has such fields.
     *
     * @param source names the settings in messages
     */
    static void refuse(ObjectNode settings, String source) {
        List<String> mistakes = new ArrayList<>();
        settings.fieldNames().forEachRemaining(name -> {
            String instead = FIELDS.get(name);
            if (instead != null) {
                mistakes.add(
                        name + ": is of Triton's model configuration; what is taken is an entry of models.yaml as JSON"
                                + (instead.isEmpty() ? ", which has nothing like it" : ", where it is " + instead));
            }
        });
        if (!mistakes.isEmpty()) {
            throw new SettingsException(source, mistakes);
        }
    }
}
