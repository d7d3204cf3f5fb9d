package phifleet.worker.http.oip;

import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.TensorSet;

/**
 * A request that fits its model's signature.
 *
 * @param id the caller's own name for it, which the answer repeats; null for none
 * @param outputs those wanted, in the order of the answer
 */
record InferRequest(@Nullable String id, TensorSet inputs, List<Wanted> outputs) {
    InferRequest {
        outputs = List.copyOf(outputs);
    }

    /**
     * One output.
     *
     * @param binary whether its elements follow the JSON as bytes
     * @param classes how many of the greatest values to name in place of all; 0 for the tensor itself
     */
    record Wanted(String name, boolean binary, int classes) {}
}
