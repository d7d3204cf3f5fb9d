package phifleet.inference.graph.decoder;

import java.util.List;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.Graph;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.graph.part.Rope;
import phifleet.inference.model.ModelException;

/**
 * Phi 1, 1.5 and 2 (Gunasekar et al., 2023): both parts of a layer take the same normalised vectors and are added to what went in, all layers
 * have biases, and half of each head is turned.
 */
public record Phi() implements DecoderFamily {
    @Override
    public List<String> stacks() {
        return List.of("embed_tokens.", "layers.", "final_layernorm.");
    }

    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        config.mustBe("is_causal", "true");
        DecoderLayer.Sizes sizes = DecoderLayer.Sizes.read(config, 0, 0, 2048);
        double epsilon = config.number("layer_norm_eps", 1e-5);
        boolean headNorms = config.flag("qk_layernorm", false);
        String activation = config.text("hidden_act", "gelu_new");
        int width = sizes.width();
        int head = sizes.head();
        Rope rope = Rope.readPart(config, head, "rope_theta", 10_000, "partial_rotary_factor", 0.5);
        LlamaAttention attention = LlamaAttention.of(parts, sizes, true, "dense", true);
        LlamaAttention.Way way = (rows, name, heads) ->
                parts.rotate(headNorms ? headNorm(parts, rows, name, heads, head, epsilon) : rows, heads, head, rope);
        String x = DecoderLayer.words(parts, sizes);
        for (int i = 0; i < sizes.layers(); i++) {
            String layer = "layers." + i + ".";
            String normed = parts.layerNorm(x, layer + "input_layernorm", width, epsilon, true);
            String attended = attention.write(parts, normed, layer + "self_attn.", way, Mask.causal());
            String bent =
                    parts.activation(parts.linear(normed, layer + "mlp.fc1", width, sizes.inner(), true), activation);
            String answer = parts.linear(bent, layer + "mlp.fc2", sizes.inner(), width, true);
            x = parts.add(parts.add(attended, answer), x);
        }
        String hidden = parts.layerNorm(x, "final_layernorm", width, epsilon, true);
        return new Written(hidden, width, attention.attention(), Positions.FROM_ZERO, sizes.mostTokens());
    }

    /** One norm for all heads. */
    private static String headNorm(Parts parts, String rows, String name, int heads, int head, double epsilon)
            throws ModelException {
        Graph graph = parts.graph();
        String apart = graph.op("Reshape", List.of(rows, graph.longs(-1, head)));
        String normed = parts.layerNorm(apart, name + "_layernorm", head, epsilon, true);
        return graph.op("Reshape", List.of(normed, graph.longs(-1, (long) heads * head)));
    }
}
