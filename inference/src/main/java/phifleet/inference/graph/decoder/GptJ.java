package phifleet.inference.graph.decoder;

import java.util.List;
import phifleet.inference.graph.part.Attention;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.graph.part.Rope;
import phifleet.inference.model.ModelException;

/**
 * GPT-J (Wang and Komatsuzaki, 2021): a decoder whose attention and linear layers take the same normalised vectors, and that turns a share of
 * each head's neighbouring numbers by their places.
 */
public record GptJ() implements GptFamily {
    private static final String TURNED = "rotary_dim";

    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        config.mustBe("is_causal", "true");
        int width = config.size("n_embd");
        int inner = config.size("n_inner", 4 * width);
        int heads = config.size("n_head");
        int head = config.head(width, heads);
        int turned = config.size(TURNED, 64);
        if (turned > head || turned % 2 != 0) {
            throw config.refused(TURNED + " is " + turned + "; it must be an even number up to " + head);
        }
        double epsilon = config.number("layer_norm_epsilon", 1e-5);
        String activation = config.text("activation_function", "gelu_new");
        Attention attention = new Attention(parts.graph(), heads, heads, head, 1 / Math.sqrt(head));
        List<String> angles = parts.angles(new Rope(10_000, 1), turned);
        String x = parts.words(landmark(), config.size("vocab_size"), width);
        for (int i = 0; i < config.size("n_layer"); i++) {
            String layer = "h." + i + ".";
            String self = layer + "attn.";
            for (String mask : List.of("bias", "masked_bias", "embed_positions")) {
                parts.weights().leave(self + mask);
            }
            String normed = parts.layerNorm(x, layer + "ln_1", width, epsilon, true);
            String attended = attention.of(
                    parts.rotateFirst(
                            parts.linear(normed, self + "q_proj", width, width, false), heads, angles, turned),
                    parts.rotateFirst(
                            parts.linear(normed, self + "k_proj", width, width, false), heads, angles, turned),
                    parts.linear(normed, self + "v_proj", width, width, false),
                    Mask.causal());
            String seen = parts.linear(attended, self + "out_proj", width, width, false);
            String bent = parts.activation(parts.linear(normed, layer + "mlp.fc_in", width, inner, true), activation);
            String answer = parts.linear(bent, layer + "mlp.fc_out", inner, width, true);
            x = parts.add(parts.add(seen, answer), x);
        }
        String hidden = parts.layerNorm(x, "ln_f", width, epsilon, true);
        return new Written(hidden, width, attention, Positions.FROM_ZERO, config.size("n_positions", 2048));
    }
}
