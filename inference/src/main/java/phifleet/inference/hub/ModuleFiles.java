package phifleet.inference.hub;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import phifleet.inference.graph.safetensors.Safetensors;
import phifleet.inference.graph.safetensors.StoredTensor;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.VectorModule;
import phifleet.inference.text.module.Dense;
import phifleet.inference.text.module.LayerNorm;
import phifleet.inference.text.module.Normalize;

/** The modules behind the pooling, with their weights. */
final class ModuleFiles {
    /** What modules of one vector a text read and write. */
    static final String SENTENCE = "sentence_embedding";

    /** What those of one a token do. */
    static final String TOKENS = "token_embeddings";

    private static final String WEIGHTS = "model.safetensors";

    private ModuleFiles() {}

    /** Those of one vector a text. */
    static List<VectorModule> read(ModuleList list) throws ModelException {
        return read(list, SENTENCE);
    }

    /** @param feature what all of them read and write */
    static List<VectorModule> read(ModuleList list, String feature) throws ModelException {
        List<VectorModule> modules = new ArrayList<>();
        for (ModuleList.Entry entry : list.behindPooling()) {
            switch (entry.type()) {
                case "Dense" -> modules.add(dense(entry.folder(), feature));
                case "LayerNorm" -> modules.add(layerNorm(entry.folder()));
                case "Normalize" -> {
                    mustBeOf(JsonFile.read(entry.folder().resolve("config.json")), feature);
                    modules.add(new Normalize());
                }
                case "Dropout" -> {
                    // Does nothing but in training.
                }
                case "MultiVectorMask" -> {
                    // Chooses among vectors and changes none.
                    if (!feature.equals(TOKENS)) {
                        throw new ModelException(list.file().path() + " has a module MultiVectorMask, but the model is"
                                + " of one vector a text");
                    }
                }
                default ->
                    throw new ModelException(list.file().path() + " has a module " + entry.type()
                            + "; Transformer, StaticEmbedding, Pooling, Dense, LayerNorm, Normalize and Dropout are"
                            + " supported");
            }
        }
        return modules;
    }

    private static void mustBeOf(JsonFile config, String feature) throws ModelException {
        for (String key : List.of("module_input_name", "module_output_name")) {
            String name = config.at(key).asText(feature);
            if (!config.at(key).isNull() && !name.equals(feature)) {
                throw new ModelException(config.path() + ": " + key + " is " + name + "; " + feature + " is supported");
            }
        }
    }

    private static Dense dense(Path folder, String feature) throws ModelException {
        JsonFile config = JsonFile.read(folder.resolve("config.json"));
        mustBeOf(config, feature);
        if (config.at("use_residual").asBoolean(false)) {
            throw new ModelException(config.path() + ": use_residual is true; a plain layer is supported");
        }
        int in = config.at("in_features").asInt();
        int out = config.at("out_features").asInt();
        if (in < 1 || out < 1) {
            throw new ModelException(config.path() + " has no in_features and out_features");
        }
        Safetensors weights = weights(folder);
        float[] bias = config.at("bias").asBoolean(true) ? floats(weights, "linear.bias", out) : new float[out];
        if (!config.at("bias").asBoolean(true) && weights.find("linear.bias") != null) {
            throw new ModelException(
                    config.path() + " says that there is no bias, but " + weights.source() + " has one");
        }
        return new Dense(floats(weights, "linear.weight", out, in), bias, activation(config));
    }

    private static Dense.Activation activation(JsonFile config) throws ModelException {
        String name = config.at("activation_function").asText("torch.nn.modules.activation.Tanh");
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "Identity" -> Dense.Activation.IDENTITY;
            case "Tanh" -> Dense.Activation.TANH;
            case "ReLU" -> Dense.Activation.RELU;
            case "GELU" -> Dense.Activation.GELU;
            case "Sigmoid" -> Dense.Activation.SIGMOID;
            case "SiLU" -> Dense.Activation.SILU;
            case "LeakyReLU" -> Dense.Activation.LEAKY_RELU;
            case "ELU" -> Dense.Activation.ELU;
            case "Softplus" -> Dense.Activation.SOFTPLUS;
            case "Mish" -> Dense.Activation.MISH;
            default ->
                throw new ModelException(
                        config.path() + ": activation_function is " + name
                                + "; Identity, Tanh, ReLU, GELU, Sigmoid, SiLU, LeakyReLU, ELU, Softplus and Mish are supported");
        };
    }

    private static LayerNorm layerNorm(Path folder) throws ModelException {
        JsonFile config = JsonFile.read(folder.resolve("config.json"));
        int width = config.at("dimension").asInt();
        if (width < 1) {
            throw new ModelException(config.path() + " has no dimension");
        }
        Safetensors weights = weights(folder);
        return new LayerNorm(
                floats(weights, "norm.weight", width), floats(weights, "norm.bias", width), LayerNorm.USUAL_EPSILON);
    }

    private static Safetensors weights(Path folder) throws ModelException {
        Path file = folder.resolve(WEIGHTS);
        if (!Files.isRegularFile(file)) {
            throw Files.isRegularFile(folder.resolve(Pickles.USUAL))
                    ? Pickles.refused(folder.resolve(Pickles.USUAL))
                    : new ModelException(file + " is not there");
        }
        return Safetensors.read(file);
    }

    private static float[] floats(Safetensors weights, String name, long... shape) throws ModelException {
        StoredTensor tensor = weights.find(name);
        List<Long> wanted = Arrays.stream(shape).boxed().toList();
        if (tensor != null && !tensor.shape().equals(wanted)) {
            throw new ModelException(weights.source() + ": tensor " + name + " has the shape " + tensor.shape()
                    + "; config.json says " + wanted);
        }
        return weights.floats(name);
    }
}
