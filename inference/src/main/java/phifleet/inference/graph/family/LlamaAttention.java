package phifleet.inference.graph.family;

import phifleet.inference.graph.part.Attention;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.model.ModelException;

/**
 * Attention by the names that Llama gave its tensors, for families that have ways of their own with queries, keys and values.
 *
 * @param bias whether queries, keys and values have biases
 * @param output the name of the layer behind it
 * @param outputBias whether that has one
 */
record LlamaAttention(Attention attention, DecoderLayer.Sizes sizes, boolean bias, String output, boolean outputBias) {

    /** Which of the three. */
    enum Side {
        QUERY("q"),
        KEY("k"),
        VALUE("v");

        private final String letter;

        Side(String letter) {
            this.letter = letter;
        }

        /** The letter by which names of tensors tell it. */
        String letter() {
            return letter;
        }
    }

    /** What becomes of queries, keys and values before they meet. */
    interface Way {
        /**
         * Of one of them.
         *
         * @param rows tokens × (heads · numbers a head)
         */
        String of(String rows, Side side, int heads) throws ModelException;
    }

    static LlamaAttention of(Parts parts, DecoderLayer.Sizes sizes, boolean bias, String output, boolean outputBias) {
        Attention attention = new Attention(
                parts.graph(), sizes.heads(), sizes.keyHeads(), sizes.head(), 1 / Math.sqrt(sizes.head()));
        return new LlamaAttention(attention, sizes, bias, output, outputBias);
    }

    /**
     * Writes it.
     *
     * @param self the beginning of its tensors' names
     */
    String write(Parts parts, String x, String self, Way way, Mask mask) throws ModelException {
        String attended = attention.of(
                side(parts, x, self, way, Side.QUERY),
                side(parts, x, self, way, Side.KEY),
                side(parts, x, self, way, Side.VALUE),
                mask);
        return parts.linear(attended, self + output, (long) sizes.heads() * sizes.head(), sizes.width(), outputBias);
    }

    private String side(Parts parts, String x, String self, Way way, Side side) throws ModelException {
        int heads = side == Side.QUERY ? sizes.heads() : sizes.keyHeads();
        long out = (long) heads * sizes.head();
        return way.of(parts.linear(x, self + side.letter() + "_proj", sizes.width(), out, bias), side, heads);
    }

    /** Llama's two gated layers and the one behind them, without biases. */
    static String gated(Parts parts, String x, String mlp, DecoderLayer.Sizes sizes) throws ModelException {
        String gate = parts.activation(
                parts.linear(x, mlp + "gate_proj", sizes.width(), sizes.inner(), false), sizes.activation());
        String bent = parts.multiply(gate, parts.linear(x, mlp + "up_proj", sizes.width(), sizes.inner(), false));
        return parts.linear(bent, mlp + "down_proj", sizes.inner(), sizes.width(), false);
    }
}
