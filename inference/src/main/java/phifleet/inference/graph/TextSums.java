package phifleet.inference.graph;

import java.util.List;
import phifleet.inference.graph.part.Attention;
import phifleet.inference.graph.part.Attribute;
import phifleet.inference.graph.part.Graph;
import phifleet.inference.graph.part.SpanRule;
import phifleet.inference.onnx.ProtoWriter;

/**
 * One row a text: the sum of its tokens' rows, each times a weight, so that on a GPU one vector a text crosses the bus and not one a
 * token. A step takes the texts of one length, side by side, as {@link Attention} does.
 */
final class TextSums {
    /** Texts are never cut, since their sums cannot be. */
    static final SpanRule RULE = new SpanRule("sums", Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

    private TextSums() {}

    /**
     * Writes the sums, texts × width, in the order of the texts.
     *
     * @param rows 32-bit floats, tokens × width, texts one behind the other
     */
    static String of(Graph graph, String rows, int width) {
        String weights = graph.input(EncoderGraph.WEIGHTS, Graph.FLOAT, "tokens", 1);
        String spans = graph.input(RULE.input(), Graph.INT64, "sum_steps", SpanRule.COLUMNS);
        String weighted = graph.op("Mul", List.of(rows, weights));
        String step = graph.fresh("step");
        String going = graph.fresh("going");
        String before = graph.fresh("before");
        ProtoWriter body = graph.inner(
                List.of(
                        Graph.value(step, Graph.INT64),
                        Graph.value(going, Graph.BOOL),
                        Graph.value(before, Graph.FLOAT, "summed", width)),
                () -> {
                    List<String> span = graph.numbers(spans, step, SpanRule.COLUMNS);
                    String part = graph.op("Slice", List.of(weighted, span.get(0), span.get(1), graph.longs(0)));
                    String shape = graph.op(
                            "Concat",
                            List.of(graph.longs(-1), span.get(4), graph.longs(width)),
                            Attribute.of("axis", 0));
                    String texts = graph.op("Reshape", List.of(part, shape));
                    String sums = graph.op("ReduceSum", List.of(texts, graph.longs(1)), Attribute.of("keepdims", 0));
                    String all = graph.op("Concat", List.of(before, sums), Attribute.of("axis", 0));
                    String on = graph.op("Identity", List.of(going));
                    return List.of(
                            Graph.value(on, Graph.BOOL), Graph.value(all, Graph.FLOAT, graph.fresh("summed"), width));
                });
        String steps = graph.op("Gather", List.of(graph.op("Shape", List.of(spans)), graph.scalar(0)));
        String nothing = graph.op("Slice", List.of(weighted, graph.longs(0), graph.longs(0)));
        return graph.op("Loop", List.of(steps, "", nothing), Attribute.of("body", body));
    }
}
