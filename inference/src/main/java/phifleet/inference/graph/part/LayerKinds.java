package phifleet.inference.graph.part;

import java.util.List;
import phifleet.inference.model.ModelException;

/** {@code layer_types} of a config.json. */
public final class LayerKinds {
    private LayerKinds() {}

    /** Whether a layer looks at the whole text and not at a window. */
    public static boolean isWide(Config config, List<String> kinds, int layer) throws ModelException {
        String kind = layer < kinds.size() ? kinds.get(layer) : "missing for layer " + layer;
        return switch (kind) {
            case "full_attention" -> true;
            case "sliding_attention" -> false;
            default -> throw config.refused("layer_types has " + kind + ", which is not supported");
        };
    }
}
