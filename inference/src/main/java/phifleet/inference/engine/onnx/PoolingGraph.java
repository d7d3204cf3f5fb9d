package phifleet.inference.engine.onnx;

import static phifleet.inference.engine.onnx.GraphParts.integer;
import static phifleet.inference.engine.onnx.GraphParts.longs;
import static phifleet.inference.engine.onnx.GraphParts.node;
import static phifleet.inference.engine.onnx.GraphParts.tensor;
import static phifleet.inference.engine.onnx.GraphParts.value;
import static phifleet.inference.onnx.OnnxNode.ATTRIBUTE;
import static phifleet.inference.onnx.OnnxSignature.FLOAT;
import static phifleet.inference.onnx.OnnxSignature.FLOAT16;
import static phifleet.inference.onnx.OnnxSignature.GRAPH_INITIALIZER;
import static phifleet.inference.onnx.OnnxSignature.GRAPH_INPUT;
import static phifleet.inference.onnx.OnnxSignature.GRAPH_NODE;
import static phifleet.inference.onnx.OnnxSignature.GRAPH_OUTPUT;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import phifleet.inference.model.ModelException;
import phifleet.inference.onnx.GraphFile;
import phifleet.inference.onnx.OnnxSignature;
import phifleet.inference.onnx.ProtoWriter;

/**
 * Appends the pooling to an ONNX graph, so that one vector a text leaves the engine and not one a token: for 32 texts of 64
 * tokens that is 48 KB in place of 3 MB to copy, on a GPU across the bus.
 *
 * <p>Every pooling is a weighted sum over the tokens: 1/n for each real token (mean), 1 for the first (cls) or the last.
 * So the graph gets one more input, {@value #WEIGHTS} (floats, batch × tokens), and computes {@code weights · hidden} as a
 * batched matrix product. Padding has weight 0 and adds exactly 0. The nodes used (Reshape 5, Concat 4, Cast 9, MatMul 9,
 * Gather 1) mean the same in every opset from 9 on.
 *
 * <p>The row of weights is doubled and one of the two results dropped: for a single row the engine takes a kernel that adds
 * four tokens at a time, so that the rounding would depend on how much padding follows, and a text's vector on its batch.
 *
 * <p>A protobuf message may repeat its fields in any order, so the new nodes are appended to the graph's bytes and the old
 * outputs left out; nothing else is decoded.
 */
final class PoolingGraph {
    /** The added input. */
    static final String WEIGHTS = "phifleet_pooling_weights";

    private static final String BATCH = "phifleet_batch";
    private static final String TOKENS = "phifleet_columns";
    private static final String ROWS = "phifleet_rows";
    private static final String DOUBLED = "phifleet_doubled";
    private static final String SUMS = "phifleet_sums";

    /** The added output: floats, batch × width. */
    static final String POOLED = "phifleet_pooled";

    /** What begins the names of other values that stay as wide. */
    static final String WIDE = "phifleet_wide_sum/";

    private static final Set<String> OWN = Set.of(WEIGHTS, ROWS, DOUBLED, SUMS, POOLED);

    private PoolingGraph() {}

    /** Whether a value is one of the pooling's own, which are 32-bit floats whatever the rest is. */
    static boolean isOwn(String value) {
        return OWN.contains(value) || value.startsWith(WIDE);
    }

    /**
     * Writes a copy of a model that pools.
     *
     * @param hidden the output to pool: floats or half floats, batch × tokens × width
     */
    static void write(Path source, Path target, OnnxSignature.Value hidden) throws IOException, ModelException {
        if (hidden.elementType() != FLOAT && hidden.elementType() != FLOAT16) {
            throw new ModelException("output " + hidden.name() + " has element type " + hidden.elementType()
                    + ": pooling wants 32- or 16-bit floats");
        }
        GraphFile.rewrite(source, target, fields -> {
            List<ByteBuffer> kept = fields.stream()
                    .filter(field -> GraphFile.number(field) != GRAPH_OUTPUT)
                    .collect(Collectors.toCollection(ArrayList::new));
            kept.add(ByteBuffer.wrap(pooling(hidden).toByteArray()));
            return kept;
        });
    }

    private static ProtoWriter pooling(OnnxSignature.Value hidden) {
        Object width = hidden.shape().isEmpty() || hidden.shape().getLast() < 0
                ? "phifleet_width"
                : hidden.shape().getLast();
        ProtoWriter graph = new ProtoWriter()
                .message(GRAPH_INITIALIZER, longs("phifleet_row_shape", 0, 1, -1))
                .message(GRAPH_INITIALIZER, tensor("phifleet_first", 0))
                .message(GRAPH_INPUT, value(WEIGHTS, FLOAT, BATCH, TOKENS))
                .message(GRAPH_OUTPUT, value(POOLED, FLOAT, BATCH, width))
                .message(GRAPH_NODE, node("Reshape", ROWS, WEIGHTS, "phifleet_row_shape"));
        String states = hidden.name();
        if (hidden.elementType() == FLOAT16) {
            states = "phifleet_states";
            graph.message(GRAPH_NODE, node("Cast", states, hidden.name()).message(ATTRIBUTE, integer("to", FLOAT)));
        }
        return graph.message(GRAPH_NODE, node("Concat", DOUBLED, ROWS, ROWS).message(ATTRIBUTE, integer("axis", 1)))
                .message(GRAPH_NODE, node("MatMul", SUMS, DOUBLED, states))
                .message(
                        GRAPH_NODE,
                        node("Gather", POOLED, SUMS, "phifleet_first").message(ATTRIBUTE, integer("axis", 1)));
    }
}
