package phifleet.worker.engine.onnx;

import static phifleet.worker.engine.onnx.OnnxSignature.FLOAT;
import static phifleet.worker.engine.onnx.OnnxSignature.FLOAT16;
import static phifleet.worker.engine.onnx.OnnxSignature.GRAPH_INITIALIZER;
import static phifleet.worker.engine.onnx.OnnxSignature.GRAPH_INPUT;
import static phifleet.worker.engine.onnx.OnnxSignature.GRAPH_NODE;
import static phifleet.worker.engine.onnx.OnnxSignature.GRAPH_OUTPUT;
import static phifleet.worker.engine.onnx.OnnxSignature.MODEL_GRAPH;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import phifleet.worker.model.ModelException;

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

    /** The added output: floats, batch × width. */
    static final String POOLED = "phifleet_pooled";

    private static final int NODE_INPUT = 1;
    private static final int NODE_OUTPUT = 2;
    private static final int NODE_NAME = 3;
    private static final int NODE_OPERATOR = 4;
    private static final int NODE_ATTRIBUTE = 5;
    private static final int TENSOR_DIMS = 1;
    private static final int TENSOR_TYPE = 2;
    private static final int TENSOR_NAME = 8;
    private static final int TENSOR_RAW = 9;
    private static final int ATTRIBUTE_NAME = 1;
    private static final int ATTRIBUTE_INT = 3;
    private static final int ATTRIBUTE_TYPE = 20;
    private static final int ATTRIBUTE_TYPE_INT = 2;

    private PoolingGraph() {}

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
        try (FileChannel in = FileChannel.open(source, StandardOpenOption.READ);
                FileChannel out = FileChannel.open(
                        target,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            ProtoReader model = new ProtoReader(in.map(MapMode.READ_ONLY, 0, in.size()));
            while (model.next()) {
                if (model.number() == MODEL_GRAPH) {
                    writeGraph(model.payload(), out, hidden);
                } else {
                    writeFully(out, model.field());
                }
            }
        }
    }

    private static void writeGraph(ByteBuffer graph, FileChannel out, OnnxSignature.Value hidden) throws IOException {
        List<ByteBuffer> fields = new ArrayList<>();
        ProtoReader reader = new ProtoReader(graph);
        while (reader.next()) {
            if (reader.number() != GRAPH_OUTPUT) {
                fields.add(reader.field());
            }
        }
        fields.add(ByteBuffer.wrap(pooling(hidden).toByteArray()));
        long length = fields.stream().mapToLong(ByteBuffer::remaining).sum();
        writeFully(
                out,
                ByteBuffer.wrap(new ProtoWriter().header(MODEL_GRAPH, length).toByteArray()));
        for (ByteBuffer field : fields) {
            writeFully(out, field);
        }
    }

    private static ProtoWriter pooling(OnnxSignature.Value hidden) {
        long width = hidden.shape().isEmpty() ? -1 : hidden.shape().getLast();
        ProtoWriter graph = new ProtoWriter()
                .message(GRAPH_INITIALIZER, longs("phifleet_row_shape", 0, 1, -1))
                .message(GRAPH_INITIALIZER, tensor("phifleet_first", 0))
                .message(GRAPH_INPUT, value(WEIGHTS, -1, -1))
                .message(GRAPH_OUTPUT, value(POOLED, -1, width))
                .message(GRAPH_NODE, node("Reshape", "phifleet_rows", WEIGHTS, "phifleet_row_shape"));
        String states = hidden.name();
        if (hidden.elementType() == FLOAT16) {
            states = "phifleet_states";
            graph.message(
                    GRAPH_NODE, node("Cast", states, hidden.name()).message(NODE_ATTRIBUTE, integer("to", FLOAT)));
        }
        return graph.message(
                        GRAPH_NODE,
                        node("Concat", "phifleet_doubled", "phifleet_rows", "phifleet_rows")
                                .message(NODE_ATTRIBUTE, integer("axis", 1)))
                .message(GRAPH_NODE, node("MatMul", "phifleet_sums", "phifleet_doubled", states))
                .message(
                        GRAPH_NODE,
                        node("Gather", POOLED, "phifleet_sums", "phifleet_first")
                                .message(NODE_ATTRIBUTE, integer("axis", 1)));
    }

    private static ProtoWriter node(String operator, String output, String... inputs) {
        ProtoWriter node = new ProtoWriter();
        for (String input : inputs) {
            node.text(NODE_INPUT, input);
        }
        return node.text(NODE_OUTPUT, output)
                .text(NODE_NAME, "phifleet/" + output)
                .text(NODE_OPERATOR, operator);
    }

    private static ProtoWriter integer(String name, long value) {
        return new ProtoWriter()
                .text(ATTRIBUTE_NAME, name)
                .varint(ATTRIBUTE_INT, value)
                .varint(ATTRIBUTE_TYPE, ATTRIBUTE_TYPE_INT);
    }

    private static ProtoWriter longs(String name, long... values) {
        return tensor(name, values).varint(TENSOR_DIMS, values.length);
    }

    private static ProtoWriter tensor(String name, long... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            raw.putLong(value);
        }
        return new ProtoWriter()
                .varint(TENSOR_TYPE, OnnxSignature.INT64)
                .text(TENSOR_NAME, name)
                .bytes(TENSOR_RAW, raw.array());
    }

    private static ProtoWriter value(String name, long... shape) {
        ProtoWriter dimensions = new ProtoWriter();
        for (int i = 0; i < shape.length; i++) {
            ProtoWriter dimension = new ProtoWriter();
            if (shape[i] < 0) {
                dimension.text(2, i == 0 ? "phifleet_batch" : "phifleet_free_" + i);
            } else {
                dimension.varint(1, shape[i]);
            }
            dimensions.message(1, dimension);
        }
        ProtoWriter tensor = new ProtoWriter().varint(1, FLOAT).message(2, dimensions);
        return new ProtoWriter().text(1, name).message(2, new ProtoWriter().message(1, tensor));
    }

    private static void writeFully(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }
}
