package phifleet.inference.graph.encoder;

import java.util.List;
import phifleet.inference.graph.family.Family;
import phifleet.inference.graph.part.Attention;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.graph.part.Weights;
import phifleet.inference.model.ModelException;

/**
 * BART (Lewis et al., 2020) as its code gives a text's vectors: those of its decoder, which reads the text one token behind its encoder and
 * looks at all of what that made of it.
 */
public record Bart() implements Family {
    private static final String LANDMARK = "encoder.embed_positions.weight";

    /** Its tables of places begin with two rows that no place has. */
    private static final int OFFSET = 2;

    private static final double EPSILON = 1e-5;

    private static final EncoderLayer SELF = layer("self_attn");

    /** How its decoder looks at what its encoder made. */
    private static final EncoderLayer CROSS = layer("encoder_attn");

    @Override
    public String landmark() {
        return LANDMARK;
    }

    @Override
    public List<String> stacks() {
        return List.of("encoder.", "decoder.", "shared.");
    }

    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        config.mustBe("is_causal", "true");
        EncoderLayer.Sizes encoder = sizes(config, "encoder");
        EncoderLayer.Sizes decoder = sizes(config, "decoder");
        if (decoder.heads() != encoder.heads()) {
            throw config.refused("decoder_attention_heads and encoder_attention_heads must be the same");
        }
        int width = encoder.width();
        int places = config.size("max_position_embeddings", 1024);
        Attention attention = encoder.attention(parts);
        int vocabulary = config.size("vocab_size");
        String table = table(parts.weights());
        String words = parts.words(table, vocabulary, width);
        String start = parts.weights().row(table, config.id("decoder_start_token_id", 2), vocabulary, width);
        String x = embeddings(parts, words, "encoder.", width, places);
        x = SELF.stack(parts, x, "encoder.layers", encoder, attention, Mask.everything());
        String y = embeddings(parts, parts.behind(words, start), "decoder.", width, places);
        for (int i = 0; i < decoder.layers(); i++) {
            String layer = "decoder.layers." + i + ".";
            y = SELF.attended(parts, y, y, layer, decoder, attention, Mask.causal());
            y = CROSS.attended(parts, y, x, layer, decoder, attention, Mask.everything());
            y = SELF.bent(parts, y, layer, decoder);
        }
        return new Written(y, width, attention, Positions.FROM_ZERO, places);
    }

    private static EncoderLayer layer(String attention) {
        return new EncoderLayer(
                attention + ".q_proj",
                attention + ".k_proj",
                attention + ".v_proj",
                attention + ".out_proj",
                attention + "_layer_norm",
                "fc1",
                "fc2",
                "final_layer_norm");
    }

    /** @param half encoder or decoder */
    private static EncoderLayer.Sizes sizes(Config config, String half) throws ModelException {
        return new EncoderLayer.Sizes(
                config.size(half + "_layers", 12),
                config.size("d_model"),
                config.size(half + "_ffn_dim", 4096),
                config.size(half + "_attention_heads", 16),
                config.text("activation_function", "gelu"),
                EPSILON);
    }

    /** The one table of words, under any of the names that it is kept by. */
    private static String table(Weights weights) {
        return List.of("shared.weight", "encoder.embed_tokens.weight").stream()
                .filter(weights::has)
                .findFirst()
                .orElse("decoder.embed_tokens.weight");
    }

    private static String embeddings(Parts parts, String words, String half, int width, int places)
            throws ModelException {
        boolean scaled = parts.config().flag("scale_embedding", false);
        String x = scaled ? parts.multiply(words, parts.graph().scalar((float) Math.sqrt(width))) : words;
        String table = half + "embed_positions.weight";
        return parts.layerNorm(
                parts.add(x, parts.places(table, places + OFFSET, width, OFFSET)),
                half + "layernorm_embedding",
                width,
                EPSILON,
                true);
    }
}
