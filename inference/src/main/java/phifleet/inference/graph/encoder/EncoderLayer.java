package phifleet.inference.graph.encoder;

import phifleet.inference.graph.part.Attention;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.model.ModelException;

/**
 * One layer of the kind that BERT brought (Devlin et al., 2018): attention, then two linear layers, each added to what went in and
 * normalised after it. Families differ in its names.
 *
 * @param query the names of the parts, behind the layer's own
 */
record EncoderLayer(
        String query,
        String key,
        String value,
        String output,
        String attentionNorm,
        String inner,
        String outer,
        String outputNorm) {
    static final EncoderLayer BERT = new EncoderLayer(
            "attention.self.query",
            "attention.self.key",
            "attention.self.value",
            "attention.output.dense",
            "attention.output.LayerNorm",
            "intermediate.dense",
            "output.dense",
            "output.LayerNorm");

    /**
     * Sizes of a stack of layers.
     *
     * @param width of a token's vector
     * @param inner width between the two linear layers
     */
    record Sizes(int layers, int width, int inner, int heads, String activation, double epsilon) {
        Attention attention(Parts parts) throws ModelException {
            int head = parts.config().head(width, heads);
            return new Attention(parts.graph(), heads, heads, head, 1 / Math.sqrt(head));
        }
    }

    /** All layers, one on the other. */
    String stack(Parts parts, String x, String layer, Sizes sizes, Attention attention, Mask mask)
            throws ModelException {
        String result = x;
        for (int i = 0; i < sizes.layers(); i++) {
            result = write(parts, result, layer + "." + i + ".", sizes, attention, mask);
        }
        return result;
    }

    /**
     * One layer.
     *
     * @param layer the beginning of its tensors' names
     */
    String write(Parts parts, String x, String layer, Sizes sizes, Attention attention, Mask mask)
            throws ModelException {
        return bent(parts, attended(parts, x, x, layer, sizes, attention, mask), layer, sizes);
    }

    /**
     * Attention, added to who looks and normalised.
     *
     * @param seen what is looked at
     */
    String attended(Parts parts, String x, String seen, String layer, Sizes sizes, Attention attention, Mask mask)
            throws ModelException {
        int width = sizes.width();
        String attended = attention.of(
                parts.linear(x, layer + query, width, width, true),
                parts.linear(seen, layer + key, width, width, true),
                parts.linear(seen, layer + value, width, width, true),
                mask);
        return added(parts, x, attended, layer, sizes);
    }

    /** What follows on attention. */
    String behind(Parts parts, String x, String attended, String layer, Sizes sizes) throws ModelException {
        return bent(parts, added(parts, x, attended, layer, sizes), layer, sizes);
    }

    /** What attention answers, through its own layer, added to what went in and normalised. */
    String added(Parts parts, String x, String attended, String layer, Sizes sizes) throws ModelException {
        int width = sizes.width();
        return parts.addNorm(
                x,
                parts.linear(attended, layer + output, width, width, true),
                layer + attentionNorm,
                width,
                sizes.epsilon());
    }

    /** The two linear layers, added to what went in and normalised. */
    String bent(Parts parts, String x, String layer, Sizes sizes) throws ModelException {
        int width = sizes.width();
        String bent = parts.activation(parts.linear(x, layer + inner, width, sizes.inner(), true), sizes.activation());
        return parts.addNorm(
                x,
                parts.linear(bent, layer + outer, sizes.inner(), width, true),
                layer + outputNorm,
                width,
                sizes.epsilon());
    }
}
