package phifleet.inference.graph.encoder;

import java.util.List;
import phifleet.inference.graph.family.Family;
import phifleet.inference.graph.part.Attention;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.model.ModelException;

/** ELECTRA (Clark et al., 2020): BERT whose embeddings may be narrower than its layers. */
public record Electra() implements Family {
    @Override
    public List<String> stacks() {
        return List.of("embeddings.", "embeddings_project.", "encoder.");
    }

    @Override
    public Written write(Parts parts) throws ModelException {
        EncoderLayer.Sizes sizes = Bert.sizes(parts.config());
        int narrow = parts.config().size("embedding_size", 128);
        String x = Bert.embeddings(parts, narrow, sizes.epsilon());
        if (narrow != sizes.width()) {
            x = parts.linear(x, "embeddings_project", narrow, sizes.width(), true);
        }
        Attention attention = sizes.attention(parts);
        String hidden = EncoderLayer.BERT.stack(parts, x, "encoder.layer", sizes, attention, Mask.everything());
        int places = parts.config().size("max_position_embeddings");
        return new Written(hidden, sizes.width(), attention, Positions.FROM_ZERO, places);
    }
}
