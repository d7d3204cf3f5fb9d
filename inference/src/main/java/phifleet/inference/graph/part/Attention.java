package phifleet.inference.graph.part;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import phifleet.inference.model.ElementType;
import phifleet.inference.onnx.ProtoWriter;

/**
 * Attention text by text over tokens in a row: a loop over the spans that {@link SpanRule} describes, so that nothing is padded
 * and a text's result does not depend on its neighbours. Without a mask the engine's operator never holds all scores of a text at
 * once; with one it does, so that the queries come in blocks.
 */
public final class Attention {
    /** Finite, so that a row whose scores are all hidden stays a number. */
    private static final float HIDDEN = -3.0e38f;

    /** In fp16, half of what it holds, since a score is added. */
    private static final float HIDDEN_FP16 = -3.0e4f;

    private final Graph graph;
    private final int heads;
    private final int keyHeads;
    private final int width;
    private final float scale;
    private final float cap;
    private final Map<Sight, SpanRule> rules = new LinkedHashMap<>();

    /** What tells how texts are cut: masks of one sight share a rule. */
    private record Sight(int block, int before, int after) {
        static Sight of(Mask mask) {
            return switch (mask) {
                case Mask.Window(int before, int after)
                when before == Integer.MAX_VALUE && after == Integer.MAX_VALUE ->
                    new Sight(Integer.MAX_VALUE, before, after);
                case Mask.Window(int before, int after) -> new Sight(Mask.BLOCK, before, after);
                case Mask.Bias bias -> new Sight(Mask.BLOCK, Integer.MAX_VALUE, Integer.MAX_VALUE);
                case Mask.Disentangled both -> new Sight(Mask.BLOCK, Integer.MAX_VALUE, Integer.MAX_VALUE);
            };
        }
    }

    /**
     * @param heads of the queries
     * @param keyHeads of keys and values; each serves heads / keyHeads of the queries'
     * @param width numbers a head
     */
    public Attention(Graph graph, int heads, int keyHeads, int width, double scale) {
        this(graph, heads, keyHeads, width, scale, 0);
    }

    /** @param cap what scores stay below, as c · tanh(score / c) has them; 0 for none */
    public Attention(Graph graph, int heads, int keyHeads, int width, double scale, double cap) {
        this.cap = (float) cap;
        this.graph = graph;
        this.heads = heads;
        this.keyHeads = keyHeads;
        this.width = width;
        this.scale = (float) scale;
    }

    /** How to fill the inputs. */
    public List<SpanRule> rules() {
        return List.copyOf(rules.values());
    }

    /**
     * tokens × (heads · width) of queries, tokens × (keyHeads · width) of keys and values; the result is as the queries.
     */
    public String of(String queries, String keys, String values, Mask mask) {
        String spread = spread(keys);
        String spreadValues = spread(values);
        String spans = rule(mask).input();
        String steps = count(spans);
        // A loop has a price, which is felt where one short text is all there is; and copies of a long one's rows take
        // memory.
        return graph.op(
                "If",
                List.of(isWhole(steps, spans, queries)),
                Attribute.of(
                        "then_branch",
                        branch(
                                () -> {
                                    List<String> span = span(graph.scalar(0), spans);
                                    return attend(
                                            new Rows(
                                                    whole(queries, span.get(4)),
                                                    whole(spread, span.get(5)),
                                                    whole(spreadValues, span.get(5))),
                                            span,
                                            mask);
                                },
                                "rows")),
                Attribute.of(
                        "else_branch", branch(() -> loop(steps, spans, queries, spread, spreadValues, mask), "rows")));
    }

    /** Whether one step has all rows, as queries and as keys. */
    private String isWhole(String steps, String spans, String rows) {
        String keys = graph.op("Gather", List.of(graph.op("Gather", List.of(spans, graph.scalar(0))), graph.scalar(3)));
        return graph.op(
                "And",
                List.of(
                        graph.op("Equal", List.of(steps, graph.scalar(1))),
                        graph.op("Equal", List.of(keys, count(rows)))));
    }

    /** How many rows a value has. */
    private String count(String rows) {
        return graph.op("Gather", List.of(graph.op("Shape", List.of(rows)), graph.scalar(0)));
    }

    private String loop(String steps, String spans, String queries, String keys, String values, Mask mask) {
        String step = graph.fresh("step");
        String going = graph.fresh("going");
        String before = graph.fresh("before");
        ProtoWriter body = graph.inner(
                List.of(
                        Graph.value(step, Graph.INT64),
                        Graph.value(going, Graph.BOOL),
                        Graph.value(before, graph.real().onnx(), "rows", heads * width)),
                () -> {
                    String attended = step(step, spans, queries, keys, values, mask);
                    String all = graph.op("Concat", List.of(before, attended), Attribute.of("axis", 0));
                    String on = graph.op("Identity", List.of(going));
                    return List.of(
                            Graph.value(on, Graph.BOOL),
                            Graph.value(all, graph.real().onnx(), graph.fresh("rows"), heads * width));
                });
        String nothing = graph.op("Slice", List.of(queries, graph.longs(0), graph.longs(0)));
        return graph.op("Loop", List.of(steps, "", nothing), Attribute.of("body", body));
    }

