package phifleet.inference.graph;

import java.util.List;
import phifleet.inference.model.ModelException;

/**
 * Gemma 3's text model (2025) as EmbeddingGemma uses it, looking both ways: norms before and after each part, whose weights are
 * kept less 1; most layers look no further than a window and have angles of their own.
 */
record Gemma3() implements Family {
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
        if (!config.flag("use_bidirectional_attention", false)) {
            throw config.refused(
                    "use_bidirectional_attention is not true: Gemma 3 is supported where it looks both ways");
        }
        config.mustBeAbsent("attn_logit_softcapping");
        int width = config.size("hidden_size");
        int inner = config.size("intermediate_size");
        int heads = config.size("num_attention_heads");
        int keyHeads = config.size("num_key_value_heads");
        int head = config.size("head_dim", 256);
        double epsilon = config.number("rms_norm_eps", 1e-6);
        boolean bias = config.flag("attention_bias", false);
        String activation = config.text("hidden_activation", "gelu_pytorch_tanh");
        Rope wide = Rope.read(config, "full_attention", "rope_theta", 1_000_000);
        Rope near = Rope.read(config, "sliding_attention", "rope_local_base_freq", 10_000);
        // Both ways the window is halved: 512 is a distance below 257.
        Mask window = Mask.within(config.size("sliding_window", 4096) / 2);
        double scale = 1 / Math.sqrt(config.number("query_pre_attn_scalar", 256));
        Attention attention = new Attention(parts.graph(), heads, keyHeads, head, scale);
        String words = parts.words("embed_tokens.weight", config.size("vocab_size"), width);
        String x = parts.multiply(words, parts.graph().scalar((float) Math.sqrt(width)));
        for (int i = 0; i < config.size("num_hidden_layers"); i++) {
            String layer = "layers." + i + ".";
            boolean isWide = isWide(config, i);
            Rope rope = isWide ? wide : near;
            String normed = parts.rmsNorm(x, layer + "input_layernorm", width, epsilon, 1);
            String query = parts.linear(normed, layer + "self_attn.q_proj", width, (long) heads * head, bias);
            String key = parts.linear(normed, layer + "self_attn.k_proj", width, (long) keyHeads * head, bias);
            String value = parts.linear(normed, layer + "self_attn.v_proj", width, (long) keyHeads * head, bias);
            query = parts.headNorm(query, layer + "self_attn.q_norm", heads, head, epsilon, 1);
            key = parts.headNorm(key, layer + "self_attn.k_norm", keyHeads, head, epsilon, 1);
            String attended = attention.of(
                    parts.rotate(query, heads, head, rope),
                    parts.rotate(key, keyHeads, head, rope),
                    value,
                    isWide ? Mask.everything() : window);
            String output = parts.linear(attended, layer + "self_attn.o_proj", (long) heads * head, width, bias);
            x = parts.add(x, parts.rmsNorm(output, layer + "post_attention_layernorm", width, epsilon, 1));
            normed = parts.rmsNorm(x, layer + "pre_feedforward_layernorm", width, epsilon, 1);
            String gate =
                    parts.activation(parts.linear(normed, layer + "mlp.gate_proj", width, inner, false), activation);
            String bent = parts.multiply(gate, parts.linear(normed, layer + "mlp.up_proj", width, inner, false));
            output = parts.linear(bent, layer + "mlp.down_proj", inner, width, false);
            x = parts.add(x, parts.rmsNorm(output, layer + "post_feedforward_layernorm", width, epsilon, 1));
        }
        String hidden = parts.rmsNorm(x, "norm", width, epsilon, 1);
        return new Written(
                hidden, width, attention, Positions.FROM_ZERO, config.size("max_position_embeddings", 131_072));
    }

    private static boolean isWide(Config config, int layer) throws ModelException {
        List<String> kinds = config.texts("layer_types");
        int pattern = config.size("sliding_window_pattern", config.size("_sliding_window_pattern", 6));
        return kinds.isEmpty() ? (layer + 1) % pattern == 0 : LayerKinds.isWide(config, kinds, layer);
    }
}
