package phifleet.inference.graph.decoder;

import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Rope;
import phifleet.inference.graph.part.RopeForm;
import phifleet.inference.graph.part.RopeScaling;
import phifleet.inference.model.ModelException;

/**
 * Phi-3 and Phi-4 (Abdin et al., 2024): Llama with one matrix for queries, keys and values, maybe a window in each layer, and angles of
 * which some may be left out.
 */
public record Phi3() implements DecoderFamily {
    private static final String SHARE = "partial_rotary_factor";

    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        config.mustBe("is_causal", "true");
        config.mustBeAbsent("use_bidirectional_attention");
        config.mustBeAbsent("layer_types");
        DecoderLayer.Sizes sizes = DecoderLayer.Sizes.read(config, 0, 1e-5, 4096);
        Rope rope = rope(config, sizes.head());
        Mask mask = config.has("sliding_window") ? Mask.back(config.size("sliding_window")) : Mask.causal();
        return new DecoderLayer(false, false, false, false, true, 1).write(parts, sizes, rope, layer -> mask);
    }

    /** Its code knows one way to scale them, under the names that this had in its files. */
    private static Rope rope(Config config, int head) throws ModelException {
        RopeForm form = RopeForm.of(config);
        Config scaling = form.own();
        double share = form.share(SHARE, 1);
        double base = form.base("rope_theta", 10_000);
        int turned = Rope.turned(config, head, SHARE, share);
        String type = RopeForm.type(scaling);
        return switch (type) {
            case "default" -> new Rope(base, new RopeScaling.Linear(1), share);
            case "su", "yarn", "longrope" -> new Rope(base, RopeScaling.longRope(scaling, config, turned), share);
            default ->
                throw scaling.refused("rope_type " + type + " is not supported for phi3; default and longrope are");
        };
    }
}
