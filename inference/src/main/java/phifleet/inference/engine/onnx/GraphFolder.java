package phifleet.inference.engine.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import phifleet.inference.model.ModelException;
import phifleet.inference.onnx.ExternalWeights;

/**
 * A graph where the engine finds the weights that lie beside it. It follows no link out of the graph's folder, and in the cache of
 * the Hub's tools every file is one: there the files are linked once more under their names, as themselves, and what was made is
 * deleted as soon as a session has been opened, which keeps what it mapped.
 */
final class GraphFolder implements AutoCloseable {
    private final Path graph;
    private final List<Path> made;

    private GraphFolder(Path graph, List<Path> made) {
        this.graph = graph;
        this.made = made;
    }

    static GraphFolder of(Path graph) throws IOException, ModelException {
        Set<String> weights = Files.isSymbolicLink(graph) ? ExternalWeights.of(graph) : Set.of();
        if (weights.isEmpty()) {
            return new GraphFolder(graph.toRealPath(), List.of());
        }
        List<Path> made = new ArrayList<>();
        Path folder = emptyFolder(graph);
        made.add(folder);
        GraphFolder result = new GraphFolder(folder.resolve("model.onnx"), made);
        try {
            result.link(graph, result.graph);
            result.linkAll(graph, weights, folder);
            return result;
        } catch (IOException | ModelException | RuntimeException e) {
            result.close();
            throw e;
        }
    }

    /** Writes a copy of a graph. */
    @FunctionalInterface
    interface Rewriting {
        void write(Path source, Path target) throws IOException, ModelException;
    }

    /** A folder with a copy of the graph, and the weights that lie beside it. */
    static GraphFolder rewritten(Path graph, Rewriting rewriting) throws IOException, ModelException {
        Path folder = emptyFolder(graph);
        GraphFolder result = new GraphFolder(folder.resolve("model.onnx"), new ArrayList<>(List.of(folder)));
        try {
            result.made.add(result.graph);
            rewriting.write(graph, result.graph);
            result.linkAll(graph, ExternalWeights.of(graph), folder);
            return result;
        } catch (IOException | ModelException | RuntimeException e) {
            result.close();
            throw e;
        }
    }

    /** What to open. */
    Path graph() {
        return graph;
    }

    /** On the file system of the weights, where it can be written, so that nothing is copied. */
    private static Path emptyFolder(Path graph) throws IOException {
        try {
            return Files.createTempDirectory(graph.toRealPath().getParent(), ".opening");
        } catch (IOException e) {
            return Files.createTempDirectory("opening");
        }
    }

    private void linkAll(Path graph, Set<String> weights, Path folder) throws IOException, ModelException {
        for (String name : weights) {
            Path target = folder.resolve(name).normalize();
            if (!target.startsWith(folder)) {
                throw new ModelException(graph + " names weights in " + name + ", out of its folder");
            }
            Path parent = folder;
            for (Path part : folder.relativize(target.resolveSibling(""))) {
                parent = parent.resolve(part);
                if (!Files.exists(parent)) {
                    Files.createDirectory(parent);
                    made.add(parent);
                }
            }
            link(graph.resolveSibling(name), target);
        }
    }

    private void link(Path from, Path to) throws IOException {
        made.add(to);
        PreparedModel.linkOrCopy(from, to);
    }

    @Override
    public void close() throws IOException {
        for (Path path : made.reversed()) {
            Files.deleteIfExists(path);
        }
    }
}
