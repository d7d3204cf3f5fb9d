package phifleet.inference.graph.decoder;

import java.util.List;
import phifleet.inference.graph.part.Attention;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.LayerKinds;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Rope;
import phifleet.inference.model.ModelException;

/** SmolLM3 (Hugging Face, 2025): Llama with layers among the others whose tokens know nothing of their places (Yang et al., 2025). */
public record SmolLm3() implements DecoderFamily {
    private static final String WINDOW = "sliding_window";
    private static final String TURNING = "no_rope_layers";

    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        config.mustBe("is_causal", "true");
        config.mustBeAbsent("use_bidirectional_attention");
        DecoderLayer.Sizes sizes = DecoderLayer.Sizes.read(config, 0, 1e-6, 32_768);
        Rope rope = Rope.read(config, 2_000_000);
        boolean bias = config.flag("attention_bias", false);
        List<String> turning = config.texts(TURNING);
        if (!turning.isEmpty() && turning.size() < sizes.layers()) {
            throw config.refused(TURNING + " has " + turning.size() + " layers of " + sizes.layers());
        }
        int interval = config.size("no_rope_layer_interval", 4);
        Attention attention = new Attention(
                parts.graph(), sizes.heads(), sizes.keyHeads(), sizes.head(), 1 / Math.sqrt(sizes.head()));
        return new DecoderLayer(bias, bias, config.flag("mlp_bias", false), false)
                .write(
                        parts,
                        DecoderLayer.words(parts, sizes),
                        sizes,
                        attention,
                        layer -> turns(turning, interval, layer) ? rope : null,
                        layer -> mask(config, turns(turning, interval, layer), layer),
                        sizes.mostTokens());
    }

    /** The list has 1 where a layer turns, for all its name. */
    private static boolean turns(List<String> turning, int interval, int layer) {
        return turning.isEmpty()
                ? (layer + 1) % interval != 0
                : !turning.get(layer).equals("0") && !turning.get(layer).equals("false");
    }

    private static Mask mask(Config config, boolean turns, int layer) throws ModelException {
        List<String> kinds = config.texts("layer_types");
        boolean window = kinds.isEmpty()
                ? config.flag("use_sliding_window", false) && config.has(WINDOW) && !turns
                : !LayerKinds.isWide(config, kinds, layer);
        return window ? Mask.back(config.size(WINDOW)) : Mask.causal();
    }
}
