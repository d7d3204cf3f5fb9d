package phifleet.inference.hub;

import org.jspecify.annotations.Nullable;
import phifleet.inference.model.Activation;
import phifleet.inference.model.ModelException;

/** What makes scores of a head's numbers, as the usual libraries find it out. */
final class HeadActivation {
    private HeadActivation() {}

    /**
     * Of a cross-encoder: the class that sentence-transformers names, in any of the three places where it did; null where in none. As there
     * (5.7.0), a name that is none of PyTorch's own counts for nothing, and of two in config.json the newer key's goes before.
     */
    static @Nullable Activation ofCrossEncoder(JsonFile transformers, JsonFile config) throws ModelException {
        String own = transformers.at("activation_fn").asText("");
        String newer = config.at("sentence_transformers").path("activation_fn").asText("");
        String older = config.at("sbert_ce_default_activation_function").asText("");
        String name = isTrusted(own) ? own : newer.isEmpty() ? older : newer;
        if (!isTrusted(name)) {
            return null;
        }
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "Identity" -> Activation.IDENTITY;
            case "Sigmoid" -> Activation.SIGMOID;
            case "Softmax" -> Activation.SOFTMAX;
            case "Tanh" -> Activation.TANH;
            case "ReLU" -> Activation.RELU;
            default ->
                throw new ModelException(config.path() + ": the activation function is " + name
                        + "; Identity, Sigmoid, Softmax, Tanh and ReLU are supported");
        };
    }

    private static boolean isTrusted(String name) {
        return name.startsWith("torch.");
    }

    /** Of a classifier: the rule of transformers' pipeline. */
    static Activation ofClassifier(JsonFile config, int labels) throws ModelException {
        String type = config.at("problem_type").asText("");
        return switch (type) {
            case "regression" -> Activation.IDENTITY;
            case "multi_label_classification" -> Activation.SIGMOID;
            case "single_label_classification", "", "null" -> labels == 1 ? Activation.SIGMOID : Activation.SOFTMAX;
            default ->
                throw new ModelException(config.path() + ": problem_type is " + type
                        + "; regression, single_label_classification and multi_label_classification are supported");
        };
    }
}
