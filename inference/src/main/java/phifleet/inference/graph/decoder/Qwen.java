package phifleet.inference.graph.decoder;

import java.util.List;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.LayerKinds;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Rope;
import phifleet.inference.model.ModelException;

/**
 * Qwen2 (Yang et al., 2024) and Qwen3 (2025): decoders with keys shared by heads, gated linear layers, rotary places; some that are used as
 * encoders look both ways.
 */
public enum Qwen implements DecoderFamily {
    SECOND,
    /** Normalises queries and keys head by head, and has no biases unless config.json says so. */
    THIRD,
    /** The second by the code in the folders of GTE-Qwen2 (Li et al., 2023), which looks both ways. */
    GTE;

    private static final String WINDOW = "sliding_window";

    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        AttentionDirection direction =
                this == GTE ? AttentionDirection.ofOwnCode(config) : AttentionDirection.read(config);
        config.mustBeAbsent("use_bidirectional_attention");
        boolean third = this == THIRD;
        DecoderLayer.Sizes sizes = DecoderLayer.Sizes.read(config, third ? 128 : 0, 1e-6, 32_768);
        Rope rope = Rope.read(config, 10_000);
        boolean bias = !third || config.flag("attention_bias", false);
        return new DecoderLayer(bias, third && bias, false, third)
                .write(parts, sizes, rope, layer -> mask(config, direction, layer));
    }

    /** Since transformers 4.53 each layer's kind is listed; before, those from {@code max_window_layers} on have the window. */
    private Mask mask(Config config, AttentionDirection direction, int layer) throws ModelException {
        List<String> kinds = config.texts("layer_types");
        boolean window = kinds.isEmpty()
                ? config.flag("use_sliding_window", false) && layer >= config.id("max_window_layers", 28)
                : !LayerKinds.isWide(config, kinds, layer);
        if (!window || config.isNull(WINDOW)) {
            return direction.wide();
        }
        if (this == GTE) {
            throw config.refused(
                    "layer " + layer + " has a window, which is not supported of a model whose code is its own;"
                            + " use_sliding_window must be false");
        }
        return direction.near(config.size(WINDOW, 4096));
    }
}
