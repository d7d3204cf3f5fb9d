package phifleet.inference.graph.decoder;

import java.util.List;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.LayerKinds;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Rope;
import phifleet.inference.model.ModelException;

/**
 * Qwen2 (Yang et al., 2024) and Qwen3 (2025): decoders whose tokens look back only; keys shared by heads, gated linear layers,
 * rotary places.
 *
 * @param third Qwen3, which normalises queries and keys head by head, and has no biases unless config.json says so
 */
public record Qwen(boolean third) implements DecoderFamily {
    private static final String WINDOW = "sliding_window";

    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        config.mustBe("is_causal", "true");
        config.mustBeAbsent("use_bidirectional_attention");
        DecoderLayer.Sizes sizes = DecoderLayer.Sizes.read(config, third ? 128 : 0, 1e-6, 32_768);
        Rope rope = Rope.read(config, 10_000);
        boolean bias = !third || config.flag("attention_bias", false);
        return new DecoderLayer(bias, third && bias, false, third)
                .write(parts, sizes, rope, layer -> mask(config, layer));
    }

    /** Since transformers 4.53 each layer's kind is listed; before, those from {@code max_window_layers} on have the window. */
    private static Mask mask(Config config, int layer) throws ModelException {
        List<String> kinds = config.texts("layer_types");
        boolean window = kinds.isEmpty()
                ? config.flag("use_sliding_window", false) && layer >= config.id("max_window_layers", 28)
                : !LayerKinds.isWide(config, kinds, layer);
        return window && !config.isNull(WINDOW) ? Mask.back(config.size(WINDOW, 4096)) : Mask.causal();
    }
}
