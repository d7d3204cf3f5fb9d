package phifleet.inference.graph.encoder;

import java.util.List;
import phifleet.inference.graph.family.Family;
import phifleet.inference.graph.part.Alibi;
import phifleet.inference.graph.part.Attention;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.model.ModelException;

/**
 * JinaBERT (Günther et al., 2023): BERT without places, whose scores fall with the distance (Press et al., 2022: ALiBi), and with
 * gated linear layers. Of its two implementations the later one, known by its tensors, also normalises queries and keys.
 */
public record JinaBert() implements Family {
    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        config.mustBe("position_embedding_type", "alibi");
        config.mustBeAbsent("is_decoder");
        config.mustBeAbsent("add_cross_attention");
        EncoderLayer.Sizes sizes = new EncoderLayer.Sizes(
                config.size("num_hidden_layers"),
                config.size("hidden_size"),
                config.size("intermediate_size"),
                config.size("num_attention_heads"),
                gate(config),
                config.number("layer_norm_eps", 1e-12));
        int width = sizes.width();
        String words = parts.words("embeddings.word_embeddings.weight", config.size("vocab_size"), width);
        String segment = parts.segments(config.size("type_vocab_size", 2), width);
        String x = parts.layerNorm(parts.add(words, segment), "embeddings.LayerNorm", width, sizes.epsilon(), true);
        Attention attention = sizes.attention(parts);
        Mask mask = Alibi.bias(parts, sizes.heads());
        boolean later = parts.weights().has("encoder.layer.0.layer_norm_1.weight");
        for (int i = 0; i < sizes.layers(); i++) {
            x = layer(parts, x, "encoder.layer." + i + ".", sizes, attention, mask, later);
        }
        return new Written(x, width, attention, Positions.FROM_ZERO, config.size("max_position_embeddings"));
    }

    private static String gate(Config config) throws ModelException {
        String type = config.text("feed_forward_type", "original");
        return switch (type) {
            case "geglu" -> "gelu";
            case "reglu" -> "relu";
            default -> throw config.refused("feed_forward_type " + type + " is not supported; geglu and reglu are");
        };
    }

    private static String layer(
            Parts parts,
            String x,
            String layer,
            EncoderLayer.Sizes sizes,
            Attention attention,
            Mask mask,
            boolean later)
            throws ModelException {
        int width = sizes.width();
        double epsilon = sizes.epsilon();
        String self = layer + "attention.self.";
        String query = parts.linear(x, self + "query", width, width, true);
        String key = parts.linear(x, self + "key", width, width, true);
        if (later) {
            query = parts.layerNorm(query, self + "layer_norm_q", width, epsilon, true);
            key = parts.layerNorm(key, self + "layer_norm_k", width, epsilon, true);
        }
        String attended = attention.of(query, key, parts.linear(x, self + "value", width, width, true), mask);
        String output = parts.linear(attended, layer + "attention.output.dense", width, width, true);
        String norm = layer + (later ? "layer_norm_1" : "attention.output.LayerNorm");
        String seen = parts.addNorm(x, output, norm, width, epsilon);
        String inner = layer + (later ? "mlp.up_gated_layer" : "mlp.gated_layers");
        List<String> halves = parts.halves(parts.linear(seen, inner, width, 2L * sizes.inner(), false));
        String gate = parts.activation(halves.get(later ? 1 : 0), sizes.activation());
        String bent = parts.multiply(gate, halves.get(later ? 0 : 1));
        output = parts.linear(bent, layer + (later ? "mlp.down_layer" : "mlp.wo"), sizes.inner(), width, true);
        return parts.addNorm(seen, output, layer + (later ? "layer_norm_2" : "mlp.layernorm"), width, epsilon);
    }
}
