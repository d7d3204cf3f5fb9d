package phifleet.inference.graph.decoder;

import java.util.List;
import phifleet.inference.graph.part.Attention;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.model.ModelException;

/**
 * GPT-2 (Radford et al., 2019): tokens look back only, places have a table, each part is normalised before it. Its matrices lie the other
 * way round than all others' do, one row an input.
 */
public record Gpt2() implements GptFamily {
    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        config.mustBe("is_causal", "true");
        config.mustBeAbsent("add_cross_attention");
        int width = config.size("n_embd");
        int inner = config.size("n_inner", 4 * width);
        int heads = config.size("n_head");
        int places = config.size("n_positions");
        double epsilon = config.number("layer_norm_epsilon", 1e-5);
        String activation = config.text("activation_function", "gelu_new");
        int head = config.head(width, heads);
        double scale = config.flag("scale_attn_weights", true) ? 1 / Math.sqrt(head) : 1;
        boolean byLayer = config.flag("scale_attn_by_inverse_layer_idx", false);
        Attention attention = new Attention(parts.graph(), heads, heads, head, scale);
        String x = parts.add(
                parts.words(landmark(), config.size("vocab_size"), width), parts.places("wpe.weight", places, width));
        for (int i = 0; i < config.size("n_layer"); i++) {
            String layer = "h." + i + ".";
            // The mask, which some files hold among the weights.
            parts.weights().leave(layer + "attn.bias");
            String normed = parts.layerNorm(x, layer + "ln_1", width, epsilon, true);
            List<String> qkv = parts.thirds(parts.linearByInput(normed, layer + "attn.c_attn", width, 3L * width));
            String queries = byLayer ? parts.multiply(qkv.get(0), parts.graph().scalar(1f / (i + 1))) : qkv.get(0);
            String attended = attention.of(queries, qkv.get(1), qkv.get(2), Mask.causal());
            x = parts.add(x, parts.linearByInput(attended, layer + "attn.c_proj", width, width));
            normed = parts.layerNorm(x, layer + "ln_2", width, epsilon, true);
            String bent = parts.activation(parts.linearByInput(normed, layer + "mlp.c_fc", width, inner), activation);
            x = parts.add(x, parts.linearByInput(bent, layer + "mlp.c_proj", inner, width));
        }
        String hidden = parts.layerNorm(x, "ln_f", width, epsilon, true);
        return new Written(hidden, width, attention, Positions.FROM_ZERO, places);
    }
}
