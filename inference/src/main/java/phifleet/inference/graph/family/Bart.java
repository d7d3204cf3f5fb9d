package phifleet.inference.graph.family;

import java.util.List;
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
record Bart() implements Family {
    private static final String LANDMARK = "encoder.embed_positions.weight";

    /** Its tables of places begin with two rows that no place has. */
    private static final int OFFSET = 2;

    private static final double EPSILON = 1e-5;

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
        int width = config.size("d_model");
        int heads = config.size("encoder_attention_heads", 16);
        if (config.size("decoder_attention_heads", 16) != heads) {
            throw config.refused("decoder_attention_heads and encoder_attention_heads must be the same");
        }
        int places = config.size("max_position_embeddings", 1024);
        int head = config.head(width, heads);
        Attention attention = new Attention(parts.graph(), heads, heads, head, 1 / Math.sqrt(head));
        Stack encoder = new Stack(parts, "encoder.", attention, width, config.size("encoder_ffn_dim", 4096));
        Stack decoder = new Stack(parts, "decoder.", attention, width, config.size("decoder_ffn_dim", 4096));
        int vocabulary = config.size("vocab_size");
        String table = table(parts.weights());
        String words = parts.words(table, vocabulary, width);
        String start = parts.weights().row(table, config.id("decoder_start_token_id", 2), vocabulary, width);
        String x = encoder.embeddings(words, places);
        for (int i = 0; i < config.size("encoder_layers", 12); i++) {
            String layer = "encoder.layers." + i + ".";
            x = encoder.attended(x, x, layer + "self_attn", Mask.everything());
            x = encoder.bent(x, layer);
        }
        String y = decoder.embeddings(parts.behind(words, start), places);
        for (int i = 0; i < config.size("decoder_layers", 12); i++) {
            String layer = "decoder.layers." + i + ".";
            y = decoder.attended(y, y, layer + "self_attn", Mask.causal());
            y = decoder.attended(y, x, layer + "encoder_attn", Mask.everything());
            y = decoder.bent(y, layer);
        }
        return new Written(y, width, attention, Positions.FROM_ZERO, places);
    }

    /** The one table of words, under any of the names that it is kept by. */
    private static String table(Weights weights) {
        return List.of("shared.weight", "encoder.embed_tokens.weight").stream()
                .filter(weights::has)
                .findFirst()
                .orElse("decoder.embed_tokens.weight");
    }

    private record Stack(Parts parts, String name, Attention attention, int width, int inner) {
        String embeddings(String words, int places) throws ModelException {
            boolean scaled = parts.config().flag("scale_embedding", false);
            String x = scaled ? parts.multiply(words, parts.graph().scalar((float) Math.sqrt(width))) : words;
            String table = name + "embed_positions.weight";
            return parts.layerNorm(
                    parts.add(x, parts.places(table, places + OFFSET, width, OFFSET)),
                    name + "layernorm_embedding",
                    width,
                    EPSILON,
                    true);
        }

        /** @param seen what is looked at */
        String attended(String x, String seen, String layer, Mask mask) throws ModelException {
            String answer = attention.of(
                    parts.linear(x, layer + ".q_proj", width, width, true),
                    parts.linear(seen, layer + ".k_proj", width, width, true),
                    parts.linear(seen, layer + ".v_proj", width, width, true),
                    mask);
            answer = parts.linear(answer, layer + ".out_proj", width, width, true);
            return parts.addNorm(x, answer, layer + "_layer_norm", width, EPSILON);
        }

        String bent(String x, String layer) throws ModelException {
            String activation = parts.config().text("activation_function", "gelu");
            String bent = parts.activation(parts.linear(x, layer + "fc1", width, inner, true), activation);
            String answer = parts.linear(bent, layer + "fc2", inner, width, true);
            return parts.addNorm(x, answer, layer + "final_layer_norm", width, EPSILON);
        }
    }
}
