package phifleet.inference.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import phifleet.inference.model.ModelException;

/** An exported graph alone: a file, or a folder that holds one and says nothing of texts. */
public final class PlainGraph {
    private static final String SUFFIX = ".onnx";

    private PlainGraph() {}

    /** Whether a path is such a file or folder: one with a tokeniser or a list of modules is an encoder's. */
    public static boolean isAt(Path path) {
        if (Files.isRegularFile(path)) {
            return name(path).endsWith(SUFFIX);
        }
        return Files.isDirectory(path)
                && Stream.of("tokenizer.json", "modules.json", "config.json")
                        .noneMatch(file -> Files.exists(path.resolve(file)))
                && !graphs(path).isEmpty();
    }

    /**
     * Finds the graph.
     *
     * @throws ModelException if there is none, or several, or the file is no graph: the message has the path as given
     */
    public static Path find(Path path) throws ModelException {
        Path graph = Files.isDirectory(path) ? only(path) : path;
        ModelFile.graph(graph);
        return graph;
    }

    private static Path only(Path folder) throws ModelException {
        List<Path> graphs = graphs(folder);
        Path usual = folder.resolve("model.onnx");
        if (graphs.contains(usual)) {
            return usual;
        }
        if (graphs.size() != 1) {
            throw new ModelException(
                    graphs.isEmpty()
                            ? folder + " has no .onnx file"
                            : folder + " has several graphs, "
                                    + graphs.stream().map(Path::getFileName).toList() + "; name one with path:");
        }
        return graphs.getFirst();
    }

    private static List<Path> graphs(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> Files.isRegularFile(file) && name(file).endsWith(SUFFIX))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    }
}
