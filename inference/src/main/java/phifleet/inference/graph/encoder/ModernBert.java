package phifleet.inference.graph.encoder;

import java.util.List;
import phifleet.inference.graph.family.Family;
import phifleet.inference.graph.part.Attention;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.LayerKinds;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.graph.part.Rope;
import phifleet.inference.model.ModelException;

/** ModernBERT (Warner et al., 2024): rotary places, normalised before each part, most layers looking no further than a window. */
public record ModernBert() implements Family {
    @Override
    public String landmark() {
        return "embeddings.tok_embeddings.weight";
    }

    @Override
    public List<String> stacks() {
        return List.of("embeddings.", "layers.", "final_norm.");
    }

    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        int width = config.size("hidden_size");
        int inner = config.size("intermediate_size");
        int heads = config.size("num_attention_heads");
        int head = width / heads;
        double epsilon = config.number("norm_eps", 1e-5);
        boolean normBias = config.flag("norm_bias", false);
        boolean attentionBias = config.flag("attention_bias", false);
        boolean innerBias = config.flag("mlp_bias", false);
        String activation = config.text("hidden_activation", "gelu");
        Rope wide = Rope.ofKind(config, "full_attention", "global_rope_theta", 160_000, true);
        // Only where config.json says null are near layers turned as the others.
        double local = config.isNull("local_rope_theta") ? wide.base() : 10_000;
        Rope near = Rope.ofKind(config, "sliding_attention", "local_rope_theta", local, true);
        Mask window = Mask.within(reach(config));
        Attention attention = new Attention(parts.graph(), heads, heads, head, 1 / Math.sqrt(head));
        String x = parts.layerNorm(
                parts.words("embeddings.tok_embeddings.weight", config.size("vocab_size"), width),
                "embeddings.norm",
                width,
                epsilon,
                normBias);
        for (int i = 0; i < config.size("num_hidden_layers"); i++) {
            String layer = "layers." + i + ".";
            boolean isWide = isWide(config, i);
            String normed = i == 0 ? x : parts.layerNorm(x, layer + "attn_norm", width, epsilon, normBias);
            List<String> qkv =
                    parts.thirds(parts.linear(normed, layer + "attn.Wqkv", width, 3L * width, attentionBias));
            Rope rope = isWide ? wide : near;
            String attended = attention.of(
                    parts.rotate(qkv.get(0), heads, head, rope),
                    parts.rotate(qkv.get(1), heads, head, rope),
                    qkv.get(2),
                    isWide ? Mask.everything() : window);
            x = parts.add(x, parts.linear(attended, layer + "attn.Wo", width, width, attentionBias));
            normed = parts.layerNorm(x, layer + "mlp_norm", width, epsilon, normBias);
            List<String> gated = parts.halves(parts.linear(normed, layer + "mlp.Wi", width, 2L * inner, innerBias));
            String bent = parts.multiply(parts.activation(gated.get(0), activation), gated.get(1));
            x = parts.add(x, parts.linear(bent, layer + "mlp.Wo", inner, width, innerBias));
        }
        String hidden = parts.layerNorm(x, "final_norm", width, epsilon, normBias);
        return new Written(hidden, width, attention, Positions.FROM_ZERO, Rope.room(config, 8192));
    }

    /** How far near layers look one way; since release 5 there is a second name, for the half, which goes first. */
    private static int reach(Config config) throws ModelException {
        boolean halved = !config.isBefore5() && config.has("sliding_window");
        return halved ? config.size("sliding_window") : config.size("local_attention", 128) / 2;
    }

    private static boolean isWide(Config config, int layer) throws ModelException {
        List<String> kinds = config.isBefore5() ? List.of() : config.texts("layer_types");
        return kinds.isEmpty()
                ? layer % config.size("global_attn_every_n_layers", 3) == 0
                : LayerKinds.isWide(config, kinds, layer);
    }
}
