package phifleet.inference.graph.encoder;

import phifleet.inference.graph.family.Family;
import phifleet.inference.graph.part.Attention;
import phifleet.inference.graph.part.Buckets;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.model.ModelException;

/** MPNet (Song et al., 2020): RoBERTa without segments, with T5's biases, one table for all layers. */
public record MpNet() implements Family {
    private static final EncoderLayer LAYER = new EncoderLayer(
            "attention.attn.q",
            "attention.attn.k",
            "attention.attn.v",
            "attention.attn.o",
            "attention.LayerNorm",
            "intermediate.dense",
            "output.dense",
            "output.LayerNorm");

    /** Its code's, whatever relative_attention_num_buckets says. */
    private static final Buckets BUCKETS = new Buckets(32, 128);

    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        EncoderLayer.Sizes sizes = Bert.sizes(config);
        int width = sizes.width();
        int places = config.size("max_position_embeddings");
        String x = parts.layerNorm(
                parts.add(
                        parts.words("embeddings.word_embeddings.weight", config.size("vocab_size"), width),
                        parts.places("embeddings.position_embeddings.weight", places, width)),
                "embeddings.LayerNorm",
                width,
                sizes.epsilon(),
                true);
        Attention attention = sizes.attention(parts);
        Mask mask = BUCKETS.bias(parts, "encoder.relative_attention_bias.weight", sizes.heads());
        String hidden = LAYER.stack(parts, x, "encoder.layer", sizes, attention, mask);
        // Its code counts from 2, whatever pad_token_id says.
        Positions positions = new Positions(1);
        return new Written(hidden, width, attention, positions, positions.room(places));
    }
}
