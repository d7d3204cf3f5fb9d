package phifleet.inference.graph.decoder;

import java.util.List;
import phifleet.inference.graph.part.Attention;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.LayerKinds;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.graph.part.Rope;
import phifleet.inference.model.ModelException;

/**
 * Gemma (2024): norms whose weights are kept less 1, and words times the root of the width. The second and the third (2025) normalise
 * what each part gives too, and have layers that look no further than a window; the third normalises queries and keys head by head, its
 * near layers have angles of their own, and as EmbeddingGemma uses it, it looks both ways.
 */
public enum Gemma implements DecoderFamily {
    FIRST,
    SECOND,
    THIRD;

    private static final String CAP = "attn_logit_softcapping";
    private static final String TANH = "gelu_pytorch_tanh";

    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        config.mustBe("is_causal", "true");
        boolean bothWays = this == THIRD && config.flag("use_bidirectional_attention", false);
        if (this != THIRD) {
            config.mustBeAbsent("use_bidirectional_attention");
        }
        DecoderLayer.Sizes sizes = DecoderLayer.Sizes.read(config, 256, 1e-6, this == THIRD ? 131_072 : 8192);
        int width = sizes.width();
        int head = sizes.head();
        Layer layer = new Layer(
                sizes, activation(config), config.flag("attention_bias", false), this == THIRD, this != FIRST);
        Rope wide = this == THIRD
                ? Rope.ofKind(config, "full_attention", "rope_theta", 1_000_000, true)
                : Rope.read(config, 10_000);
        Rope near =
                this == THIRD ? Rope.ofKind(config, "sliding_attention", "rope_local_base_freq", 10_000, false) : wide;
        double scalar = this == FIRST ? head : config.number("query_pre_attn_scalar", 256);
        double cap = cap(config);
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

    /** Where config.json says null, there is no bound, whatever is usual; only the second's code knows of one. */
    private double cap(Config config) throws ModelException {
        if (this != SECOND) {
            config.mustBeAbsent(CAP);
        }
        double cap = this != SECOND || config.isNull(CAP) ? 0 : config.number(CAP, 50);
        if (config.has(CAP) && !(cap > 0)) {
            throw config.refused(CAP + " is " + cap + " and must be over 0, or null");
        }
        return cap;
    }

    /**
     * Of the first's two names for it, releases up to 4 take now the one and now the other, and 5 the older, whose {@code gelu} means the
     * approximation there.
     */
    private String activation(Config config) throws ModelException {
        if (this != FIRST) {
            return config.text("hidden_activation", TANH);
        }
        String older = config.text("hidden_act", TANH);
        String newer = config.text("hidden_activation", older);
        if (config.isBefore5() && (!newer.equals(older) || older.equals("gelu"))) {
            throw config.refused("hidden_act is " + older + " and hidden_activation " + newer
                    + "; releases of transformers differ in what they make of that: both must be " + TANH
                    + ", or what else is meant");
        }
        return older.equals("gelu") ? TANH : older;
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
            double epsilon = sizes.epsilon();
            String normed = parts.rmsNorm(x, layer + "input_layernorm", width, epsilon, 1);
            String output = attended(parts, normed, layer + "self_attn.", rope, attention, mask);
            if (resultNorms) {
                output = parts.rmsNorm(output, layer + "post_attention_layernorm", width, epsilon, 1);
            }
            String seen = parts.add(x, output);
            String before = resultNorms ? "pre_feedforward_layernorm" : "post_attention_layernorm";
            normed = parts.rmsNorm(seen, layer + before, width, epsilon, 1);
            output = parts.gated(normed, layer + "mlp.", width, sizes.inner(), activation, false);
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
