package phifleet.inference.graph;

import java.nio.ByteBuffer;
import phifleet.inference.graph.part.Attention;
import phifleet.inference.graph.part.Graph;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.SpanRule;
import phifleet.inference.model.ElementType;

/**
 * Attention of all tokens of a text to each other, over tokens in a row, as {@link EncoderGraph} has it, for graphs that were written
 * elsewhere. One thread.
 */
public final class RowAttention {
    private static final String PREFIX = "phifleet_row_";

    /** The graph's input that says how texts are cut into spans. */
    public static final String SPANS = PREFIX + "spans_0";

    /** How to cut them. */
    public static final SpanRule RULE = new SpanRule(SPANS, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

    private final Graph graph;
    private final Attention attention;

    /**
     * @param opset the version of the graph's operators: 10 or newer, since from there on places of a {@code Slice} are inputs
     * @param heads of queries, keys and values
     * @param width numbers a head
     */
    public RowAttention(long opset, int heads, int width, float scale) {
        graph = new Graph(ElementType.FP32, opset, PREFIX);
        attention = new Attention(graph, heads, heads, width, scale);
    }

    /** What was written for one attention: fields of a graph, and the value that they end in, as the queries. */
    public record Written(ByteBuffer nodes, String rows) {}

    /** tokens × (heads · width) each of 32-bit floats. */
    public Written write(String queries, String keys, String values) {
        String rows = attention.of(queries, keys, values, Mask.everything());
        return new Written(ByteBuffer.wrap(graph.newNodes()), rows);
    }

    /** What all of them need beside operators: constants and an input, as fields of a graph. */
    public ByteBuffer surroundings() {
        return ByteBuffer.wrap(graph.surroundings());
    }
}
