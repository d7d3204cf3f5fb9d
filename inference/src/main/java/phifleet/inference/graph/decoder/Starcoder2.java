package phifleet.inference.graph.decoder;

import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.graph.part.Rope;
import phifleet.inference.model.ModelException;

/**
 * StarCoder 2 (Lozhkov et al., 2024): keys shared by heads and places turned as Llama has them, around GPT-2's norms and linear layers, all
 * with biases; maybe a window in each layer.
 */
public record Starcoder2() implements DecoderFamily {
    private static final String WINDOW = "sliding_window";

    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        config.mustBe("is_causal", "true");
        config.mustBeAbsent("layer_types");
        DecoderLayer.Sizes sizes = DecoderLayer.Sizes.read(config, 0, 0, 4096);
        double epsilon = config.number("norm_epsilon", 1e-5);
        boolean bias = config.flag("use_bias", true);
        String activation = config.text("hidden_act", "gelu_pytorch_tanh");
        int width = sizes.width();
        Rope rope = Rope.read(config, 10_000);
        LlamaAttention attention = LlamaAttention.of(parts, sizes, bias, "o_proj", bias);
        LlamaAttention.Way way = (rows, name, heads) -> parts.rotate(rows, heads, sizes.head(), rope);
        Mask mask = config.has(WINDOW) ? Mask.back(config.size(WINDOW)) : Mask.causal();
        String x = DecoderLayer.words(parts, sizes);
        for (int i = 0; i < sizes.layers(); i++) {
            String layer = "layers." + i + ".";
            String normed = parts.layerNorm(x, layer + "input_layernorm", width, epsilon, true);
            String seen = parts.add(x, attention.write(parts, normed, layer + "self_attn.", way, mask));
            normed = parts.layerNorm(seen, layer + "post_attention_layernorm", width, epsilon, true);
            String bent =
                    parts.activation(parts.linear(normed, layer + "mlp.c_fc", width, sizes.inner(), bias), activation);
            x = parts.add(seen, parts.linear(bent, layer + "mlp.c_proj", sizes.inner(), width, bias));
        }
        String hidden = parts.layerNorm(x, "norm", width, epsilon, true);
        return new Written(hidden, width, attention.attention(), Positions.FROM_ZERO, sizes.mostTokens());
    }
}
