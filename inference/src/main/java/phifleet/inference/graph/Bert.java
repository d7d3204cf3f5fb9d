package phifleet.inference.graph;

import org.jspecify.annotations.Nullable;
import phifleet.inference.model.ModelException;

/**
 * BERT (Devlin et al., 2018), and RoBERTa (Liu et al., 2019) with XLM-R and CamemBERT, whose places count from behind the
 * padding's.
 *
 * @param positions null where they count from behind {@code pad_token_id}
 */
record Bert(@Nullable Positions positions) implements Family {
    @Override
    public Written write(Parts parts) throws ModelException {
        EncoderLayer.Sizes sizes = sizes(parts.config());
        Positions places = positions == null ? new Positions(parts.config().id("pad_token_id", 1)) : positions;
        String x = embeddings(parts, sizes.width(), sizes.epsilon());
        Attention attention = sizes.attention(parts);
        String hidden = EncoderLayer.BERT.stack(parts, x, "encoder.layer", sizes, attention, Mask.everything());
        int table = parts.config().size("max_position_embeddings");
        return new Written(hidden, sizes.width(), attention, places, places.room(table));
    }

    static EncoderLayer.Sizes sizes(Config config) throws ModelException {
        return sizes(config, "gelu");
    }

    static EncoderLayer.Sizes sizes(Config config, String activation) throws ModelException {
        return sizes(config, activation, 1e-12);
    }

    /** By the names that BERT's kin share, with what a family takes where config.json does not say. */
    static EncoderLayer.Sizes sizes(Config config, String activation, double epsilon) throws ModelException {
        config.mustBe("position_embedding_type", "absolute");
        config.mustBeAbsent("is_decoder");
        config.mustBeAbsent("add_cross_attention");
        return new EncoderLayer.Sizes(
                config.size("num_hidden_layers"),
                config.size("hidden_size"),
                config.size("intermediate_size"),
                config.size("num_attention_heads"),
                config.text("hidden_act", activation),
                config.number("layer_norm_eps", epsilon));
    }

    /** Words, places and segments. */
    static String embeddings(Parts parts, int width, double epsilon) throws ModelException {
        Config config = parts.config();
        String words = parts.words("embeddings.word_embeddings.weight", config.size("vocab_size"), width);
        String places =
                parts.places("embeddings.position_embeddings.weight", config.size("max_position_embeddings"), width);
        String segment = parts.segments(config.size("type_vocab_size", 2), width);
        return parts.layerNorm(
                parts.add(parts.add(words, segment), places), "embeddings.LayerNorm", width, epsilon, true);
    }
}
