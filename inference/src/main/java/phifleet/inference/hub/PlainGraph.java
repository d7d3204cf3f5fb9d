package phifleet.inference.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Precision;
import phifleet.inference.onnx.OnnxSignature;

/**
 * A network alone, an ONNX graph or a TorchScript program: a file, or a folder that holds one and says nothing of texts.
 *
 * @param precision what its numbers are, as far as the file says
 */
public record PlainGraph(Path file, Precision precision) {
    private static final String GRAPH = ".onnx";
    private static final List<String> PROGRAMS = List.of(".pt", ".jit", ".torchscript");
    private static final List<String> USUAL = List.of("model.onnx", "model.pt");

    /** Where Hugging Face's exporters put graphs. */
    private static final String EXPORTS = "onnx";

    /** Whether a path is such a file or folder: one with a tokeniser or a list of modules is an encoder's. */
    public static boolean isAt(Path path) {
        if (Files.isRegularFile(path)) {
            return isNetwork(path);
        }
        if (!Files.isDirectory(path)
                || Files.exists(path.resolve("tokenizer.json"))
                || Files.exists(path.resolve("modules.json"))) {
            return false;
        }
        return Files.exists(path.resolve("config.json"))
                ? ImageTask.of(path).isPresent()
                : !graphs(path).isEmpty() || !graphs(path.resolve(EXPORTS)).isEmpty();
    }

    /** Whether it is a TorchScript program, by its name. */
    public boolean isProgram() {
        return isProgram(file);
    }

    private static boolean isProgram(Path network) {
        return PROGRAMS.stream().anyMatch(name(network)::endsWith);
    }

    /**
     * Finds the network.
     *
     * @param wished the weights and the precision that are wanted, where several are there
     * @throws ModelException if there is none, or several, or the file is none: the message has the path as given
     */
    public static PlainGraph find(Path path, FolderWishes wished) throws ModelException {
        Path graph = Files.isDirectory(path) ? ofFolder(path, wished) : path;
        if (isProgram(graph)) {
            return new PlainGraph(ModelFile.program(graph), Precision.FP32);
        }
        OnnxSignature signature = ModelFile.graph(graph);
        Precision is = GraphPrecision.of(graph, signature, null);
        if (wished.precision() != null
                && Precision.find(wished.precision()).filter(is::equals).isEmpty()) {
            throw new ModelException(graph + " computes in " + is.label()
                    + ", and a graph of tensors or images runs as it was exported, not in " + wished.precision());
        }
        return new PlainGraph(graph, is);
    }

    private static Path ofFolder(Path folder, FolderWishes wished) throws ModelException {
        boolean exported = Files.exists(folder.resolve("config.json")) || Files.isDirectory(folder.resolve(EXPORTS));
        if (wished.weights() == null && !exported) {
            return only(folder);
        }
        WeightsChoice choice = WeightsChoice.find(new FileTree.OnDisk(), folder, folder, wished, new Decisions());
        if (choice.form() != WeightsChoice.Form.GRAPH) {
            throw new ModelException(folder + " has " + choice.file().getFileName()
                    + " alone; an exported graph is needed, such as onnx/model.onnx");
        }
        return choice.file();
    }

    private static Path only(Path folder) throws ModelException {
        List<Path> graphs = graphs(folder);
        for (String usual : USUAL) {
            if (graphs.contains(folder.resolve(usual))) {
                return folder.resolve(usual);
            }
        }
        if (graphs.size() != 1) {
            throw new ModelException(
                    graphs.isEmpty()
                            ? folder + " has no .onnx file and no TorchScript (" + String.join(", ", PROGRAMS) + ")"
                            : folder + " has several networks, "
                                    + graphs.stream().map(Path::getFileName).toList() + "; name one with path:");
        }
        return graphs.getFirst();
    }

    private static List<Path> graphs(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> Files.isRegularFile(file) && isNetwork(file))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static boolean isNetwork(Path file) {
        return name(file).endsWith(GRAPH) || isProgram(file);
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    }
}
