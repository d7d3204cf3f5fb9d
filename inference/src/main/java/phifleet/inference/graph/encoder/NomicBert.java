package phifleet.inference.graph.encoder;

import java.util.List;
import phifleet.inference.graph.family.Family;
import phifleet.inference.graph.part.Attention;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.Experts;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.graph.part.Rope;
import phifleet.inference.model.ModelException;

/**
 * NomicBERT (Nussbaum et al., 2024): BERT with rotary places and gated linear layers, of one matrix for queries, keys and values; in its
 * second version with experts in some layers.
 */
public record NomicBert() implements Family {
    @Override
    public List<String> stacks() {
        return List.of("embeddings.", "emb_ln.", "encoder.");
    }

    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        // transformers has the model itself since release 5, by names of its own, gated and without biases.
        boolean later = !config.has("n_embd") && config.has("hidden_size");
        if (!later) {
            onlyWhatIsBuilt(config);
        }
        int width = config.size(later ? "hidden_size" : "n_embd");
        int heads = config.size(later ? "num_attention_heads" : "n_head");
        int head = width / heads;
        if (config.size("head_dim", head) != head) {
            throw config.refused("head_dim is " + config.size("head_dim") + "; only " + head + " is supported");
        }
        double epsilon = later ? config.number("layer_norm_eps", 1e-12) : config.number("layer_norm_epsilon", 1e-5);
        boolean bias = !later && config.flag("qkv_proj_bias", true);
        Rope rope = later ? Rope.read(config, 1000) : new Rope(config.number("rotary_emb_base", 10_000), 1);
        Attention attention = new Attention(parts.graph(), heads, heads, head, 1 / Math.sqrt(head));
        String x = parts.layerNorm(embeddings(parts, width), "emb_ln", width, epsilon, true);
        for (int i = 0; i < config.size(later ? "num_hidden_layers" : "n_layer"); i++) {
            String layer = "encoder.layers." + i + ".";
            List<String> qkv = parts.thirds(parts.linear(x, layer + "attn.Wqkv", width, 3L * width, bias));
            String attended = attention.of(
                    parts.rotate(qkv.get(0), heads, head, rope),
                    parts.rotate(qkv.get(1), heads, head, rope),
                    qkv.get(2),
                    Mask.everything());
            String output = parts.linear(attended, layer + "attn.out_proj", width, width, bias);
            x = parts.addNorm(x, output, layer + "norm1", width, epsilon);
            String bent = later ? gated(parts, x, layer + "mlp.", width) : bent(parts, x, layer + "mlp.", width, i);
            x = parts.addNorm(x, bent, layer + "norm2", width, epsilon);
        }
        int most = later ? config.size("max_position_embeddings", 2048) : room(config);
        return new Written(x, width, attention, Positions.FROM_ZERO, most);
    }

    private static String gated(Parts parts, String x, String layer, int width) throws ModelException {
        Config config = parts.config();
        int inner = config.size("intermediate_size");
        String gate = parts.activation(
                parts.linear(x, layer + "fc12", width, inner, false), config.text("hidden_act", "silu"));
        String bent = parts.multiply(parts.linear(x, layer + "fc11", width, inner, false), gate);
        return parts.linear(bent, layer + "fc2", inner, width, false);
    }

    private static String embeddings(Parts parts, int width) throws ModelException {
        Config config = parts.config();
        String words = "embeddings.word_embeddings.weight";
        int multiple = config.size("pad_vocab_size_multiple", 1);
        int rows = (config.size("vocab_size") + multiple - 1) / multiple * multiple;
        String x = parts.words(words, rows, width);
        int types = config.id("type_vocab_size", 2);
        return types == 0 ? x : parts.add(x, parts.segments(types, width));
    }

    private static String bent(Parts parts, String x, String layer, int width, int index) throws ModelException {
        Config config = parts.config();
        String activation = config.text("activation_function", "gelu");
        int every = config.id("moe_every_n_layers", 0);
        if (config.id("num_experts", 0) > 0 && every > 0 && index % every == 1) {
            return experts(config, activation, width).of(parts, x, layer, width);
        }
        boolean innerBias = config.flag("mlp_fc1_bias", true);
        boolean outerBias = config.flag("mlp_fc2_bias", true);
        int inner = config.size("n_inner", 4 * width);
        String bent;
        if (activation.endsWith("glu")) {
            // Its code makes gated layers a multiple of 256 wide.
            inner = (inner + 255) / 256 * 256;
            String gate = parts.linear(x, layer + "fc12", width, inner, innerBias);
            bent = parts.multiply(
                    parts.linear(x, layer + "fc11", width, inner, innerBias),
                    switch (activation) {
                        case "swiglu" -> parts.activation(gate, "silu");
                        case "geglu" -> parts.activation(gate, "gelu");
                        default -> parts.activation(gate, activation.equals("glu") ? "sigmoid" : activation);
                    });
        } else {
            bent = parts.activation(parts.linear(x, layer + "fc1", width, inner, innerBias), activation);
        }
        return parts.linear(bent, layer + "fc2", inner, width, outerBias);
    }

    private static Experts experts(Config config, String activation, int width) throws ModelException {
        int all = config.size("num_experts");
        int chosen = config.size("moe_top_k");
        if (chosen > all || activation.endsWith("glu")) {
            throw config.refused("moe_top_k is " + chosen + " of num_experts " + all + " with activation_function "
                    + activation + "; at most all, without gates, are supported");
        }
        return new Experts(all, chosen, config.size("n_inner", 4 * width), activation);
    }

    /** With a scaling factor the angles of longer texts would depend on the text's length. */
    private static int room(Config config) throws ModelException {
        return config.has("rotary_scaling_factor")
                ? config.size("max_trained_positions", 2048)
                : config.size("n_positions", 8192);
    }

    private static void onlyWhatIsBuilt(Config config) throws ModelException {
        for (String absent : List.of("prenorm", "rotary_emb_interleaved", "use_rms_norm", "parallel_block", "causal")) {
            config.mustBeAbsent(absent);
        }
        config.mustBeAbsent("rotary_emb_scale_base");
        config.mustBeAbsent("scale_attn_by_inverse_layer_idx");
        if (config.number("rotary_emb_fraction", 0) != 1) {
            throw config.refused(
                    "rotary_emb_fraction is " + config.number("rotary_emb_fraction", 0) + "; only 1 is supported");
        }
        for (String absent : List.of("expert_choice_router", "moe_normalize_expert_weights")) {
            config.mustBeAbsent(absent);
        }
        config.mustBe("num_shared_experts", "0");
        config.mustBe("ffn_div", "1");
    }
}
