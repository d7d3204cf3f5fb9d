package phifleet.inference.graph;

import java.util.List;
import phifleet.inference.model.ModelException;

/**
 * One layer of the kind that Llama brought (Touvron et al., 2023): scaled by its root mean square before each part, rotary places,
 * keys shared by heads, gated linear layers. Families differ in who looks at whom, in biases, and in norms of heads.
 *
 * @param bias whether queries, keys and values have biases
 * @param outputBias whether what attention gives has one
 * @param innerBias whether the gated layers have them
 * @param headNorms whether queries and keys are normalised head by head
 */
record DecoderLayer(boolean bias, boolean outputBias, boolean innerBias, boolean headNorms) {
    /** The landmark and the stacks of the families that are made of it. */
    static final String LANDMARK = "embed_tokens.weight";

    static final List<String> STACKS = List.of("embed_tokens.", "layers.", "norm.");

    /**
     * Sizes of a stack of layers.
     *
     * @param width of a token's vector
     * @param inner width of the gated layers
     * @param keyHeads heads of keys and values
     * @param head numbers a head
     */
    record Sizes(
            int layers,
            int width,
            int inner,
            int heads,
            int keyHeads,
            int head,
            String activation,
            double epsilon,
            int mostTokens) {

        /**
         * By the names that these families share.
         *
         * @param head numbers a head where config.json does not say; 0 for an equal share of the width
         * @param mostTokens where config.json does not say
         */
        static Sizes read(Config config, int head, double epsilon, int mostTokens) throws ModelException {
            int width = config.size("hidden_size");
            int heads = config.size("num_attention_heads");
            return new Sizes(
                    config.size("num_hidden_layers"),
                    width,
                    config.size("intermediate_size"),
                    heads,
                    config.size("num_key_value_heads", heads),
                    config.size("head_dim", head > 0 ? head : width / heads),
                    config.text("hidden_act", "silu"),
                    config.number("rms_norm_eps", epsilon),
                    config.size("max_position_embeddings", mostTokens));
        }
    }

    /** Who looks at whom in a layer. */
    interface Masks {
        Mask of(int layer) throws ModelException;
    }

    /** The words' rows, all layers one on the other, and the last norm. */
    Family.Written write(Parts parts, Sizes sizes, Rope rope, Masks masks) throws ModelException {
        int head = sizes.head();
        Attention attention = new Attention(parts.graph(), sizes.heads(), sizes.keyHeads(), head, 1 / Math.sqrt(head));
        String x = parts.words(LANDMARK, parts.config().size("vocab_size"), sizes.width());
        for (int i = 0; i < sizes.layers(); i++) {
            x = layer(parts, x, "layers." + i + ".", sizes, rope, attention, masks.of(i));
        }
        String hidden = parts.rmsNorm(x, "norm", sizes.width(), sizes.epsilon(), 0);
        return new Family.Written(hidden, sizes.width(), attention, Positions.FROM_ZERO, sizes.mostTokens());
    }

    private String layer(Parts parts, String x, String layer, Sizes sizes, Rope rope, Attention attention, Mask mask)
            throws ModelException {
        int width = sizes.width();
        int heads = sizes.heads();
        int keyHeads = sizes.keyHeads();
        int head = sizes.head();
        String normed = parts.rmsNorm(x, layer + "input_layernorm", width, sizes.epsilon(), 0);
        String query = parts.linear(normed, layer + "self_attn.q_proj", width, (long) heads * head, bias);
        String key = parts.linear(normed, layer + "self_attn.k_proj", width, (long) keyHeads * head, bias);
        String value = parts.linear(normed, layer + "self_attn.v_proj", width, (long) keyHeads * head, bias);
        if (headNorms) {
            query = parts.headNorm(query, layer + "self_attn.q_norm", heads, head, sizes.epsilon(), 0);
            key = parts.headNorm(key, layer + "self_attn.k_norm", keyHeads, head, sizes.epsilon(), 0);
        }
        String attended = attention.of(
                parts.rotate(query, heads, head, rope), parts.rotate(key, keyHeads, head, rope), value, mask);
        String seen = parts.add(
                x, parts.linear(attended, layer + "self_attn.o_proj", (long) heads * head, width, outputBias));
        normed = parts.rmsNorm(seen, layer + "post_attention_layernorm", width, sizes.epsilon(), 0);
        String gate = parts.activation(
                parts.linear(normed, layer + "mlp.gate_proj", width, sizes.inner(), innerBias), sizes.activation());
        String bent =
                parts.multiply(gate, parts.linear(normed, layer + "mlp.up_proj", width, sizes.inner(), innerBias));
        return parts.add(seen, parts.linear(bent, layer + "mlp.down_proj", sizes.inner(), width, innerBias));
    }
}
