package phifleet.inference.engine.onnx;

import static phifleet.inference.engine.onnx.GraphParts.integer;
import static phifleet.inference.engine.onnx.GraphParts.longs;
import static phifleet.inference.engine.onnx.GraphParts.node;
import static phifleet.inference.engine.onnx.GraphParts.value;
import static phifleet.inference.onnx.OnnxNode.ATTRIBUTE;
import static phifleet.inference.onnx.OnnxSignature.FLOAT;
import static phifleet.inference.onnx.OnnxSignature.FLOAT16;
import static phifleet.inference.onnx.OnnxSignature.GRAPH_INITIALIZER;
import static phifleet.inference.onnx.OnnxSignature.GRAPH_NODE;
import static phifleet.inference.onnx.OnnxSignature.GRAPH_OUTPUT;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import phifleet.inference.model.ModelException;
import phifleet.inference.onnx.GraphFile;
import phifleet.inference.onnx.OnnxSignature;
import phifleet.inference.onnx.ProtoWriter;

/**
 * Appends the largest number of each column to an ONNX graph, so that one row a text leaves the engine and not one a token: of a
 * vocabulary of 30,522 a row is 122 KB.
 *
 * <p>Padding counts as 0, as sentence-transformers' {@code SpladePooling} has it, which makes no difference where what is below 0
 * is of no use: the largest number that is over 0 is that of the real tokens.
 */
final class MaxGraph {
    private static final String FLOATS = "phifleet_max_states";
    private static final String MASK = "phifleet_max_mask";
    private static final String COLUMN = "phifleet_max_column";
    private static final String MASKED = "phifleet_max_masked";
    private static final String SHAPE = "phifleet_max_shape";

    private MaxGraph() {}

    /**
     * Writes a copy of a model.
     *
     * @param hidden the output: floats or half floats, batch × tokens × width
     */
    static void write(Path source, Path target, OnnxSignature.Value hidden) throws IOException, ModelException {
        if (hidden.elementType() != FLOAT && hidden.elementType() != FLOAT16) {
            throw new ModelException("output " + hidden.name() + " has element type " + hidden.elementType()
                    + ": 32- or 16-bit floats are needed");
        }
        long opset = GraphFile.opset(source);
        GraphFile.rewrite(source, target, fields -> {
            List<ByteBuffer> kept = fields.stream()
                    .filter(field -> GraphFile.number(field) != GRAPH_OUTPUT)
                    .collect(Collectors.toCollection(ArrayList::new));
            kept.add(ByteBuffer.wrap(largest(hidden, opset).toByteArray()));
            return kept;
        });
    }

    private static ProtoWriter largest(OnnxSignature.Value hidden, long opset) {
        Object width = hidden.shape().isEmpty() || hidden.shape().getLast() < 0
                ? "phifleet_width"
                : hidden.shape().getLast();
        ProtoWriter graph = new ProtoWriter()
                .message(GRAPH_INITIALIZER, longs(SHAPE, 0, 0, 1))
                .message(GRAPH_OUTPUT, value(PoolingGraph.POOLED, FLOAT, "phifleet_batch", width))
                .message(GRAPH_NODE, node("Cast", MASK, GraphInputs.MASK).message(ATTRIBUTE, integer("to", FLOAT)))
                .message(GRAPH_NODE, node("Reshape", COLUMN, MASK, SHAPE));
        String states = hidden.name();
        if (hidden.elementType() == FLOAT16) {
            states = FLOATS;
            graph.message(GRAPH_NODE, node("Cast", states, hidden.name()).message(ATTRIBUTE, integer("to", FLOAT)));
        }
        graph.message(GRAPH_NODE, node("Mul", MASKED, states, COLUMN));
        GraphParts.largest(graph, opset, PoolingGraph.POOLED, MASKED, 1);
        return graph;
    }
}
