package phifleet.inference.graph.decoder;

import java.util.List;
import phifleet.inference.graph.family.Family;

/** A family of {@link DecoderLayer}s, whose tensors have the names that Llama gave them. */
interface DecoderFamily extends Family {
    @Override
    default String landmark() {
        return DecoderLayer.LANDMARK;
    }

    @Override
    default List<String> stacks() {
        return List.of("embed_tokens.", "layers.", "norm.");
    }
}
