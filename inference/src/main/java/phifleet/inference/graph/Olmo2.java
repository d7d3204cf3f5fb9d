package phifleet.inference.graph;

import phifleet.inference.model.ModelException;

/**
 * OLMo 2 (Walsh et al., 2025): Llama that normalises what each part gives and not what goes in, and all queries and all keys of a token
 * before they are turned.
 */
record Olmo2() implements DecoderFamily {
    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        config.mustBe("is_causal", "true");
        config.mustBeAbsent("use_bidirectional_attention");
        config.mustBeAbsent("layer_types");
        DecoderLayer.Sizes sizes = DecoderLayer.Sizes.read(config, 0, 1e-5, 2048);
        Rope rope = Rope.read(config, "full_attention", "rope_theta", 10_000);
        boolean bias = config.flag("attention_bias", false);
        int width = sizes.width();
        double epsilon = sizes.epsilon();
        Attention attention = new Attention(
                parts.graph(), sizes.heads(), sizes.keyHeads(), sizes.head(), 1 / Math.sqrt(sizes.head()));
        String x = DecoderLayer.words(parts, sizes);
        for (int i = 0; i < sizes.layers(); i++) {
            String layer = "layers." + i + ".";
            String attended = attended(parts, x, layer + "self_attn.", sizes, rope, attention, bias);
            x = parts.add(x, parts.rmsNorm(attended, layer + "post_attention_layernorm", width, epsilon, 0));
            String gate = parts.activation(
                    parts.linear(x, layer + "mlp.gate_proj", width, sizes.inner(), false), sizes.activation());
            String bent = parts.multiply(gate, parts.linear(x, layer + "mlp.up_proj", width, sizes.inner(), false));
            String answer = parts.linear(bent, layer + "mlp.down_proj", sizes.inner(), width, false);
            x = parts.add(x, parts.rmsNorm(answer, layer + "post_feedforward_layernorm", width, epsilon, 0));
        }
        String hidden = parts.rmsNorm(x, "norm", width, epsilon, 0);
        return new Written(hidden, width, attention, Positions.FROM_ZERO, sizes.mostTokens());
    }

    private static String attended(
            Parts parts, String x, String self, DecoderLayer.Sizes sizes, Rope rope, Attention attention, boolean bias)
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
                Mask.causal());
        return parts.linear(attended, self + "o_proj", queries, width, bias);
    }
}
