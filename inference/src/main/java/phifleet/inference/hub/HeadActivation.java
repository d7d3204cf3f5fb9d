package phifleet.inference.hub;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.Activation;
import phifleet.inference.model.ModelException;

/** What makes scores of a head's numbers, as the usual libraries find it out. */
final class HeadActivation {
    private HeadActivation() {}

    /** Of a cross-encoder: the class that sentence-transformers names, in any of the three places where it did; null where in none. */
    static @Nullable Activation ofCrossEncoder(JsonFile transformers, JsonFile config) throws ModelException {
        String name = Stream.of(
                        transformers.at("activation_fn"),
                        config.at("sentence_transformers").path("activation_fn"),
                        config.at("sbert_ce_default_activation_function"))
                .map(node -> node.asText(""))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "" -> null;
            case "Identity" -> Activation.IDENTITY;
            case "Sigmoid" -> Activation.SIGMOID;
            default ->
                throw new ModelException(config.path() + ": the activation function is " + name
                        + "; Identity and Sigmoid are supported");
        };
    }

    /** Of a classifier: transformers' rule for {@code problem_type}. */
    static Activation ofClassifier(JsonFile config, int labels) throws ModelException {
        String type = config.at("problem_type").asText("");
        return switch (type) {
            case "regression" -> Activation.IDENTITY;
            case "multi_label_classification" -> Activation.SIGMOID;
            case "single_label_classification" -> Activation.SOFTMAX;
            case "", "null" -> labels == 1 ? Activation.SIGMOID : Activation.SOFTMAX;
            default ->
                throw new ModelException(config.path() + ": problem_type is " + type
                        + "; regression, single_label_classification and multi_label_classification are supported");
        };
    }
}