    private SpanRule rule(Mask mask) {
        return rules.computeIfAbsent(Sight.of(mask), sight -> {
            String input = graph.named("spans_" + rules.size());
            graph.input(input, Graph.INT64, "steps_" + rules.size(), SpanRule.COLUMNS);
            return new SpanRule(input, sight.block(), sight.before(), sight.after());
        });
    }

    private String step(String step, String spans, String queries, String keys, String values, Mask mask) {
        List<String> span = span(step, spans);
        return attend(
                new Rows(
                        rows(queries, span.get(0), span.get(1), span.get(4)),
                        rows(keys, span.get(2), span.get(3), span.get(5)),
                        rows(values, span.get(2), span.get(3), span.get(5))),
                span,
                mask);
    }

    /** The numbers of a {@link SpanRule}'s row. */
    private List<String> span(String step, String spans) {
        return graph.numbers(spans, step, SpanRule.COLUMNS);
    }

    private String attend(Rows rows, List<String> span, Mask mask) {
        String attended = switch (mask) {
            case Mask.Window(int back, int ahead)
            when back == Integer.MAX_VALUE && ahead == Integer.MAX_VALUE -> attend(rows, "", span);
            case Mask.Window window ->
                graph.op(
                        "If",
                        List.of(graph.op(
                                "Cast",
                                List.of(graph.op("Squeeze", List.of(span.get(6)))),
                                Attribute.of("to", Graph.BOOL))),
                        Attribute.of(
                                "then_branch",
                                branch(() -> attend(rows, window(span, window), span), "texts", "queries")),
                        Attribute.of("else_branch", branch(() -> attend(rows, "", span), "texts", "queries")));
            case Mask.Bias(String table, int reach) -> attend(rows, bias(span, table, reach), span);
            case Mask.Disentangled both -> attend(rows, disentangled(rows, span, both), span);
        };
        return graph.op("Reshape", List.of(attended, graph.longs(-1, (long) heads * width)));
    }

    private record Rows(String queries, String keys, String values) {}

    /** A graph of its own for one value, whose last axis holds all heads. */
    private ProtoWriter branch(Supplier<String> content, String... axes) {
        return graph.inner(List.of(), () -> {
            String result = content.get();
            Object[] shape = Stream.concat(Stream.of(axes).map(graph::fresh), Stream.of(heads * width))
                    .toArray();
            return List.of(Graph.value(result, graph.real().onnx(), shape));
        });
    }

    private String attend(Rows rows, String bias, List<String> span) {
        if (cap > 0) {
            return capped(rows, bias, span);
        }
        List<String> plain = List.of(rows.queries(), rows.keys(), rows.values());
        return graph.engineOp(
                "MultiHeadAttention",
                bias.isEmpty() ? plain : List.of(rows.queries(), rows.keys(), rows.values(), "", "", bias),
                Attribute.of("num_heads", heads),
                Attribute.of("scale", scale));
    }

    /** By single operators, since the engine's own has no bound of scores on all devices. */
    private String capped(Rows rows, String bias, List<String> span) {
        String keys =
                graph.op("Transpose", List.of(byHeads(rows.keys(), span.get(5))), Attribute.of("perm", 0L, 1L, 3L, 2L));
        String products = graph.op("MatMul", List.of(byHeads(rows.queries(), span.get(4)), keys));
        String bent = graph.op("Tanh", List.of(graph.op("Mul", List.of(products, graph.scalar(scale / cap)))));
        String scores = graph.op("Mul", List.of(bent, graph.scalar(cap)));
        String all = bias.isEmpty() ? scores : graph.op("Add", List.of(scores, bias));
        String shares = graph.op("Softmax", List.of(all), Attribute.of("axis", -1));
        String attended = graph.op("MatMul", List.of(shares, byHeads(rows.values(), span.get(5))));
        String turned = graph.op("Transpose", List.of(attended), Attribute.of("perm", 0L, 2L, 1L, 3L));
        return graph.op("Reshape", List.of(turned, graph.longs(0, 0, (long) heads * width)));
    }

    /** texts × length × width of the rows of a span. */
    private String rows(String all, String from, String to, String length) {
        return whole(graph.op("Slice", List.of(all, from, to, graph.longs(0))), length);
    }

    /** The same of all rows. */
    private String whole(String all, String length) {
        String shape = graph.op(
                "Concat", List.of(graph.longs(-1), length, graph.longs((long) heads * width)), Attribute.of("axis", 0));
        return graph.op("Reshape", List.of(all, shape));
    }

