package phifleet.inference.graph.encoder;

import phifleet.inference.graph.family.Family;
import phifleet.inference.graph.part.Attention;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.model.ModelException;

/** RemBERT (Chung et al., 2021): BERT with embeddings that are narrower than its layers. */
public record RemBert() implements Family {
    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        EncoderLayer.Sizes sizes = Bert.sizes(config);
        int narrow = config.size("input_embedding_size", 256);
        String x = parts.linear(
                Bert.embeddings(parts, narrow, sizes.epsilon()),
                "encoder.embedding_hidden_mapping_in",
                narrow,
                sizes.width(),
                true);
        Attention attention = sizes.attention(parts);
        String hidden = EncoderLayer.BERT.stack(parts, x, "encoder.layer", sizes, attention, Mask.everything());
        int places = config.size("max_position_embeddings", 512);
        return new Written(hidden, sizes.width(), attention, Positions.FROM_ZERO, places);
    }
}
