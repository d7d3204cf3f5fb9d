package phifleet.inference.hub;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.EngineKind;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Precision;
import phifleet.inference.onnx.OnnxSignature;

/**
 * The weights of a network. The rule, where there are several: an exported graph comes before safetensors, and these before
 * TorchScript; of several graphs the one that {@code precision} names, or the plain one, or the only one. What was left aside is
 * said with the choice.
 *
 * @param file a graph, a TorchScript archive, safetensors or an index of several
 * @param form what it is
 * @param precision of its numbers, as what is in it tells, or its name
 */
record WeightsChoice(Path file, Form form, String precision) {
    enum Form {
        GRAPH,
        SAFETENSORS,
        TORCHSCRIPT
    }

    private static final List<String> SAFETENSORS = List.of("model.safetensors", "model.safetensors.index.json");
    private static final String PLAIN = "model.onnx";

    /** Finds the weights in the network's folder or, where that is another, the model's. */
    static WeightsChoice find(FileTree tree, Path network, Path model, FolderWishes wished, Decisions decisions)
            throws ModelException {
        List<Path> folders = Stream.of(network, network.resolve("onnx"), model, model.resolve("onnx"))
                .map(Path::normalize)
                .distinct()
                .toList();
        WeightsChoice found = read(tree, search(tree, folders, model, wished), wished);
        Optional<Path> adapter = tree.first(folders, List.of("adapter_config.json"));
        if (found.form() == Form.SAFETENSORS && adapter.isPresent()) {
            throw new ModelException(adapter.get()
                    + " is there: its weights would be added to those of the model that it names, which is not done here;"
                    + " save the two merged (PEFT's merge_and_unload), without this file");
        }
        Optional<Path> aside = found.form() == Form.GRAPH ? tree.first(folders, SAFETENSORS) : Optional.empty();
        decisions.add(
                found.precision() + " weights " + shown(model, found.file())
                        + aside.map(file -> ", before " + shown(model, file)).orElse(""),
                wished.weights() != null
                        ? "weights"
                        : wished.precision() != null
                                ? "precision"
                                : aside.isPresent()
                                        ? "an exported graph comes first; weights: chooses"
                                        : isUsual(found) ? "file name" : "the only graph; weights: chooses");
        return found;
    }

    private static boolean isUsual(WeightsChoice found) {
        return found.form() != Form.GRAPH || found.file().endsWith(PLAIN);
    }

    /** Holds a file that is here against its name: whether it is what that says, and what its numbers are. */
    private static WeightsChoice read(FileTree tree, WeightsChoice found, FolderWishes wished) throws ModelException {
        if (!(tree instanceof FileTree.OnDisk)) {
            return found;
        }
        if (found.form() != Form.GRAPH) {
            ModelFile.check(found.file());
            return found;
        }
        OnnxSignature signature = ModelFile.graph(found.file());
        return new WeightsChoice(
                found.file(),
                Form.GRAPH,
                GraphPrecision.of(found.file(), signature, wished.precision()).label());
    }

    private static String shown(Path model, Path file) {
        return model.normalize().relativize(file.normalize()).toString();
    }

    private static WeightsChoice search(FileTree tree, List<Path> folders, Path model, FolderWishes wished)
            throws ModelException {
        if (wished.weights() != null) {
            return named(wished.weights(), wished);
        }
        boolean graphs = wished.engine() != EngineKind.PYTORCH;
        if (graphs) {
            Optional<WeightsChoice> graph = graph(tree, folders, wished.precision());
            if (graph.isPresent()) {
                return graph.get();
            }
            Optional<Path> weights = tree.first(folders, SAFETENSORS);
            if (weights.isPresent()) {
                return new WeightsChoice(weights.get(), Form.SAFETENSORS, "fp32");
            }
            List<Path> variants = variants(tree, folders);
            if (variants.size() == 1) {
                return new WeightsChoice(
                        variants.getFirst(), Form.GRAPH, precision(variants.getFirst(), wished.precision()));
            }
            if (variants.size() > 1) {
                throw new ModelException(model + " has several graphs and none is named model.onnx: set precision: or"
                        + " weights: to choose one of "
                        + variants.stream().map(Path::getFileName).toList());
            }
        }
        Optional<Path> script = tree.first(folders, List.of("model.pt"));
        if (script.isPresent() && wished.engine() != EngineKind.ONNXRUNTIME) {
            return new WeightsChoice(script.get(), Form.TORCHSCRIPT, "fp32");
        }
        throw nothing(tree, folders, model, graphs);
    }

    private static ModelException nothing(FileTree tree, List<Path> folders, Path model, boolean graphs) {
        Optional<Path> pickle = tree.first(folders, List.of(Pickles.USUAL, "pytorch_model.bin.index.json"));
        if (pickle.isPresent()) {
            return switch (tree) {
                case FileTree.OnDisk here -> Pickles.refused(pickle.get());
                case FileTree.Listed there -> Pickles.notFetched(pickle.get());
            };
        }
        for (Path folder : folders) {
            if (tree.hasFolder(folder.resolve("openvino"))) {
                return new ModelException(
                        model + " has weights for OpenVINO alone; an ONNX graph or model.safetensors is needed");
            }
        }
        return new ModelException(model + " has no "
                + (graphs ? "model.onnx, no onnx/model.onnx, no model.safetensors and no " : "") + "model.pt");
    }

    private static WeightsChoice named(Path file, FolderWishes wished) throws ModelException {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(".safetensors") || name.endsWith(".safetensors.index.json")) {
            return new WeightsChoice(file, Form.SAFETENSORS, "fp32");
        }
        if (name.endsWith(".bin") || name.endsWith(".ckpt") || name.endsWith(".pth")) {
            throw Pickles.refused(file);
        }
        boolean script = name.endsWith(".pt") || wished.engine() == EngineKind.PYTORCH;
        return new WeightsChoice(file, script ? Form.TORCHSCRIPT : Form.GRAPH, precision(file, wished.precision()));
    }

    /** The graph of the precision that is wished for; the plain one where there is none of it. */
    private static Optional<WeightsChoice> graph(FileTree tree, List<Path> folders, @Nullable String wished) {
        List<String> names = switch (wished) {
            case null -> List.of();
            case "fp16" -> List.of("model_fp16.onnx");
            case "int8" -> List.of("model_int8.onnx", "model_quantized.onnx", "model_qint8.onnx", "model_uint8.onnx");
            case "int4" -> List.of("model_q4.onnx", "model_int4.onnx");
            case "bf16" -> List.of("model_bf16.onnx");
            default -> List.of();
        };
        Optional<Path> own = tree.first(folders, names);
        return own.or(() -> tree.first(folders, List.of(PLAIN)))
                .map(file -> new WeightsChoice(file, Form.GRAPH, precision(file, wished)));
    }

    private static String precision(Path file, @Nullable String wished) {
        Precision named = GraphPrecision.named(file);
        return named == Precision.FP32 && wished != null ? wished : named.label();
    }

    private static List<Path> variants(FileTree tree, List<Path> folders) throws ModelException {
        List<Path> variants = new ArrayList<>();
        for (Path folder : folders) {
            if (tree.hasFolder(folder)) {
                tree.list(folder).stream()
                        .filter(file -> String.valueOf(file.getFileName()).matches("model_.*\\.onnx"))
                        .forEach(variants::add);
            }
        }
        return variants;
    }
}
