package phifleet.inference.graph.decoder;

import java.util.List;
import phifleet.inference.graph.family.Family;
import phifleet.inference.graph.part.Alibi;
import phifleet.inference.graph.part.Attention;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.model.ModelException;

/** BLOOM (Le Scao et al., 2022): a decoder without places but linear biases of distances ({@link Alibi}), whose words are normalised. */
public record Bloom() implements Family {
    private static final String LANDMARK = "word_embeddings_layernorm.weight";

    @Override
    public String landmark() {
        return LANDMARK;
    }

    @Override
    public List<String> stacks() {
        return List.of("word_embeddings.", "word_embeddings_layernorm.", "h.", "ln_f.");
    }

    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        config.mustBe("is_causal", "true");
        int width = config.size("hidden_size", config.size("n_embed", 64));
        int heads = config.size("n_head", config.size("num_attention_heads", 8));
        int head = config.head(width, heads);
        double epsilon = config.number("layer_norm_epsilon", 1e-5);
        boolean behind = config.flag("apply_residual_connection_post_layernorm", false);
        Attention attention = new Attention(parts.graph(), heads, heads, head, 1 / Math.sqrt(head));
        Mask mask = Alibi.causal(parts, heads);
        String x = parts.layerNorm(
                parts.words("word_embeddings.weight", config.size("vocab_size"), width),
                "word_embeddings_layernorm",
                width,
                epsilon,
                true);
        for (int i = 0; i < config.size("n_layer", config.size("num_hidden_layers", 2)); i++) {
            String layer = "h." + i + ".";
            String normed = parts.layerNorm(x, layer + "input_layernorm", width, epsilon, true);
            List<String> qkv = GptNeoX.byHead(
                    parts,
                    parts.linear(normed, layer + "self_attention.query_key_value", width, 3L * width, true),
                    heads,
                    head);
            String attended = attention.of(qkv.get(0), qkv.get(1), qkv.get(2), mask);
            String seen = parts.add(
                    behind ? normed : x, parts.linear(attended, layer + "self_attention.dense", width, width, true));
            normed = parts.layerNorm(seen, layer + "post_attention_layernorm", width, epsilon, true);
            String bent = parts.activation(
                    parts.linear(normed, layer + "mlp.dense_h_to_4h", width, 4L * width, true), "gelu_new");
            x = parts.add(
                    behind ? normed : seen, parts.linear(bent, layer + "mlp.dense_4h_to_h", 4L * width, width, true));
        }
        String hidden = parts.layerNorm(x, "ln_f", width, epsilon, true);
        // Any length, for places are distances.
        return new Written(hidden, width, attention, Positions.FROM_ZERO, Integer.MAX_VALUE);
    }
}
