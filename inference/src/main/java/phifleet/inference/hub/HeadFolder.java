package phifleet.inference.hub;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.Activation;
import phifleet.inference.model.DeviceChoice;
import phifleet.inference.model.EngineKind;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Pooling;
import phifleet.inference.model.Precision;
import phifleet.inference.model.RankingPrompt;
import phifleet.inference.model.Recipe;
import phifleet.inference.model.Task;
import phifleet.inference.model.TokenInput;
import phifleet.inference.model.VectorModule;
import phifleet.inference.onnx.OnnxSignature;

/**
 * What the files of a folder in the Hugging Face layout say of a text model with a head: a cross-encoder, a classifier, a sparse
 * encoder, one that names parts of texts; of an exported graph, or of weights alone where the head's layers are known.
 */
final class HeadFolder {
    private static final FileTree DISK = new FileTree.OnDisk();

    private final Path folder;
    private final FolderWishes wished;
    private final Decisions decisions = new Decisions();

    private HeadFolder(Path folder, FolderWishes wished) {
        this.folder = folder;
        this.wished = wished;
    }

    /**
     * Reads a folder.
     *
     * @param task any but a sentence encoder
     */
    static ModelSpec read(Path folder, FolderWishes wished, TextTask task, String id) throws ModelException {
        return new HeadFolder(folder, wished).spec(task, id);
    }

    private ModelSpec spec(TextTask task, String id) throws ModelException {
        Path network = task == TextTask.SPARSE_ENCODING ? SparseFiles.network(folder) : folder;
        JsonFile own = JsonFile.read(network.resolve("config.json"));
        JsonFile config = own.exists() ? own : JsonFile.read(folder.resolve("config.json"));
        Path tokenizer = wished.tokenizer() == null
                ? DISK.first(List.of(network, folder), List.of("tokenizer.json"))
                        .orElseThrow(() -> new ModelException(folder + " has no tokenizer.json"))
                : wished.tokenizer();
        ModelFile.check(tokenizer);
        WeightsChoice weights = WeightsChoice.find(DISK, network, folder, wished, decisions);
        boolean bare = weights.form() == WeightsChoice.Form.SAFETENSORS;
        if (weights.form() == WeightsChoice.Form.TORCHSCRIPT || (bare && task == TextTask.SPAN_EXTRACTION)) {
            throw new ModelException(folder + " has " + weights.file().getFileName()
                    + " alone; such a model needs an exported graph, such as onnx/model.onnx");
        }
        @Nullable Path layers = bare ? weights.file() : null;
        if (bare) {
            decisions.add("graph of " + config.at("model_type").asText("no architecture"), config.name());
        }
        Task read = switch (task) {
            case SENTENCE_ENCODING -> throw new IllegalArgumentException(folder + " is a sentence encoder's");
            case CROSS_ENCODING ->
                crossEncoding(
                        input(config, network),
                        config,
                        tokenizer,
                        network,
                        bare ? HeadLayers.isLanguageModel(config) : isLanguageModel(weights),
                        layers);
            case TEXT_CLASSIFICATION -> classification(input(config, network), config, network, layers);
            case SPARSE_ENCODING ->
                new Task.SparseEncoding(
                        input(config, network),
                        SparseFiles.squashed(folder, decisions),
                        SparseFiles.summed(folder, decisions),
                        SparseFiles.queries(folder),
                        recipe(network, List.of()));
            case TOKEN_CLASSIFICATION ->
                tokenClassification(input(config, network), config, tokenizer, network, layers);
            case SPAN_EXTRACTION -> SpanFiles.read(folder, wished, decisions);
            case MULTI_VECTOR_ENCODING -> MultiVectorFiles.read(folder, wished, config, tokenizer, decisions);
        };
        return new ModelSpec(
                id,
                List.of(),
                bare
                        ? new ModelSource.Safetensors(config.path(), weights.file(), tokenizer)
                        : new ModelSource.Files(weights.file(), tokenizer),
                EngineKind.ONNXRUNTIME,
                DeviceChoice.AUTO,
                Precision.find(weights.precision()).orElseThrow(),
                null,
                ModelSpec.Scheduling.DEFAULT,
                read);
    }