    /** What is added to the scores, 1 × 1 × queries × keys: nothing, or so little that the key does not count. */
    private String window(List<String> span, Mask.Window window) {
        String distance = distance(span);
        String seen = "";
        if (window.before() != Integer.MAX_VALUE) {
            seen = graph.op("GreaterOrEqual", List.of(distance, graph.scalar(-(long) window.before())));
        }
        if (window.after() != Integer.MAX_VALUE) {
            String ahead = graph.op("LessOrEqual", List.of(distance, graph.scalar((long) window.after())));
            seen = seen.isEmpty() ? ahead : graph.op("And", List.of(seen, ahead));
        }
        float hidden = graph.real() == ElementType.FP16 ? HIDDEN_FP16 : HIDDEN;
        String added = graph.op("Where", List.of(seen, graph.scalar(0f), graph.scalar(hidden)));
        return graph.op("Unsqueeze", List.of(added, graph.longs(0, 1)));
    }

    /** What is added to the scores, 1 × heads × queries × keys. */
    private String bias(List<String> span, String table, int reach) {
        String values = graph.op("Gather", List.of(table, at(span, reach)), Attribute.of("axis", 1));
        return graph.op("Unsqueeze", List.of(values, graph.longs(0)));
    }

    /** What is added to the scores, texts × heads × queries × keys. */
    private String disentangled(Rows rows, List<String> span, Mask.Disentangled mask) {
        String buckets = graph.op("Gather", List.of(mask.buckets(), at(span, mask.reach())));
        String said = "";
        if (!mask.keys().isEmpty()) {
            String products = graph.op("MatMul", List.of(byHeads(rows.queries(), span.get(4)), mask.keys()));
            said = picked(products, buckets);
        }
        if (!mask.queries().isEmpty()) {
            String products = graph.op("MatMul", List.of(byHeads(rows.keys(), span.get(5)), mask.queries()));
            String turned = picked(products, graph.op("Transpose", List.of(buckets)));
            String answer = graph.op("Transpose", List.of(turned), Attribute.of("perm", 0L, 1L, 3L, 2L));
            said = said.isEmpty() ? answer : graph.op("Add", List.of(said, answer));
        }
        return graph.op("Mul", List.of(said, graph.scalar(scale)));
    }

    /** texts × heads × length × width of texts × length × (heads · width). */
    private String byHeads(String rows, String length) {
        String shape = graph.op(
                "Concat", List.of(graph.longs(-1), length, graph.longs(heads, width)), Attribute.of("axis", 0));
        return graph.op(
                "Transpose", List.of(graph.op("Reshape", List.of(rows, shape))), Attribute.of("perm", 0L, 2L, 1L, 3L));
    }

    /** Of each row of texts × heads × rows × buckets the columns that a table, rows × columns, names. */
    private String picked(String products, String columns) {
        List<String> sides = graph.parts(graph.op("Shape", List.of(products)), 0, 2);
        String shape =
                graph.op("Concat", List.of(sides.get(0), graph.op("Shape", List.of(columns))), Attribute.of("axis", 0));
        return graph.op(
                "GatherElements",
                List.of(products, graph.op("Expand", List.of(columns, shape))),
                Attribute.of("axis", -1));
    }

    /** For each query and key the place of their distance in a table that ends at {@code reach} both ways. */
    private String at(List<String> span, int reach) {
        String near = graph.op(
                "Max",
                List.of(graph.op("Min", List.of(distance(span), graph.scalar((long) reach))), graph.scalar(-(long)
                        reach)));
        return graph.op("Add", List.of(near, graph.scalar((long) reach)));
    }

    /** How far behind its query each key stands, queries × keys, for one text: rows are places here, as both are of one text. */
    private String distance(List<String> span) {
        String query = places(span.get(0), span.get(4));
        String key = places(span.get(2), span.get(5));
        return graph.op(
                "Sub",
                List.of(
                        graph.op("Unsqueeze", List.of(key, graph.longs(0))),
                        graph.op("Unsqueeze", List.of(query, graph.longs(1)))));
    }

    private String places(String first, String count) {
        String from = graph.op("Squeeze", List.of(first));
        String to = graph.op("Add", List.of(from, graph.op("Squeeze", List.of(count))));
        return graph.op("Range", List.of(from, to, graph.scalar(1L)));
    }

    /** Each head of keys or values as often as queries share it. */
    private String spread(String rows) {
        if (heads == keyHeads) {
            return rows;
        }
        String apart = graph.op("Reshape", List.of(rows, graph.longs(-1, keyHeads, 1, width)));
        String repeated = graph.op("Expand", List.of(apart, graph.longs(1, 1, heads / keyHeads, 1)));
        return graph.op("Reshape", List.of(repeated, graph.longs(-1, (long) heads * width)));
    }
}
