package phifleet.inference.graph.decoder;

import java.util.ArrayList;
import java.util.List;
import phifleet.inference.graph.part.Attribute;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.graph.part.Rope;
import phifleet.inference.model.ModelException;

/**
 * StableLM (Bellagente et al., 2024): Llama that normalises by mean and variance and turns a share of each head. Larger ones normalise each
 * head of queries and keys with weights of its own, and have both parts of a layer see what went into it.
 */
public record StableLm() implements DecoderFamily {
    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        config.mustBe("is_causal", "true");
        DecoderLayer.Sizes sizes = DecoderLayer.Sizes.read(config, 0, 0, 4096);
        double epsilon = config.number("layer_norm_eps", 1e-5);
        boolean headNorms = config.flag("qk_layernorm", false);
        boolean sideBySide = config.flag("use_parallel_residual", false);
        int width = sizes.width();
        int head = sizes.head();
        Rope rope = Rope.readPart(config, head, "rope_theta", 10_000, "partial_rotary_factor", 0.25);
        LlamaAttention attention = LlamaAttention.of(parts, sizes, config.flag("use_qkv_bias", false), "o_proj", false);
        LlamaAttention.Way way = (rows, name, heads) ->
                parts.rotate(headNorms ? headNorm(parts, rows, name, heads, head, epsilon) : rows, heads, head, rope);
        String x = DecoderLayer.words(parts, sizes);
        for (int i = 0; i < sizes.layers(); i++) {
            String layer = "layers." + i + ".";
            String normed = parts.layerNorm(x, layer + "input_layernorm", width, epsilon, true);
            String seen = parts.add(x, attention.write(parts, normed, layer + "self_attn.", way, Mask.causal()));
            String inner = sideBySide
                    ? normed
                    : parts.layerNorm(seen, layer + "post_attention_layernorm", width, epsilon, true);
            x = parts.add(seen, parts.gated(inner, layer + "mlp.", width, sizes.inner(), sizes.activation(), false));
        }
        String hidden = parts.layerNorm(x, "norm", width, epsilon, true);
        return new Written(hidden, width, attention.attention(), Positions.FROM_ZERO, sizes.mostTokens());
    }

    private static String headNorm(Parts parts, String rows, String name, int heads, int head, double epsilon)
            throws ModelException {
        List<String> scales = new ArrayList<>();
        for (int i = 0; i < heads; i++) {
            scales.add(parts.weights().floats(name + "_layernorm.norms." + i + ".weight", head));
        }
        String scale = parts.graph().op("Concat", scales, Attribute.of("axis", 0));
        return parts.headLayerNorm(rows, scale, heads, head, epsilon);
    }
}
