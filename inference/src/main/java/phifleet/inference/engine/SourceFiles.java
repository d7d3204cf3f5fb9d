package phifleet.inference.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSource;
import phifleet.inference.onnx.ExternalWeights;

/** The files that a model's weights are in. */
public final class SourceFiles {
    private SourceFiles() {}

    /**
     * All of them, the graph first where there is one, in an order that does not change; none for a model of the class path.
     *
     * @throws ModelException if a file cannot be read that names others
     */
    public static List<Path> of(ModelSource source) throws ModelException {
        return switch (source) {
            case ModelSource.Embedded embedded -> List.of();
            case ModelSource.Files files -> withItsWeights(files.weights());
            case ModelSource.Safetensors weights -> safetensors(weights.weights());
            case ModelSource.Table table -> List.of(table.table());
            case ModelSource.Towers towers ->
                Stream.concat(withItsWeights(towers.texts()).stream(), withItsWeights(towers.images()).stream())
                        .toList();
            case ModelSource.Graph graph -> withItsWeights(graph.graph());
            case ModelSource.Program program -> List.of(program.archive());
        };
    }

    /** How long they are together. */
    public static long bytes(ModelSource source) throws ModelException {
        return source instanceof ModelSource.Embedded embedded
                ? embedded.weightsBytes()
                : of(source).stream().mapToLong(file -> file.toFile().length()).sum();
    }

    private static List<Path> withItsWeights(Path weights) throws ModelException {
        return weights.toString().endsWith(".onnx") ? ExternalWeights.filesOf(weights) : List.of(weights);
    }

    /** One file, or those beside the index that names them. */
    private static List<Path> safetensors(Path weights) throws ModelException {
        if (weights.toString().endsWith(".safetensors")) {
            return List.of(weights);
        }
        try (Stream<Path> beside = Files.list(weights.toAbsolutePath().resolveSibling(""))) {
            return beside.filter(file -> file.toString().endsWith(".safetensors"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ModelException(weights + " cannot be read: " + e, e);
        }
    }
}
