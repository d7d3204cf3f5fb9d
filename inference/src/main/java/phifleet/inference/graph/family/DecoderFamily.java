package phifleet.inference.graph.family;

import java.util.List;

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
