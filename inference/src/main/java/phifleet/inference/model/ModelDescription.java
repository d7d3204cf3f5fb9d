package phifleet.inference.model;

import java.util.List;

/**
 * What there is to know of a loaded model.
 *
 * @param id the name that requests use
 * @param aliases further names that mean the same model
 * @param kind what it does
 * @param engine {@code OnnxRuntime} or {@code PyTorch}
 * @param engineVersion its version
 * @param device {@code cpu} or {@code cuda:0}
 * @param precision {@code fp32}, {@code fp16} or {@code int8}
 * @param dimension floats a vector
 * @param maxTokens tokens of one input, special tokens included
 * @param pooling {@code mean}, {@code cls}, {@code last} or {@code none}
 * @param normalize whether vectors are scaled to length one unless a request says otherwise
 * @param promptNames names that a request's {@code prompt_name} may take
 * @param reproducible whether an input's answer is the same bit for bit whatever else is in its batch
 */
public record ModelDescription(
        String id,
        List<String> aliases,
        ModelKind kind,
        String engine,
        String engineVersion,
        String device,
        String precision,
        int dimension,
        int maxTokens,
        String pooling,
        boolean normalize,
        List<String> promptNames,
        boolean reproducible) {
    public ModelDescription {
        aliases = List.copyOf(aliases);
        promptNames = List.copyOf(promptNames);
    }
}
