package phifleet.inference.graph.encoder;

import phifleet.inference.graph.family.Family;
import phifleet.inference.graph.part.Attention;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.model.ModelException;

/**
 * BigBird (Zaheer et al., 2020) where all tokens see all: as {@code attention_type} says, or because texts are so short that its code
 * does so whatever that says. Which blocks longer texts see is drawn by chance, so that they have no one vector.
 */
public record BigBird() implements Family {
    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        config.mustBeAbsent("rescale_embeddings");
        config.mustBe("use_bias", "true");
        EncoderLayer.Sizes sizes = Bert.sizes(config, "gelu_new");
        String x = Bert.embeddings(parts, sizes.width(), sizes.epsilon());
        Attention attention = sizes.attention(parts);
        String hidden = EncoderLayer.BERT.stack(parts, x, "encoder.layer", sizes, attention, Mask.everything());
        int places = config.size("max_position_embeddings", 4096);
        int most = whole(config, places);
        if (parts.mostTokens() > most) {
            throw config.refused("attention_type block_sparse sees all of a text up to " + most + " tokens only, and "
                    + parts.mostTokens() + " are asked for; set max-tokens: " + most);
        }
        return new Written(hidden, sizes.width(), attention, Positions.FROM_ZERO, most);
    }

    private static int whole(Config config, int places) throws ModelException {
        return config.text("attention_type", "block_sparse").equals("original_full")
                ? places
                : Math.min(places, (5 + 2 * config.size("num_random_blocks", 3)) * config.size("block_size", 64));
    }
}
