package phifleet.inference.graph.encoder;

import org.jspecify.annotations.Nullable;
import phifleet.inference.graph.family.Family;
import phifleet.inference.graph.part.Attention;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.model.ModelException;

/**
 * BERT (Devlin et al., 2018) with ERNIE, and RoBERTa (Liu et al., 2019) with XLM-R and CamemBERT, whose places count from behind the
 * padding's.
 *
 * @param positions null where they count from behind {@code pad_token_id}
 */
public record Bert(@Nullable Positions positions) implements Family {
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

    /** Words, places and segments, normalised. */
    static String embeddings(Parts parts, int width, double epsilon) throws ModelException {
        return parts.layerNorm(plainEmbeddings(parts, width), "embeddings.LayerNorm", width, epsilon, true);
    }

    /** Words, places and segments as they are. */
    static String plainEmbeddings(Parts parts, int width) throws ModelException {
        Config config = parts.config();
        String words = parts.words("embeddings.word_embeddings.weight", config.size("vocab_size"), width);
        String places =
                parts.places("embeddings.position_embeddings.weight", config.size("max_position_embeddings"), width);
        String sum = parts.add(parts.add(words, parts.segments(config.size("type_vocab_size", 2), width)), places);
        // ERNIE's further table (Sun et al., 2020) has a row a task of its training, and texts are of the first.
        return config.flag("use_task_id", false)
                ? parts.add(
                        sum,
                        parts.weights()
                                .row(
                                        "embeddings.task_type_embeddings.weight",
                                        0,
                                        config.size("task_type_vocab_size", 3),
                                        width))
                : sum;
    }
}
