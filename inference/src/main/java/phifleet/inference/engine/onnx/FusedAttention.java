package phifleet.inference.engine.onnx;

import static phifleet.inference.engine.onnx.GraphParts.integer;
import static phifleet.inference.engine.onnx.GraphParts.longs;
import static phifleet.inference.engine.onnx.GraphParts.node;
import static phifleet.inference.engine.onnx.GraphParts.real;
import static phifleet.inference.engine.onnx.GraphParts.value;
import static phifleet.inference.onnx.OnnxNode.ATTRIBUTE;
import static phifleet.inference.onnx.OnnxSignature.FLOAT;
import static phifleet.inference.onnx.OnnxSignature.GRAPH_INITIALIZER;
import static phifleet.inference.onnx.OnnxSignature.GRAPH_INPUT;
import static phifleet.inference.onnx.OnnxSignature.GRAPH_NODE;
import static phifleet.inference.onnx.OnnxSignature.GRAPH_OUTPUT;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phifleet.inference.graph.RowAttention;
import phifleet.inference.onnx.GraphFile;
import phifleet.inference.onnx.OnnxNode;
import phifleet.inference.onnx.OnnxSignature;
import phifleet.inference.onnx.ProtoWriter;

/**
 * Puts one operator, ONNX Runtime's {@code MultiHeadAttention}, where a graph that the engine has optimised computes attention by
 * some twenty ({@link AttentionPattern}).
 *
 * <p>Where the rows come from packed ones ({@link PackedGraph}), it runs text by text over these ({@link RowAttention}), so that
 * nothing is computed for padding and no rectangle is made; and where nothing but the pooling is left of the rectangle then, the
 * tokens' rows come out as they are, {@value #TOKEN_ROWS}, to be pooled outside. Elsewhere it runs over the rectangle with its mask.
 */
final class FusedAttention {
    /** The output in place of the pooled one: 32-bit floats, packed rows × width. */
    static final String TOKEN_ROWS = "phifleet_token_rows";

    /** The added value: the mask in the engine's element type for it. */
    private static final String REAL = "phifleet_real";

    private static final String PACKED_SHAPE = "phifleet_packed_shape";
    private static final String ENGINE_DOMAIN = "com.microsoft";
    private static final int INT32 = 6;

    /** The first version of the operators whose {@code Slice} takes places as inputs. */
    private static final long LEAST_OPSET = 10;

    private final OnnxGraph graph;
    private final AttentionPattern pattern;
    private final long opset;
    private final Map<String, OnnxNode> makers = new HashMap<>();

    /** Rows of tokens by the rectangle that they were in the graph. */
    private final Map<String, String> rows = new HashMap<>();

    private final ProtoWriter written = new ProtoWriter();
    private @Nullable RowAttention overRows;
    private AttentionPattern.@Nullable Found first;
    private int fused;

    private FusedAttention(OnnxGraph graph, long opset) {
        this.graph = graph;
        this.opset = opset;
        this.pattern = new AttentionPattern(graph);
        graph.nodes().forEach(node -> node.outputs().forEach(value -> makers.put(value, node)));
    }

    /**
     * Writes a copy of an optimised model.
     *
     * @param output its output
     * @param byText whether it may run text by text
     * @return false where nothing could be replaced; the copy is of no use then
     */
    static boolean write(Path source, Path target, String output, boolean byText) throws IOException {
        long opset = byText ? GraphFile.opset(source) : 0;
        List<ByteBuffer> result = new ArrayList<>();
        GraphFile.rewrite(source, target, fields -> {
            OnnxGraph graph = OnnxGraph.of(fields, output);
            if (!graph.isNested()) {
                result.addAll(new FusedAttention(graph, opset).rewritten(fields, output));
            }
            return result;
        });
        return !result.isEmpty();
    }

    /** Empty where nothing was replaced. */
    private List<ByteBuffer> rewritten(List<ByteBuffer> fields, String output) {
        List<OnnxNode> nodes = new ArrayList<>();
        nodes.add(read(node("Cast", REAL, GraphInputs.MASK).message(ATTRIBUTE, integer("to", INT32))));
        for (OnnxNode node : graph.nodes()) {
            nodes.addAll(replaced(node));
        }
        if (fused == 0) {
            return List.of();
        }
        String tokens = overRows == null ? null : pooledRows(output);
        if (tokens != null) {
            nodes.add(read(node("Identity", TOKEN_ROWS, tokens)));
            written.message(GRAPH_OUTPUT, value(TOKEN_ROWS, FLOAT, "phifleet_rows", width(fields, output)));
        }
        Set<String> used = new HashSet<>();
        for (OnnxNode node : OnnxGraph.needed(nodes, tokens == null ? output : TOKEN_ROWS)) {
            used.addAll(node.reads());
            written.message(GRAPH_NODE, node.between(node.inputs(), node.outputs()));
        }
        if (overRows != null) {
            written.field(overRows.surroundings());
        }
        return GraphFile.withNodes(fields, written, field -> switch (GraphFile.number(field)) {
            case GRAPH_INITIALIZER ->
                used.contains(OnnxSignature.firstText(GraphFile.payload(field), OnnxSignature.TENSOR_NAME));
            case GRAPH_INPUT -> used.contains(OnnxSignature.firstText(GraphFile.payload(field), 1));
            case GRAPH_OUTPUT -> tokens == null;
            default -> true;
        });
    }

