package phifleet.inference.graph.encoder;

import java.util.List;
import phifleet.inference.graph.family.Family;
import phifleet.inference.graph.part.Attention;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.model.ModelException;

/** DistilBERT (Sanh et al., 2019): BERT with half its layers and without segments, under names of its own. */
public record DistilBert() implements Family {
    private static final EncoderLayer LAYER = new EncoderLayer(
            "attention.q_lin",
            "attention.k_lin",
            "attention.v_lin",
            "attention.out_lin",
            "sa_layer_norm",
            "ffn.lin1",
            "ffn.lin2",
            "output_layer_norm");

    /** Its code's; config.json has none. */
    private static final double EPSILON = 1e-12;

    @Override
    public List<String> stacks() {
        return List.of("embeddings.", "transformer.");
    }

    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        EncoderLayer.Sizes sizes = new EncoderLayer.Sizes(
                config.size("n_layers"),
                config.size("dim"),
                config.size("hidden_dim"),
                config.size("n_heads"),
                config.text("activation", "gelu"),
                EPSILON);
        int width = sizes.width();
        int places = config.size("max_position_embeddings");
        String x = parts.layerNorm(
                parts.add(
                        parts.words("embeddings.word_embeddings.weight", config.size("vocab_size"), width),
                        parts.places("embeddings.position_embeddings.weight", places, width)),
                "embeddings.LayerNorm",
                width,
                EPSILON,
                true);
        Attention attention = sizes.attention(parts);
        String hidden = LAYER.stack(parts, x, "transformer.layer", sizes, attention, Mask.everything());
        return new Written(hidden, width, attention, Positions.FROM_ZERO, places);
    }
}
