package phifleet.inference.graph.decoder;

import java.util.List;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.LayerKinds;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.graph.part.Rope;
import phifleet.inference.model.ModelException;

/**
 * Cohere's Command and Aya (2024): Llama whose two parts take the same vectors, normalised without a bias, and that turns neighbouring numbers;
 * larger ones normalise each head of queries and keys with weights of its own.
 *
 * @param second Command R7B (2024), most of whose layers look back no further than a window; the others have no places
 */
public record Cohere(boolean second) implements DecoderFamily {
    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        config.mustBe("is_causal", "true");
        if (!second) {
            config.mustBeAbsent("layer_types");
        }
        DecoderLayer.Sizes sizes = DecoderLayer.Sizes.read(config, 0, 0, 8192);
        double epsilon = config.number("layer_norm_eps", 1e-5);
        boolean bias = config.flag("attention_bias", false);
        boolean headNorms = !second && config.flag("use_qk_norm", false);
        int width = sizes.width();
        int head = sizes.head();
        Rope rope = Rope.read(config, 10_000);
        LlamaAttention attention = LlamaAttention.of(parts, sizes, bias, "o_proj", bias);
        String x = DecoderLayer.words(parts, sizes);
        for (int i = 0; i < sizes.layers(); i++) {
            String layer = "layers." + i + ".";
            boolean isWide = isWide(config, i);
            boolean turns = !second || !isWide;
            Mask mask = isWide ? Mask.causal() : Mask.back(config.size("sliding_window", 4096));
            LlamaAttention.Way way = (rows, name, heads) -> {
                String normed = headNorms ? headNorm(parts, rows, name, heads, head, epsilon) : rows;
                return turns ? parts.rotate(normed, heads, parts.angles(rope, head), true) : normed;
            };
            String normed = parts.layerNorm(x, layer + "input_layernorm", width, epsilon, false);
            String attended = attention.write(parts, normed, layer + "self_attn.", way, mask);
            x = parts.add(
                    parts.add(x, attended),
                    parts.gated(normed, layer + "mlp.", width, sizes.inner(), sizes.activation(), false));
        }
        String hidden = parts.layerNorm(x, "norm", width, epsilon, false);
        return new Written(hidden, width, attention.attention(), Positions.FROM_ZERO, sizes.mostTokens());
    }

    private boolean isWide(Config config, int layer) throws ModelException {
        List<String> kinds = config.texts("layer_types");
        if (!second || !kinds.isEmpty()) {
            return !second || LayerKinds.isWide(config, kinds, layer);
        }
        return (layer + 1) % config.size("sliding_window_pattern", 4) == 0;
    }

    private static String headNorm(Parts parts, String rows, String name, int heads, int head, double epsilon)
            throws ModelException {
        String scale = parts.graph()
                .op(
                        "Reshape",
                        List.of(
                                parts.weights().floats(name + "_norm.weight", heads, head),
                                parts.graph().longs(-1)));
        return parts.headLayerNorm(rows, scale, heads, head, epsilon);
    }
}
