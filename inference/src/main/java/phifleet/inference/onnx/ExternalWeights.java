package phifleet.inference.onnx;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import phifleet.inference.model.ModelException;

/** The files beside an ONNX graph in which it says that its weights are. */
public final class ExternalWeights {
    private ExternalWeights() {}

    /** Their names, relative to the graph's folder. */
    public static Set<String> of(Path graph) throws ModelException {
        return lengths(graph).keySet();
    }

    /** A graph with them: all files that make a model. */
    public static List<Path> filesOf(Path graph) throws ModelException {
        return Stream.concat(Stream.of(graph), of(graph).stream().map(graph::resolveSibling))
                .toList();
    }

    /** Their names, and the bytes that each must have at least. */
    public static Map<String, Long> lengths(Path graph) throws ModelException {
        try (FileChannel file = FileChannel.open(graph, StandardOpenOption.READ)) {
            return lengths(file.map(MapMode.READ_ONLY, 0, file.size()));
        } catch (IOException
                | IllegalArgumentException
                | ArithmeticException
                | BufferUnderflowException
                | IndexOutOfBoundsException e) {
            throw new ModelException(graph + " is not an ONNX model: " + e.getMessage(), e);
        }
    }

    private static Map<String, Long> lengths(ByteBuffer bytes) {
        Map<String, Long> lengths = new TreeMap<>();
        ProtoReader model = new ProtoReader(bytes);
        while (model.next()) {
            if (model.number() == OnnxSignature.MODEL_GRAPH) {
                ProtoReader graph = new ProtoReader(model.payload());
                while (graph.next()) {
                    if (graph.number() == OnnxSignature.GRAPH_INITIALIZER) {
                        StoredWeight weight = StoredWeight.read(graph.payload());
                        if (weight.file() != null) {
                            lengths.merge(weight.file(), weight.end(), Math::max);
                        }
                    }
                }
            }
        }
        return lengths;
    }
}
