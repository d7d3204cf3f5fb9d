package phifleet.inference.graph.decoder;

import java.util.List;
import phifleet.inference.graph.family.Family;
import phifleet.inference.graph.part.Attention;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.model.ModelException;

/** OPT (Zhang et al., 2022): a decoder with a table of places, that normalises before each part or behind it, and whose words may be narrower. */
public record Opt() implements Family {
    private static final String LANDMARK = "decoder.embed_positions.weight";

    /** Its table of places begins with two rows that no place has. */
    private static final int OFFSET = 2;

    private static final double EPSILON = 1e-5;

    @Override
    public String landmark() {
        return LANDMARK;
    }

    @Override
    public List<String> stacks() {
        return List.of("decoder.");
    }

    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        config.mustBe("is_causal", "true");
        config.mustBe("layer_norm_elementwise_affine", "true");
        int width = config.size("hidden_size");
        int narrow = config.size("word_embed_proj_dim", width);
        int heads = config.size("num_attention_heads");
        int head = config.head(width, heads);
        int places = config.size("max_position_embeddings", 2048);
        boolean before = config.flag("do_layer_norm_before", true);
        boolean bias = config.flag("enable_bias", true);
        Attention attention = new Attention(parts.graph(), heads, heads, head, 1 / Math.sqrt(head));
        String x = parts.words("decoder.embed_tokens.weight", config.size("vocab_size"), narrow);
        if (narrow != width) {
            x = parts.linear(x, "decoder.project_in", narrow, width, false);
        }
        x = parts.add(x, parts.places(LANDMARK, places + OFFSET, width, OFFSET));
        for (int i = 0; i < config.size("num_hidden_layers"); i++) {
            x = layer(parts, x, "decoder.layers." + i + ".", width, attention, before, bias);
        }
        if (before && !config.flag("_remove_final_layer_norm", false)) {
            x = parts.layerNorm(x, "decoder.final_layer_norm", width, EPSILON, true);
        }
        if (narrow != width) {
            x = parts.linear(x, "decoder.project_out", width, narrow, false);
        }
        return new Written(x, narrow, attention, Positions.FROM_ZERO, places);
    }

    private static String layer(
            Parts parts, String x, String layer, int width, Attention attention, boolean before, boolean bias)
            throws ModelException {
        int inner = parts.config().size("ffn_dim");
        String self = layer + "self_attn.";
        String norm = layer + "self_attn_layer_norm";
        String input = before ? parts.layerNorm(x, norm, width, EPSILON, true) : x;
        String attended = attention.of(
                parts.linear(input, self + "q_proj", width, width, bias),
                parts.linear(input, self + "k_proj", width, width, bias),
                parts.linear(input, self + "v_proj", width, width, bias),
                Mask.causal());
        String answer = parts.linear(attended, self + "out_proj", width, width, bias);
        String seen = before ? parts.add(x, answer) : parts.addNorm(x, answer, norm, width, EPSILON);
        norm = layer + "final_layer_norm";
        input = before ? parts.layerNorm(seen, norm, width, EPSILON, true) : seen;
        String bent = parts.activation(
                parts.linear(input, layer + "fc1", width, inner, bias),
                parts.config().text("activation_function", "relu"));
        answer = parts.linear(bent, layer + "fc2", inner, width, bias);
        return before ? parts.add(seen, answer) : parts.addNorm(seen, answer, norm, width, EPSILON);
    }
}
