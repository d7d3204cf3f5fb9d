package phifleet.inference.graph.encoder;

import java.util.List;
import phifleet.inference.graph.family.Family;
import phifleet.inference.graph.part.Attention;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.graph.part.Rope;
import phifleet.inference.model.ModelException;

/**
 * GTE's own encoder (Zhang et al., 2024: mGTE; {@code NewModel}): BERT with rotary places and gated linear layers.
 *
 * @param later as transformers has it since release 5, and not by the folder's own code
 */
public record Gte(boolean later) implements Family {
    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        config.mustBeAbsent("logn_attention_scale");
        config.mustBe("layer_norm_type", "layer_norm");
        int width = config.size("hidden_size");
        int inner = config.size("intermediate_size");
        int heads = config.size("num_attention_heads");
        int head = width / heads;
        int places = config.size("max_position_embeddings");
        double epsilon = config.number("layer_norm_eps", 1e-12);
        String activation = config.text("hidden_act", "gelu");
        boolean packed = config.flag("pack_qkv", true);
        boolean rotary = isRotary(config);
        Rope rope = rope(config, head);
        Attention attention = new Attention(parts.graph(), heads, heads, head, 1 / Math.sqrt(head));
        String x = embeddings(parts, width, rotary ? 0 : places, epsilon);
        for (int i = 0; i < config.size("num_hidden_layers"); i++) {
            String layer = "encoder.layer." + i + ".";
            List<String> qkv = packed
                    ? parts.thirds(parts.linear(x, layer + "attention.qkv_proj", width, 3L * width, true))
                    : List.of(
                            parts.linear(x, layer + "attention.q_proj", width, width, true),
                            parts.linear(x, layer + "attention.k_proj", width, width, true),
                            parts.linear(x, layer + "attention.v_proj", width, width, true));
            String attended = attention.of(
                    rotary ? parts.rotate(qkv.get(0), heads, head, rope) : qkv.get(0),
                    rotary ? parts.rotate(qkv.get(1), heads, head, rope) : qkv.get(1),
                    qkv.get(2),
                    Mask.everything());
            String output = parts.linear(attended, layer + "attention.o_proj", width, width, true);
            x = parts.addNorm(x, output, layer + "attn_ln", width, epsilon);
            List<String> gated = parts.halves(parts.linear(x, layer + "mlp.up_gate_proj", width, 2L * inner, false));
            String bent = parts.multiply(parts.activation(gated.get(1), activation), gated.get(0));
            output = parts.linear(bent, layer + "mlp.down_proj", inner, width, true);
            x = parts.addNorm(x, output, layer + "mlp_ln", width, epsilon);
        }
        return new Written(x, width, attention, Positions.FROM_ZERO, places);
    }

    /**
     * @param places rows of the table of places; 0 where there is none
     */
    private static String embeddings(Parts parts, int width, int places, double epsilon) throws ModelException {
        Config config = parts.config();
        String x = parts.words("embeddings.word_embeddings.weight", config.size("vocab_size"), width);
        int types = config.id("type_vocab_size", 1);
        if (types > 0) {
            x = parts.add(x, parts.segments(types, width));
        }
        if (places > 0) {
            x = parts.add(x, parts.places("embeddings.position_embeddings.weight", places, width));
        }
        return parts.layerNorm(x, "embeddings.LayerNorm", width, epsilon, true);
    }

    private static boolean isRotary(Config config) throws ModelException {
        String type = config.text("position_embedding_type", "rope");
        return switch (type) {
            case "rope" -> true;
            case "absolute" -> false;
            default ->
                throw config.refused("position_embedding_type " + type + " is not supported; rope and absolute are");
        };
    }

    /** Stretched by a factor f as its own code does: the base f times as large, places squeezed by f^(2/width). */
    private Rope rope(Config config, int head) throws ModelException {
        if (later) {
            return Rope.read(config, 160_000);
        }
        config.mustBeAbsent("rope_parameters");
        double base = config.number("rope_theta", 10_000);
        if (!config.has("rope_scaling")) {
            return new Rope(base, 1);
        }
        Config scaling = config.section("rope_scaling");
        scaling.mustBe("type", "ntk");
        scaling.mustBeAbsent("mixed_b");
        double factor = scaling.number("factor");
        return factor > 1 ? new Rope(base * factor, Math.pow(factor, 2.0 / head)) : new Rope(base, 1);
    }
}
