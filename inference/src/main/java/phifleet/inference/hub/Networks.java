package phifleet.inference.hub;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.inference.graph.safetensors.Safetensors;
import phifleet.inference.graph.safetensors.StoredTensor;
import phifleet.inference.model.EngineKind;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.Pooling;
import phifleet.inference.onnx.OnnxSignature;

/** Decides how the network of a folder is run. */
final class Networks {
    /** sentence-transformers' and model2vec's names of the table. */
    private static final List<String> TABLES = List.of("embedding.weight", "embeddings");

    /** model2vec's further tables, which change what a token's row is. */
    private static final List<String> UNKNOWN_TABLES = List.of("mapping", "weights");

    private Networks() {}

    /** A transformer. */
    static NetworkPlan transformer(
            Path folder,
            WeightsChoice weights,
            Path tokenizer,
            JsonFile config,
            @Nullable Pooling said,
            @Nullable KnownModel known,
            @Nullable String output,
            Decisions decisions)
            throws ModelException {
        return switch (weights.form()) {
            case GRAPH -> graph(folder, weights, tokenizer, config, said, known, output, decisions);
            case SAFETENSORS -> {
                decisions.add("graph of " + config.at("model_type").asText("no architecture"), config.name());
                yield new NetworkPlan(
                        new ModelSource.Safetensors(config.path(), weights.file(), tokenizer),
                        EngineKind.ONNXRUNTIME,
                        weights.precision(),
                        needed(said, known, folder, decisions),
                        null,
                        false,
                        List.of());
            }
            case TORCHSCRIPT ->
                new NetworkPlan(
                        new ModelSource.Files(weights.file(), tokenizer),
                        EngineKind.PYTORCH,
                        weights.precision(),
                        needed(said, known, folder, decisions),
                        null,
                        said != null && said.isNone(),
                        List.of());
        };
    }

    private static Pooling needed(@Nullable Pooling said, @Nullable KnownModel known, Path folder, Decisions decisions)
            throws ModelException {
        if (said == null && known != null && known.pooling() != null) {
            decisions.add("pooling " + known.pooling().label(), KnownModel.FILE);
            return known.pooling();
        }
        if (said == null) {
            throw new ModelException(
                    folder + ": no file says how to pool, and nothing is guessed; set pooling: to what its"
                            + " model card says, cls or mean for most (sentence-transformers would take mean)");
        }
        return said;
    }

    private static NetworkPlan graph(
            Path folder,
            WeightsChoice weights,
            Path tokenizer,
            JsonFile config,
            @Nullable Pooling said,
            @Nullable KnownModel known,
            @Nullable String wished,
            Decisions decisions)
            throws ModelException {
        OnnxSignature signature = ModelFile.graph(weights.file());
        GraphOutput output = said == null && wished == null && known != null && GraphOutput.isSilent(signature)
                ? GraphOutput.choose(
                        signature, needed(null, known, folder, decisions), known.output(), folder.toString(), decisions)
                : GraphOutput.choose(signature, said, wished, folder.toString(), decisions);
        mustBeAsWide(signature, output, known, folder);
        return new NetworkPlan(
                new ModelSource.Files(weights.file(), tokenizer),
                EngineKind.ONNXRUNTIME,
                weights.precision(),
                output.pooling(),
                output.name(),
                output.isPooled(),
                tasks(signature, config));
    }

    /** What is known of a name must not be believed of another model that took it. */
    private static void mustBeAsWide(
            OnnxSignature signature, GraphOutput output, @Nullable KnownModel known, Path folder)
            throws ModelException {
        if (known == null) {
            return;
        }
        long width = signature
                .output(output.name())
                .map(value -> value.shape().getLast())
                .orElse(-1L);
        if (width > 0 && width != known.dimensions()) {
            throw new ModelException(folder + ": " + KnownModel.FILE + " knows " + known.ids() + " with "
                    + known.dimensions() + " dimensions, but the graph's output " + output.name() + " has " + width
                    + "; give its path: instead, with what it needs");
        }
    }

    private static List<String> tasks(OnnxSignature signature, JsonFile config) throws ModelException {
        if (signature.inputs().stream().noneMatch(input -> input.name().equals("task_id"))) {
            return List.of();
        }
        List<String> tasks = config.at("lora_adaptations")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
        if (tasks.isEmpty()) {
            throw new ModelException(
                    config.path() + " has no lora_adaptations, so that nothing tells what the graph's task_id means");
        }
        return tasks;
    }

    /** Where a table would be; null where there is none, but a graph perhaps. */
    static @Nullable Path tableFile(FileTree tree, Path network, Path model, FolderWishes wished) {
        return wished.weights() == null
                ? tree.first(List.of(network, model), List.of("model.safetensors"))
                        .orElse(null)
                : wished.weights();
    }

    /** A table with one vector a token, or a graph of it. */
    static NetworkPlan table(Path network, Path model, Path tokenizer, FolderWishes wished, Decisions decisions)
            throws ModelException {
        FileTree disk = new FileTree.OnDisk();
        Path file = tableFile(disk, network, model, wished);
        if (file == null || file.toString().endsWith(".onnx")) {
            WeightsChoice weights = WeightsChoice.find(disk, network, model, wished, decisions);
            if (weights.form() != WeightsChoice.Form.GRAPH) {
                throw new ModelException(weights.file() + " is no table of tokens' vectors");
            }
            JsonFile none = JsonFile.read(model.resolve("config.json"));
            return graph(model, weights, tokenizer, none, Pooling.NONE, null, wished.output(), decisions);
        }
        Safetensors tensors = Safetensors.read(file);
        for (String unknown : UNKNOWN_TABLES) {
            if (tensors.find(unknown) != null) {
                throw new ModelException(file + ": tensor " + unknown + " is not supported");
            }
        }
        List<String> found = TABLES.stream()
                .filter(name -> {
                    StoredTensor tensor = tensors.find(name);
                    return tensor != null && tensor.shape().size() == 2;
                })
                .toList();
        if (found.size() != 1) {
            throw new ModelException(file + " has no table of tokens' vectors, or several: " + tensors.names());
        }
        decisions.add(
                "mean of the rows of " + found.getFirst(),
                model.relativize(file).toString());
        return new NetworkPlan(
                new ModelSource.Table(file, found.getFirst(), tokenizer),
                EngineKind.ONNXRUNTIME,
                "fp32",
                Pooling.MEAN,
                null,
                false,
                List.of());
    }
}
