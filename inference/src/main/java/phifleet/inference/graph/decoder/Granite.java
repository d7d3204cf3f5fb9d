package phifleet.inference.graph.decoder;

import phifleet.inference.graph.part.Attention;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Rope;
import phifleet.inference.model.ModelException;

/** Granite (IBM, 2024): Llama with numbers by which words, scores and each part's answers are multiplied. */
public record Granite() implements DecoderFamily {
    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        config.mustBe("is_causal", "true");
        config.mustBeAbsent("use_bidirectional_attention");
        config.mustBeAbsent("layer_types");
        DecoderLayer.Sizes sizes = DecoderLayer.Sizes.read(config, 0, 1e-6, 2048);
        Rope rope = Rope.read(config, 10_000);
        boolean bias = config.flag("attention_bias", false);
        double scale = config.number("attention_multiplier", 1);
        if (!(scale > 0)) {
            throw config.refused("attention_multiplier is " + scale + " and must be over 0");
        }
        double residual = config.number("residual_multiplier", 1);
        Attention attention = new Attention(parts.graph(), sizes.heads(), sizes.keyHeads(), sizes.head(), scale);
        String words =
                parts.multiply(DecoderLayer.words(parts, sizes), parts.graph().scalar((float)
                        config.number("embedding_multiplier", 1)));
        return new DecoderLayer(bias, bias, config.flag("mlp_bias", false), false, false, residual)
                .write(parts, words, sizes, attention, layer -> rope, layer -> Mask.causal(), sizes.mostTokens());
    }
}
