package phifleet.inference.graph;

import java.util.List;
import phifleet.inference.model.ModelException;

/**
 * Qwen2 (Yang et al., 2024) and Qwen3 (2025): decoders whose tokens look back only; keys shared by heads, gated linear layers,
 * rotary places.
 *
 * @param third Qwen3, which normalises queries and keys head by head, and has no biases unless config.json says so
 */
record Qwen(boolean third) implements Family {
    @Override
    public String landmark() {
        return "embed_tokens.weight";
    }

    @Override
    public List<String> stacks() {
        return List.of("embed_tokens.", "layers.", "norm.");
    }

    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        config.mustBe("is_causal", "true");
        config.mustBeAbsent("use_bidirectional_attention");
        int width = config.size("hidden_size");
        int inner = config.size("intermediate_size");
        int heads = config.size("num_attention_heads");
        int keyHeads = config.size("num_key_value_heads", heads);
        int head = config.size("head_dim", third ? 128 : width / heads);
        double epsilon = config.number("rms_norm_eps", 1e-6);
        boolean bias = !third || config.flag("attention_bias", false);
        boolean outputBias = third && bias;
        String activation = config.text("hidden_act", "silu");
        Rope rope = Rope.read(config, "full_attention", "rope_theta", 10_000);
        Attention attention = new Attention(parts.graph(), heads, keyHeads, head, 1 / Math.sqrt(head));
        String x = parts.words("embed_tokens.weight", config.size("vocab_size"), width);
        for (int i = 0; i < config.size("num_hidden_layers"); i++) {
            String layer = "layers." + i + ".";
            String normed = parts.rmsNorm(x, layer + "input_layernorm", width, epsilon, 0);
            String query = parts.linear(normed, layer + "self_attn.q_proj", width, (long) heads * head, bias);
            String key = parts.linear(normed, layer + "self_attn.k_proj", width, (long) keyHeads * head, bias);
            String value = parts.linear(normed, layer + "self_attn.v_proj", width, (long) keyHeads * head, bias);
            if (third) {
                query = parts.headNorm(query, layer + "self_attn.q_norm", heads, head, epsilon, 0);
                key = parts.headNorm(key, layer + "self_attn.k_norm", keyHeads, head, epsilon, 0);
            }
            String attended = attention.of(
                    parts.rotate(query, heads, head, rope),
                    parts.rotate(key, keyHeads, head, rope),
                    value,
                    mask(config, i));
            x = parts.add(
                    x, parts.linear(attended, layer + "self_attn.o_proj", (long) heads * head, width, outputBias));
            normed = parts.rmsNorm(x, layer + "post_attention_layernorm", width, epsilon, 0);
            String gate =
                    parts.activation(parts.linear(normed, layer + "mlp.gate_proj", width, inner, false), activation);
            String bent = parts.multiply(gate, parts.linear(normed, layer + "mlp.up_proj", width, inner, false));
            x = parts.add(x, parts.linear(bent, layer + "mlp.down_proj", inner, width, false));
        }
        String hidden = parts.rmsNorm(x, "norm", width, epsilon, 0);
        return new Written(
                hidden, width, attention, Positions.FROM_ZERO, config.size("max_position_embeddings", 32_768));
    }

    /** Since transformers 4.53 each layer's kind is listed; before, those from {@code max_window_layers} on have the window. */
    private static Mask mask(Config config, int layer) throws ModelException {
        List<String> kinds = config.texts("layer_types");
        boolean window = kinds.isEmpty()
                ? config.flag("use_sliding_window", false) && layer >= config.id("max_window_layers", 28)
                : !LayerKinds.isWide(config, kinds, layer);
        return window && config.has("sliding_window")
                ? new Mask.Window(config.size("sliding_window") - 1, 0)
                : Mask.causal();
    }
}
