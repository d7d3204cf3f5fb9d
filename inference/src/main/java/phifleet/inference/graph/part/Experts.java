package phifleet.inference.graph.part;

import java.util.List;
import phifleet.inference.model.ModelException;

/**
 * A mixture of experts in place of a layer's two linear ones (Shazeer et al., 2017; Nussbaum and Duderstadt, 2025): each token goes
 * through the few that its router thinks most of, and their answers are added by its softmax, which is not scaled again.
 *
 * @param all experts
 * @param chosen of these for a token
 * @param inner width of each one's hidden layer
 */
public record Experts(int all, int chosen, int inner, String activation) {
    /** A product of one row takes another kernel, whose rounding differs: no token's vector may hang on who goes along with it. */
    private static final long[] COMPANY = {0, 0};

    public Experts {
        if (chosen > all) {
            throw new IllegalArgumentException(chosen + " of " + all + " experts");
        }
    }

    /**
     * Written for each expert with the tokens that chose it.
     *
     * @param layer what the weights' names begin with
     */
    public String of(Parts parts, String x, String layer, int width) throws ModelException {
        Graph graph = parts.graph();
        String shares = graph.op(
                "Softmax",
                List.of(parts.linear(x, layer + "router.layer", width, all, false)),
                Attribute.of("axis", -1));
        List<String> best = graph.largest(shares, chosen);
        String kept = graph.op(
                "ScatterElements",
                List.of(parts.multiply(shares, graph.scalar(0f)), best.get(1), best.get(0)),
                Attribute.of("axis", 1));
        String sum = parts.multiply(x, graph.scalar(0f));
        for (int i = 0; i < all; i++) {
            sum = with(parts, sum, x, kept, layer + "experts.mlp.", i, width);
        }
        return parts.add(sum, parts.weights().floats(layer + "experts.bias", width));
    }

    private String with(Parts parts, String sum, String x, String kept, String layer, int expert, int width)
            throws ModelException {
        Graph graph = parts.graph();
        String share = graph.op("Gather", List.of(kept, graph.scalar((long) expert)), Attribute.of("axis", 1));
        String rows = graph.op("Reshape", List.of(graph.op("NonZero", List.of(share)), graph.longs(-1)));
        String more = graph.op("Concat", List.of(rows, graph.longs(COMPANY)), Attribute.of("axis", 0));
        String hidden = graph.op(
                "Gemm",
                List.of(
                        graph.op("Gather", List.of(x, more), Attribute.of("axis", 0)),
                        parts.weights().part(layer + "w1", expert, all, inner, width)),
                Attribute.of("transB", 1));
        String answer = graph.op(
                "Gemm",
                List.of(
                        parts.activation(hidden, activation),
                        parts.weights().part(layer + "w2", expert, all, inner, width)));
        String own =
                graph.op("Slice", List.of(answer, graph.longs(0), graph.op("Shape", List.of(rows)), graph.longs(0)));
        String weight = graph.op(
                "Unsqueeze",
                List.of(graph.op("Gather", List.of(share, rows), Attribute.of("axis", 0)), graph.longs(1)));
        return graph.op(
                "ScatterND",
                List.of(sum, graph.op("Unsqueeze", List.of(rows, graph.longs(1))), parts.multiply(own, weight)),
                Attribute.of("reduction", "add"));
    }
}
