package phifleet.inference.graph.encoder;

import java.util.List;
import phifleet.inference.graph.family.Family;
import phifleet.inference.graph.part.Attention;
import phifleet.inference.graph.part.Attribute;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.Graph;
import phifleet.inference.graph.part.GroupedLinear;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.model.ModelException;

/**
 * ConvBERT (Jiang et al., 2020): BERT of whose heads half are convolutions over a token's neighbours, with weights that each token makes
 * of its own query and its neighbours' words.
 */
public record ConvBert() implements Family {
    @Override
    public List<String> stacks() {
        return List.of("embeddings.", "embeddings_project.", "encoder.");
    }

    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        EncoderLayer.Sizes sizes = Bert.sizes(config);
        int width = sizes.width();
        int narrow = config.size("embedding_size", 768);
        int heads = Math.max(1, sizes.heads() / config.size("head_ratio", 2));
        int head = width / heads / 2;
        int kernel = config.size("conv_kernel_size", 9);
        if (width != 2 * heads * head || kernel % 2 == 0) {
            throw config.refused("hidden_size " + width + " with " + heads + " heads and conv_kernel_size " + kernel
                    + " is not supported; a multiple of twice the heads and an odd size are");
        }
        String x = Bert.embeddings(parts, narrow, sizes.epsilon());
        if (narrow != width) {
            x = parts.linear(x, "embeddings_project", narrow, width, true);
        }
        Attention attention = new Attention(parts.graph(), heads, heads, head, 1 / Math.sqrt(head));
        for (int i = 0; i < sizes.layers(); i++) {
            String layer = "encoder.layer." + i + ".";
            String mixed = mixed(parts, x, layer + "attention.self.", width, heads, kernel, attention);
            x = behind(parts, x, mixed, layer, sizes);
        }
        int places = config.size("max_position_embeddings", 512);
        return new Written(x, width, attention, Positions.FROM_ZERO, places);
    }

    /** What attention gives, and beside it what convolutions give. */
    private static String mixed(
            Parts parts, String x, String self, int width, int heads, int kernel, Attention attention)
            throws ModelException {
        int half = width / 2;
        String query = parts.linear(x, self + "query", width, half, true);
        String attended = attention.of(
                query,
                parts.linear(x, self + "key", width, half, true),
                parts.linear(x, self + "value", width, half, true),
                Mask.everything());
        Graph graph = parts.graph();
        String near = parts.multiply(near(parts, x, self + "key_conv_attn_layer.", width, half, kernel), query);
        String weights = parts.linear(near, self + "conv_kernel_layer", half, (long) heads * kernel, true);
        String shares = graph.op(
                "Softmax",
                List.of(graph.op("Reshape", List.of(weights, graph.longs(-1, heads, kernel)))),
                Attribute.of("axis", -1));
        String words = parts.linear(x, self + "conv_out_layer", width, half, true);
        List<String> taps = graph.parts(shares, -1, kernel);
        String sum = "";
        for (int tap = 0; tap < kernel; tap++) {
            String apart = graph.op(
                    "Reshape", List.of(parts.neighbour(words, tap - kernel / 2), graph.longs(-1, heads, half / heads)));
            String weighed = parts.multiply(apart, taps.get(tap));
            sum = tap == 0 ? weighed : parts.add(sum, weighed);
        }
        String convolved = graph.op("Reshape", List.of(sum, graph.longs(-1, half)));
        return graph.op("Concat", List.of(attended, convolved), Attribute.of("axis", -1));
    }

    /** A convolution number by number over a token's neighbours, then a linear layer. */
    private static String near(Parts parts, String x, String layer, int width, int out, int kernel)
            throws ModelException {
        Graph graph = parts.graph();
        List<String> taps =
                graph.parts(parts.weights().floats(layer + "depthwise.weight", width, 1, kernel), -1, kernel);
        String sum = "";
        for (int tap = 0; tap < kernel; tap++) {
            String scale = graph.op("Reshape", List.of(taps.get(tap), graph.longs(width)));
            String scaled = parts.multiply(parts.neighbour(x, tap - kernel / 2), scale);
            sum = tap == 0 ? scaled : parts.add(sum, scaled);
        }
        String matrix = graph.op(
                "Reshape",
                List.of(parts.weights().floats(layer + "pointwise.weight", out, width, 1), graph.longs(out, width)));
        String bias = graph.op("Reshape", List.of(parts.weights().floats(layer + "bias", out, 1), graph.longs(out)));
        return graph.op("Gemm", List.of(sum, matrix, bias), Attribute.of("transB", 1));
    }

    private static String behind(Parts parts, String x, String mixed, String layer, EncoderLayer.Sizes sizes)
            throws ModelException {
        int groups = parts.config().size("num_groups", 1);
        if (groups == 1) {
            return EncoderLayer.BERT.behind(parts, x, mixed, layer, sizes);
        }
        int width = sizes.width();
        int inner = sizes.inner();
        String seen = EncoderLayer.BERT.added(parts, x, mixed, layer, sizes);
        String bent = parts.activation(
                new GroupedLinear(groups, width, inner, true)
                        .of(parts, seen, layer + "intermediate.dense", groups, width / groups, inner / groups),
                sizes.activation());
        String answer = new GroupedLinear(groups, inner, width, true)
                .of(parts, bent, layer + "output.dense", groups, inner / groups, width / groups);
        return parts.addNorm(seen, answer, layer + "output.LayerNorm", width, sizes.epsilon());
    }
}
