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
import phifleet.inference.model.Task;
import phifleet.inference.onnx.GraphFile;
import phifleet.inference.onnx.OnnxSignature;
import phifleet.inference.onnx.ProtoWriter;

/**
 * Appends the largest number of each column to an ONNX graph, or the sum of what is over 0 and squashed, so that one row a text leaves the
 * engine and not one a token: of a vocabulary of 30,522 a row is 122 KB.
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
    private static final String ONE = PoolingGraph.WIDE + "one";
    private static final String POSITIVE = PoolingGraph.WIDE + "positive";
    private static final String MORE = PoolingGraph.WIDE + "more";
    private static final String SQUASHED = PoolingGraph.WIDE + "squashed";

    private MaxGraph() {}

    /**
     * Writes a copy of a model.
     *
     * @param encoding says which
     * @param hidden the output: floats or half floats, batch × tokens × width
     */
    static void write(Path source, Path target, Task.SparseEncoding encoding, OnnxSignature.Value hidden)
            throws IOException, ModelException {
        if (hidden.elementType() != FLOAT && hidden.elementType() != FLOAT16) {
            throw new ModelException("output " + hidden.name() + " has element type " + hidden.elementType()
                    + ": 32- or 16-bit floats are needed");
        }
        long opset = GraphFile.opset(source);
        GraphFile.rewrite(source, target, fields -> {
            List<ByteBuffer> kept = fields.stream()
                    .filter(field -> GraphFile.number(field) != GRAPH_OUTPUT)
                    .collect(Collectors.toCollection(ArrayList::new));
            kept.add(ByteBuffer.wrap(reduced(encoding, hidden, opset).toByteArray()));
            return kept;
        });
    }

    private static ProtoWriter reduced(Task.SparseEncoding encoding, OnnxSignature.Value hidden, long opset) {
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
        if (encoding.summed()) {
            states = squashed(graph, states, encoding.squashed());
        }
        graph.message(GRAPH_NODE, node("Mul", MASKED, states, COLUMN));
        if (encoding.summed()) {
            GraphParts.sum(graph, opset, PoolingGraph.POOLED, MASKED, 1);
        } else {
            GraphParts.largest(graph, opset, PoolingGraph.POOLED, MASKED, 1);
        }
        return graph;
    }

    /** What is over 0, by the logarithm of one more, as often as is said. */
    private static String squashed(ProtoWriter graph, String states, int times) {
        graph.message(GRAPH_INITIALIZER, GraphParts.floats(ONE, 1));
        String weights = POSITIVE;
        graph.message(GRAPH_NODE, node("Relu", weights, states));
        for (int time = 0; time < times; time++) {
            graph.message(GRAPH_NODE, node("Add", MORE + time, weights, ONE));
            weights = SQUASHED + time;
            graph.message(GRAPH_NODE, node("Log", weights, MORE + time));
        }
        return weights;
    }
}
