package phifleet.inference.graph;

import java.util.List;
import phifleet.inference.model.ModelException;

/**
 * Gemma (2024): norms whose weights are kept less 1, and words times the root of the width. The second and the third (2025) normalise
 * what each part gives too, and have layers that look no further than a window; the third normalises queries and keys head by head, its
 * near layers have angles of their own, and as EmbeddingGemma uses it, it looks both ways.
 */
enum Gemma implements DecoderFamily {
    FIRST,
    SECOND,
    THIRD;

    private static final String CAP = "attn_logit_softcapping";

    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        boolean bothWays = this == THIRD && config.flag("use_bidirectional_attention", false);
        if (this != THIRD) {
            config.mustBeAbsent("use_bidirectional_attention");
        }
        DecoderLayer.Sizes sizes = DecoderLayer.Sizes.read(config, 256, 1e-6, this == THIRD ? 131_072 : 8192);
        int width = sizes.width();
        int head = sizes.head();
        Layer layer = new Layer(
                sizes, activation(config), config.flag("attention_bias", false), this == THIRD, this != FIRST);
        Rope wide = Rope.read(config, "full_attention", "rope_theta", this == THIRD ? 1_000_000 : 10_000);
        Rope near = this == THIRD ? Rope.read(config, "sliding_attention", "rope_local_base_freq", 10_000) : wide;
        double scalar = this == FIRST ? head : config.number("query_pre_attn_scalar", 256);
        // Where config.json says null, there is no bound, whatever is usual.
        double cap = this == FIRST || config.isNull(CAP) ? 0 : config.number(CAP, this == SECOND ? 50 : 0);
        Attention attention =
                new Attention(parts.graph(), sizes.heads(), sizes.keyHeads(), head, 1 / Math.sqrt(scalar), cap);
        String words = parts.words(landmark(), config.size("vocab_size"), width);
        String x = parts.multiply(words, parts.graph().scalar((float) Math.sqrt(width)));
        for (int i = 0; i < sizes.layers(); i++) {
            boolean isWide = isWide(config, i);
            Mask mask = isWide
                    ? bothWays ? Mask.everything() : Mask.causal()
                    : window(config.size("sliding_window", 4096), bothWays);
            x = layer.write(parts, x, "layers." + i + ".", isWide ? wide : near, attention, mask);
        }
        String hidden = parts.rmsNorm(x, "norm", width, sizes.epsilon(), 1);
        return new Written(hidden, width, attention, Positions.FROM_ZERO, sizes.mostTokens());
    }

    /** Both ways the window is halved: 512 is a distance below 257. */
    private static Mask window(int size, boolean bothWays) {
        return bothWays ? Mask.within(size / 2) : Mask.back(size);
    }

    /** The first's files name an approximation that its code takes only where {@code hidden_activation} is not there. */
    private static String activation(Config config) {
        return config.text("hidden_activation", "gelu_pytorch_tanh");
    }

    private boolean isWide(Config config, int layer) throws ModelException {
        List<String> kinds = config.texts("layer_types");
        if (this == FIRST || !kinds.isEmpty()) {
            return this == FIRST || LayerKinds.isWide(config, kinds, layer);
        }
        int pattern =
                this == SECOND ? 2 : config.size("sliding_window_pattern", config.size("_sliding_window_pattern", 6));
        return (layer + 1) % pattern == 0;
    }

    /**
     * One layer.
     *
     * @param headNorms whether queries and keys are normalised
     * @param resultNorms whether what each part gives is
     */
    private record Layer(
            DecoderLayer.Sizes sizes, String activation, boolean bias, boolean headNorms, boolean resultNorms) {

        String write(Parts parts, String x, String layer, Rope rope, Attention attention, Mask mask)
                throws ModelException {
            int width = sizes.width();
            int inner = sizes.inner();
            double epsilon = sizes.epsilon();
            String normed = parts.rmsNorm(x, layer + "input_layernorm", width, epsilon, 1);
            String output = attended(parts, normed, layer + "self_attn.", rope, attention, mask);
            if (resultNorms) {
                output = parts.rmsNorm(output, layer + "post_attention_layernorm", width, epsilon, 1);
            }
            String seen = parts.add(x, output);
            String before = resultNorms ? "pre_feedforward_layernorm" : "post_attention_layernorm";
            normed = parts.rmsNorm(seen, layer + before, width, epsilon, 1);
            String gate =
                    parts.activation(parts.linear(normed, layer + "mlp.gate_proj", width, inner, false), activation);
            String bent = parts.multiply(gate, parts.linear(normed, layer + "mlp.up_proj", width, inner, false));
            output = parts.linear(bent, layer + "mlp.down_proj", inner, width, false);
            return parts.add(
                    seen,
                    resultNorms
                            ? parts.rmsNorm(output, layer + "post_feedforward_layernorm", width, epsilon, 1)
                            : output);
        }

        private String attended(Parts parts, String normed, String self, Rope rope, Attention attention, Mask mask)
                throws ModelException {
            int width = sizes.width();
            int heads = sizes.heads();
            int keyHeads = sizes.keyHeads();
            int head = sizes.head();
            String query = parts.linear(normed, self + "q_proj", width, (long) heads * head, bias);
            String key = parts.linear(normed, self + "k_proj", width, (long) keyHeads * head, bias);
            String value = parts.linear(normed, self + "v_proj", width, (long) keyHeads * head, bias);
            if (headNorms) {
                query = parts.headNorm(query, self + "q_norm", heads, head, sizes.epsilon(), 1);
                key = parts.headNorm(key, self + "k_norm", keyHeads, head, sizes.epsilon(), 1);
            }
            String attended = attention.of(
                    parts.rotate(query, heads, head, rope), parts.rotate(key, keyHeads, head, rope), value, mask);
            return parts.linear(attended, self + "o_proj", (long) heads * head, width, bias);
        }
    }
}