    private static OnnxNode read(ProtoWriter written) {
        return OnnxNode.read(ByteBuffer.wrap(written.toByteArray()));
    }

    /** What stands for a node in the new graph. */
    private List<OnnxNode> replaced(OnnxNode node) {
        AttentionPattern.Found found = pattern.endingIn(node);
        if (found == null) {
            return List.of(packedAgain(node));
        }
        fused++;
        String result = node.outputs().getFirst();
        String query = packedRows(found.query());
        String key = packedRows(found.key());
        String value = packedRows(found.value());
        if (query == null || key == null || value == null || !fitsOthers(found)) {
            return List.of(read(node("MultiHeadAttention", result, found.query(), found.key(), found.value(), "", REAL)
                    .text(OnnxNode.DOMAIN, ENGINE_DOMAIN)
                    .message(ATTRIBUTE, integer("num_heads", found.heads()))
                    .message(ATTRIBUTE, real("scale", found.scale()))));
        }
        return overRows(found, query, key, value, result);
    }

    private boolean fitsOthers(AttentionPattern.Found found) {
        return found.width() > 0
                && opset >= LEAST_OPSET
                && (first == null
                        || (first.heads() == found.heads()
                                && first.width() == found.width()
                                && first.scale() == found.scale()));
    }

    private List<OnnxNode> overRows(
            AttentionPattern.Found found, String query, String key, String value, String result) {
        if (overRows == null) {
            first = found;
            overRows = new RowAttention(opset, found.heads(), found.width(), found.scale());
            written.message(GRAPH_INITIALIZER, longs(PACKED_SHAPE, 1, -1, (long) found.heads() * found.width()));
        }
        RowAttention.Written attended = overRows.write(query, key, value);
        rows.put(result, attended.rows());
        List<OnnxNode> nodes = new ArrayList<>();
        for (ByteBuffer field : GraphFile.fields(attended.nodes())) {
            nodes.add(OnnxNode.read(GraphFile.payload(field)));
        }
        // For whoever wants the rectangle; where nobody does, it is not made.
        nodes.add(read(node("Gather", result, attended.rows(), PackedGraph.PLACES)));
        return nodes;
    }

    /** The packed rows, packed rows × width, that a rectangle is made of; null where it is made otherwise. */
    private @Nullable String packedRows(String rectangle) {
        OnnxNode maker = makers.get(rectangle);
        return maker != null
                        && maker.operator().equals("Gather")
                        && maker.inputs().getLast().equals(PackedGraph.PLACES)
                ? maker.inputs().getFirst()
                : null;
    }

    /** A node, or where it packs what comes as packed rows, one that takes these. */
    private OnnxNode packedAgain(OnnxNode node) {
        if (!node.operator().equals("Gather") || !node.inputs().getLast().equals(PackedGraph.TOKENS)) {
            return node;
        }
        OnnxNode flat = makers.get(node.inputs().getFirst());
        String packed = flat == null || !flat.operator().equals("Flatten")
                ? null
                : rows.get(flat.inputs().getFirst());
        return packed == null ? node : read(node("Reshape", node.outputs().getFirst(), packed, PACKED_SHAPE));
    }

    /** The packed rows that are pooled and nothing else; null where the output is another. */
    private @Nullable String pooledRows(String output) {
        OnnxNode last = makers.get(output);
        OnnxNode sums = last == null || !output.equals(PoolingGraph.POOLED)
                ? null
                : makers.get(last.inputs().getFirst());
        return sums == null || !sums.operator().equals("MatMul")
                ? null
                : packedRows(sums.inputs().getLast());
    }

    private static Object width(List<ByteBuffer> fields, String output) {
        for (ByteBuffer field : fields) {
            if (GraphFile.number(field) == GRAPH_OUTPUT) {
                OnnxSignature.Value declared = OnnxSignature.value(GraphFile.payload(field));
                if (declared.name().equals(output)
                        && declared.rank() > 0
                        && declared.shape().getLast() > 0) {
                    return declared.shape().getLast();
                }
            }
        }
        return "phifleet_width";
    }
}
