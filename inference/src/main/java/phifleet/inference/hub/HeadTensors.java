package phifleet.inference.hub;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import phifleet.inference.graph.safetensors.Safetensors;
import phifleet.inference.graph.safetensors.StoredTensor;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Pooling;
import phifleet.inference.model.VectorModule;
import phifleet.inference.text.module.Dense;
import phifleet.inference.text.module.LayerNorm;

/** The layers of a head, by their names among all weights. */
record HeadTensors(JsonFile config, Safetensors weights) {

    /** A layer without a bend. */
    Dense linear(String name) throws ModelException {
        return dense(name, Dense.Activation.IDENTITY);
    }

    Dense dense(String name, Dense.Activation activation) throws ModelException {
        StoredTensor weight = tensor(name + ".weight");
        if (weight.shape().size() != 2) {
            throw new ModelException(weights.source() + ": tensor " + weight.name() + " has the shape " + weight.shape()
                    + ", and a layer's has two sides");
        }
        int out = Math.toIntExact(weight.shape().getFirst());
        Optional<StoredTensor> bias = find(name + ".bias");
        if (bias.isPresent() && !bias.get().shape().equals(List.of((long) out))) {
            throw new ModelException(weights.source() + ": tensor " + bias.get().name() + " has the shape "
                    + bias.get().shape() + " for " + out + " outputs");
        }
        return new Dense(
                weights.floats(weight.name()),
                bias.isPresent() ? weights.floats(bias.get().name()) : new float[out],
                activation);
    }

    LayerNorm norm(String name) throws ModelException {
        float[] scale = weights.floats(tensor(name + ".weight").name());
        Optional<StoredTensor> shift = find(name + ".bias");
        return new LayerNorm(
                scale,
                shift.isPresent() ? weights.floats(shift.get().name()) : new float[scale.length],
                config.at("norm_eps").asDouble(LayerNorm.USUAL_EPSILON));
    }

    /**
     * The rows of two tokens of the vocabulary's layer, which many models share with their table of words, and what some do with
     * its numbers: Granite divides them, Gemma 2 bends them so that they stay below a bound.
     */
    List<VectorModule> vocabulary(int yes, int no) throws ModelException {
        StoredTensor rows = find("lm_head.weight").orElse(null);
        if (rows == null) {
            if (!config.at("tie_word_embeddings").asBoolean(true)) {
                throw new ModelException(weights.source() + " has no tensor lm_head.weight");
            }
            rows = tensor("embed_tokens.weight");
        }
        float[] first = weights.floats(rows.name(), yes);
        float[] second = weights.floats(rows.name(), no);
        float[] both = new float[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        JsonNode said = config.at("final_logit_softcapping");
        float cap = (float) said.asDouble(
                said.isMissingNode() && HeadLayers.architecture(config).startsWith("Gemma2") ? 30 : 0);
        float divisor = (float) config.at("logits_scaling").asDouble(1) * (cap > 0 ? cap : 1);
        for (int i = 0; i < both.length; i++) {
            both[i] /= divisor;
        }
        return cap > 0
                ? List.of(
                        new Dense(both, new float[2], Dense.Activation.TANH),
                        new Dense(new float[] {cap, 0, 0, cap}, new float[2], Dense.Activation.IDENTITY))
                : List.of(new Dense(both, new float[2], Dense.Activation.IDENTITY));
    }

    Pooling modernPooling() throws ModelException {
        String pooling = config.at("classifier_pooling").asText("cls");
        return switch (pooling) {
            case "cls" -> Pooling.CLS;
            case "mean" -> Pooling.MEAN;
            default ->
                throw new ModelException(
                        config.path() + ": classifier_pooling is " + pooling + "; cls and mean are supported");
        };
    }

    /** Late pooling, the usual, is of what a layer makes of each token, and layers here are of what was pooled. */
    Pooling euroPooling() throws ModelException {
        String pooling = config.at("classifier_pooling").asText("late");
        return switch (pooling) {
            case "bos" -> Pooling.CLS;
            case "mean" -> Pooling.MEAN;
            default ->
                throw new ModelException(
                        config.path() + ": classifier_pooling is " + pooling + "; bos and mean are supported");
        };
    }

    Dense.Activation activation(String key) throws ModelException {
        String name = config.at(key).asText("gelu");
        return switch (name) {
            case "gelu", "gelu_python" -> Dense.Activation.GELU;
            case "gelu_new", "gelu_pytorch_tanh", "gelu_fast", "gelu_accurate" -> Dense.Activation.GELU_TANH;
            case "silu", "swish" -> Dense.Activation.SILU;
            case "relu" -> Dense.Activation.RELU;
            case "tanh" -> Dense.Activation.TANH;
            case "sigmoid" -> Dense.Activation.SIGMOID;
            default ->
                throw new ModelException(config.path() + ": " + key + " is " + name
                        + "; gelu, gelu_new, silu, relu, tanh and sigmoid are supported");
        };
    }

    private StoredTensor tensor(String name) throws ModelException {
        return find(name)
                .orElseThrow(() -> new ModelException(weights.source() + " has no tensor " + name + ", which "
                        + HeadLayers.architecture(config) + " needs"));
    }

    /** Of this name, or the only one of this name under the encoder's. */
    private Optional<StoredTensor> find(String name) {
        StoredTensor own = weights.find(name);
        if (own != null) {
            return Optional.of(own);
        }
        List<String> inside = weights.names().stream()
                .filter(other -> other.endsWith("." + name))
                .toList();
        return inside.size() == 1 ? Optional.ofNullable(weights.find(inside.getFirst())) : Optional.empty();
    }

    ModelException unknown(String architecture) {
        return new ModelException(config.path() + ": the head of "
                + (architecture.isEmpty() ? "no architecture" : architecture)
                + " cannot be made of weights alone; an exported graph is needed, such as onnx/model.onnx");
    }
}
