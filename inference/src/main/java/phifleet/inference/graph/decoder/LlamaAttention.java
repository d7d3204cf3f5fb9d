package phifleet.inference.graph.decoder;

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

    /** What becomes of queries and keys before they meet, and of values. */
    @FunctionalInterface
    interface Way {
        /**
         * Of queries, or of keys.
         *
         * @param rows tokens × (heads · numbers a head)
         * @param name the beginning of the names of tensors of theirs
         */
        String of(String rows, String name, int heads) throws ModelException;

        /** Of values: nothing, for most. */
        default String ofValues(String rows) throws ModelException {
            return rows;
        }
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
        String query = way.of(heads(parts, x, self + "q", sizes.heads()), self + "q", sizes.heads());
        String key = way.of(heads(parts, x, self + "k", sizes.keyHeads()), self + "k", sizes.keyHeads());
        String value = way.ofValues(heads(parts, x, self + "v", sizes.keyHeads()));
        String attended = attention.of(query, key, value, mask);
        return parts.linear(attended, self + output, (long) sizes.heads() * sizes.head(), sizes.width(), outputBias);
    }

    private String heads(Parts parts, String x, String name, int heads) throws ModelException {
        return parts.linear(x, name + "_proj", sizes.width(), (long) heads * sizes.head(), bias);
    }
}
