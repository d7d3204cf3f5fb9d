package phifleet.inference.graph.decoder;

import java.util.List;
import phifleet.inference.graph.family.Family;

/** A family whose tensors have the names that GPT-2 gave them, and whose code takes the types of tokens for words. */
interface GptFamily extends Family {
    @Override
    default String landmark() {
        return "wte.weight";
    }

    @Override
    default List<String> stacks() {
        return List.of("wte.", "wpe.", "h.", "ln_f.");
    }

    @Override
    default boolean takesTypesForWords() {
        return true;
    }
}
