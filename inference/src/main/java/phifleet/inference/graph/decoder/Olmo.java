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
 * OLMo 2 (Walsh et al., 2025): Llama that normalises what each part gives and not what goes in, and all queries and all keys of a token
 * before they are turned.
 *
 * @param third OLMo 3 (2025), most of whose layers look back no further than a window, with angles that no scaling changes
 */
public record Olmo(boolean third) implements DecoderFamily {
    private static final String WINDOW = "sliding_window";

    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        config.mustBe("is_causal", "true");
        config.mustBeAbsent("use_bidirectional_attention");
        if (!third) {
            config.mustBeAbsent("layer_types");
        }
        DecoderLayer.Sizes sizes = DecoderLayer.Sizes.read(config, 0, 1e-5, 2048);
        double base = base(config);
        Rope wide = third ? Rope.ofKind(config, "full_attention", "rope_theta", base, true) : Rope.read(config, base);
        Rope near = third ? Rope.ofKind(config, "sliding_attention", "rope_theta", base, false) : wide;
        boolean bias = config.flag("attention_bias", false);
        int width = sizes.width();
        double epsilon = sizes.epsilon();
        Attention attention = new Attention(
                parts.graph(), sizes.heads(), sizes.keyHeads(), sizes.head(), 1 / Math.sqrt(sizes.head()));
        String x = DecoderLayer.words(parts, sizes);
        for (int i = 0; i < sizes.layers(); i++) {
            String layer = "layers." + i + ".";
            boolean isWide = isWide(config, i);
            Mask mask = isWide ? Mask.causal() : Mask.back(config.size(WINDOW));
            Rope rope = isWide ? wide : near;
            String attended = attended(parts, x, layer + "self_attn.", sizes, rope, attention, mask, bias);
            x = parts.add(x, parts.rmsNorm(attended, layer + "post_attention_layernorm", width, epsilon, 0));
            String answer = parts.gated(x, layer + "mlp.", width, sizes.inner(), sizes.activation(), false);
            x = parts.add(x, parts.rmsNorm(answer, layer + "post_feedforward_layernorm", width, epsilon, 0));
        }
        String hidden = parts.rmsNorm(x, "norm", width, epsilon, 0);
        return new Written(hidden, width, attention, Positions.FROM_ZERO, sizes.mostTokens());
    }

    /** Releases of transformers differ in what they take where an older file does not say; 5's own form has a usual base. */
    private double base(Config config) throws ModelException {
        if (third && !config.has("rope_theta") && !config.has("rope_parameters")) {
            throw config.refused("rope_theta is not there, and releases of transformers take 10000 or 500000 for it");
        }
        return third ? 500_000 : 10_000;
    }

    private boolean isWide(Config config, int layer) throws ModelException {
        List<String> kinds = config.texts("layer_types");
        return !third || (kinds.isEmpty() ? (layer + 1) % 4 == 0 : LayerKinds.isWide(config, kinds, layer));
    }

    private static String attended(
            Parts parts,
            String x,
            String self,
            DecoderLayer.Sizes sizes,
            Rope rope,
            Attention attention,
            Mask mask,
            boolean bias)
            throws ModelException {
        int width = sizes.width();
        int heads = sizes.heads();
        int keyHeads = sizes.keyHeads();
        int head = sizes.head();
        long queries = (long) heads * head;
        long keys = (long) keyHeads * head;
        String query = parts.rmsNorm(
                parts.linear(x, self + "q_proj", width, queries, bias), self + "q_norm", queries, sizes.epsilon(), 0);
        String key = parts.rmsNorm(
                parts.linear(x, self + "k_proj", width, keys, bias), self + "k_norm", keys, sizes.epsilon(), 0);
        String attended = attention.of(
                parts.rotate(query, heads, head, rope),
                parts.rotate(key, keyHeads, head, rope),
                parts.linear(x, self + "v_proj", width, keys, bias),
                mask);
        return parts.linear(attended, self + "o_proj", queries, width, bias);
    }
}
