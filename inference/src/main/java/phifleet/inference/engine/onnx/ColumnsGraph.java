package phifleet.inference.engine.onnx;

import static phifleet.inference.engine.onnx.GraphParts.integer;
import static phifleet.inference.engine.onnx.GraphParts.longs;
import static phifleet.inference.engine.onnx.GraphParts.node;
import static phifleet.inference.engine.onnx.GraphParts.value;
import static phifleet.inference.onnx.OnnxNode.ATTRIBUTE;
import static phifleet.inference.onnx.OnnxSignature.GRAPH_INITIALIZER;
import static phifleet.inference.onnx.OnnxSignature.GRAPH_NODE;
import static phifleet.inference.onnx.OnnxSignature.GRAPH_OUTPUT;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import phifleet.inference.onnx.GraphFile;
import phifleet.inference.onnx.OnnxNode;
import phifleet.inference.onnx.OnnxSignature;
import phifleet.inference.onnx.ProtoWriter;

/**
 * Narrows the last axis of a language model's output to a few tokens of the vocabulary. Where a matrix product makes it, the columns
 * are taken of the weights, so that the others are never computed: of a vocabulary of 151,669 that is most of a small model's work.
 */
final class ColumnsGraph {
    private static final String COLUMNS = "phifleet_columns_wanted";
    private static final String WEIGHTS = "phifleet_columns_weights";
    private static final String WHOLE = "phifleet_columns_whole";

    private ColumnsGraph() {}

    /**
     * Writes a copy of a model that has this output alone.
     *
     * @param output batch × tokens × vocabulary
     * @param columns token ids, in the order wanted
     */
    static void write(Path source, Path target, OnnxSignature.Value output, long... columns) throws IOException {
        GraphFile.rewrite(source, target, fields -> narrowed(fields, output, columns));
    }

    private static List<ByteBuffer> narrowed(List<ByteBuffer> fields, OnnxSignature.Value output, long... columns) {
        ProtoWriter written = new ProtoWriter()
                .message(GRAPH_INITIALIZER, longs(COLUMNS, columns))
                .message(
                        GRAPH_OUTPUT,
                        value(output.name(), output.elementType(), "phifleet_batch", "phifleet_tokens", (long)
                                columns.length));
        for (ByteBuffer field : fields) {
            if (GraphFile.number(field) == GRAPH_NODE) {
                add(OnnxNode.read(GraphFile.payload(field)), output.name(), written);
            }
        }
        return GraphFile.withNodes(fields, written, field -> GraphFile.number(field) != GRAPH_OUTPUT);
    }

    private static void add(OnnxNode node, String output, ProtoWriter written) {
        if (!node.outputs().contains(output)) {
            written.message(GRAPH_NODE, node.between(node.inputs(), node.outputs()));
        } else if (node.operator().equals("MatMul")) {
            written.message(GRAPH_NODE, gather(WEIGHTS, node.inputs().get(1), 1))
                    .message(GRAPH_NODE, node.between(List.of(node.inputs().getFirst(), WEIGHTS), node.outputs()));
        } else {
            List<String> outputs = node.outputs().stream()
                    .map(name -> name.equals(output) ? WHOLE : name)
                    .toList();
            written.message(GRAPH_NODE, node.between(node.inputs(), outputs))
                    .message(GRAPH_NODE, gather(output, WHOLE, 2));
        }
    }

    private static ProtoWriter gather(String name, String from, int axis) {
        return node("Gather", name, from, COLUMNS).message(ATTRIBUTE, integer("axis", axis));
    }
}
