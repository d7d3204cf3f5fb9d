package phifleet.inference.graph.decoder;

import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.inference.graph.family.Family;
import phifleet.inference.graph.part.Attention;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.graph.part.Rope;
import phifleet.inference.model.ModelException;

/**
 * One layer of the kind that Llama brought (Touvron et al., 2023): scaled by its root mean square before each part, rotary places,
 * keys shared by heads, gated linear layers. Families differ in who looks at whom, in biases, and in norms of heads.
 *
 * @param bias whether queries, keys and values have biases
 * @param outputBias whether what attention gives has one
 * @param innerBias whether the gated layers have them
 * @param headNorms whether queries and keys are normalised head by head
 * @param packed whether queries, keys and values are of one matrix, and the two gated layers of another
 * @param residual by what each part's answer is multiplied before it is added
 */
record DecoderLayer(
        boolean bias, boolean outputBias, boolean innerBias, boolean headNorms, boolean packed, double residual) {
    /** The table of words of the families that are made of it. */
    static final String LANDMARK = "embed_tokens.weight";

    DecoderLayer(boolean bias, boolean outputBias, boolean innerBias, boolean headNorms) {
        this(bias, outputBias, innerBias, headNorms, false, 1);
    }

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
                    Rope.room(config, mostTokens));
        }
    }

    /** Who looks at whom in a layer. */
    interface Masks {
        Mask of(int layer) throws ModelException;
    }

    /** How a layer turns its queries and keys. */
    interface Ropes {
        /** Null where it does not. */
        @Nullable
        Rope of(int layer);
    }

    /** The words' rows, all layers one on the other, and the last norm. */
    Family.Written write(Parts parts, Sizes sizes, Rope rope, Masks masks) throws ModelException {
        int head = sizes.head();
        Attention attention = new Attention(parts.graph(), sizes.heads(), sizes.keyHeads(), head, 1 / Math.sqrt(head));
        return write(parts, words(parts, sizes), sizes, attention, layer -> rope, masks, sizes.mostTokens());
    }

    static String words(Parts parts, Sizes sizes) throws ModelException {
        return parts.words(LANDMARK, parts.config().size("vocab_size"), sizes.width());
    }

    /**
     * All layers, one on the other, and the last norm.
     *
     * @param words what goes into the first
     */
    Family.Written write(
            Parts parts, String words, Sizes sizes, Attention attention, Ropes ropes, Masks masks, int mostTokens)
            throws ModelException {
        String x = words;
        for (int i = 0; i < sizes.layers(); i++) {
            x = layer(parts, x, "layers." + i + ".", sizes, ropes.of(i), attention, masks.of(i));
        }
        String hidden = parts.rmsNorm(x, "norm", sizes.width(), sizes.epsilon(), 0);
        return new Family.Written(hidden, sizes.width(), attention, Positions.FROM_ZERO, mostTokens);
    }

    private String layer(
            Parts parts, String x, String layer, Sizes sizes, @Nullable Rope rope, Attention attention, Mask mask)
            throws ModelException {
        int width = sizes.width();
        int heads = sizes.heads();
        int keyHeads = sizes.keyHeads();
        int head = sizes.head();
        String normed = parts.rmsNorm(x, layer + "input_layernorm", width, sizes.epsilon(), 0);
        List<String> qkv = packed
                ? packed(
                        parts, normed, layer + "self_attn.qkv_proj", width, (long) heads * head, (long) keyHeads * head)
                : apart(parts, normed, layer + "self_attn.", width, (long) heads * head, (long) keyHeads * head);
        String query = qkv.get(0);
        String key = qkv.get(1);
        if (headNorms) {
            query = parts.headNorm(query, layer + "self_attn.q_norm", heads, head, sizes.epsilon(), 0);
            key = parts.headNorm(key, layer + "self_attn.k_norm", keyHeads, head, sizes.epsilon(), 0);
        }
        String attended = attention.of(
                rope == null ? query : parts.rotate(query, heads, head, rope),
                rope == null ? key : parts.rotate(key, keyHeads, head, rope),
                qkv.get(2),
                mask);
        String seen = added(
                parts, x, parts.linear(attended, layer + "self_attn.o_proj", (long) heads * head, width, outputBias));
        normed = parts.rmsNorm(seen, layer + "post_attention_layernorm", width, sizes.epsilon(), 0);
        return added(parts, seen, gated(parts, normed, layer + "mlp.", sizes));
    }

    private String added(Parts parts, String x, String answer) {
        return parts.add(
                x, residual == 1 ? answer : parts.multiply(answer, parts.graph().scalar((float) residual)));
    }

    private List<String> apart(Parts parts, String x, String self, int width, long queries, long keys)
            throws ModelException {
        return List.of(
                parts.linear(x, self + "q_proj", width, queries, bias),
                parts.linear(x, self + "k_proj", width, keys, bias),
                parts.linear(x, self + "v_proj", width, keys, bias));
    }

    private static List<String> packed(Parts parts, String x, String matrix, int width, long queries, long keys)
            throws ModelException {
        long all = queries + 2 * keys;
        return List.of(
                parts.linear(x, matrix, width, 0, queries, all),
                parts.linear(x, matrix, width, queries, keys, all),
                parts.linear(x, matrix, width, queries + keys, keys, all));
    }

    private String gated(Parts parts, String x, String layer, Sizes sizes) throws ModelException {
        int width = sizes.width();
        int inner = sizes.inner();
        if (!packed) {
            return parts.gated(x, layer, width, inner, sizes.activation(), innerBias);
        }
        String gate = parts.linear(x, layer + "gate_up_proj", width, 0, inner, 2L * inner);
        String up = parts.linear(x, layer + "gate_up_proj", width, inner, inner, 2L * inner);
        String bent = parts.multiply(parts.activation(gate, sizes.activation()), up);
        return parts.linear(bent, layer + "down_proj", inner, width, innerBias);
    }
}