    private TokenInput input(JsonFile config, Path network) throws ModelException {
        int maxTokens = TokenLimit.read(network, config, wished, null, decisions);
        return new TokenInput(maxTokens, config.at("pad_token_id").asInt(0), true);
    }

    /** The layers behind a network without a graph; those of a graph are in it. */
    private static HeadLayers layers(JsonFile config, @Nullable Path weights, @Nullable RankingPrompt prompt)
            throws ModelException {
        return weights == null ? new HeadLayers(Pooling.NONE, List.of()) : HeadLayers.read(config, weights, prompt);
    }

    private Task tokenClassification(
            TokenInput input, JsonFile config, Path tokenizer, Path network, @Nullable Path weights)
            throws ModelException {
        List<String> labels = HeadLabels.read(config);
        TokenizerFile spelling = TokenizerFile.read(tokenizer, List.of(network, folder));
        decisions.add(labels.size() + " labels of tokens", config.name());
        decisions.add(
                spelling.subwordPrefix() == null
                        ? "words end at spaces"
                        : "words go on with tokens that begin with " + spelling.subwordPrefix(),
                "tokenizer.json");
        return new Task.TokenClassification(
                input,
                labels,
                spelling.subwordPrefix() != null,
                spelling.unknown(),
                recipe(network, layers(config, weights, null).modules()));
    }

    private Task crossEncoding(
            TokenInput input,
            JsonFile config,
            Path tokenizer,
            Path network,
            boolean isLanguageModel,
            @Nullable Path weights)
            throws ModelException {
        JsonFile transformers = JsonFile.read(folder.resolve("config_sentence_transformers.json"));
        Activation said = HeadActivation.ofCrossEncoder(transformers, config);
        Activation activation = said == null ? Activation.SIGMOID : said;
        decisions.add(
                "score by " + activation.label(), said == null ? "default of cross-encoders" : "activation function");
        RankingPrompt prompt = RankingPromptFiles.read(folder, config, tokenizer, isLanguageModel, decisions);
        HeadLayers layers = layers(config, weights, prompt);
        Pooling pooling = weights != null ? layers.pooling() : isLanguageModel ? Pooling.LAST : Pooling.NONE;
        return new Task.CrossEncoding(input, pooling, activation, prompt, recipe(network, layers.modules()));
    }

    private Task classification(TokenInput input, JsonFile config, Path network, @Nullable Path weights)
            throws ModelException {
        List<String> labels = HeadLabels.read(config);
        Activation activation = HeadActivation.ofClassifier(config, labels.size());
        decisions.add(
                labels.size() + " labels, scores by " + activation.label(),
                config.at("problem_type").isTextual() ? config.name() + ": problem_type" : config.name());
        HeadLayers layers = layers(config, weights, null);
        return new Task.TextClassification(
                input, layers.pooling(), labels, activation, recipe(network, layers.modules()));
    }

    /** Last, since it has all that was decided. */
    private Recipe recipe(Path network, List<VectorModule> modules) throws ModelException {
        return new Recipe(wished.output(), modules, 0, List.of(), TokenLimit.lowerCase(network), true, decisions.all());
    }

    /** Whether the graph gives a number for each token of a vocabulary, at each place. */
    private static boolean isLanguageModel(WeightsChoice weights) throws ModelException {
        return signature(weights.file()).outputs().stream()
                .filter(value -> value.name().equals("logits"))
                .anyMatch(value -> value.rank() == 3);
    }

    private static OnnxSignature signature(Path graph) throws ModelException {
        return ModelFile.graph(graph);
    }
}
