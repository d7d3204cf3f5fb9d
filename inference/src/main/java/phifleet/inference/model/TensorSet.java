package phifleet.inference.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tensors by name that go through a model together, or come out of it.
 *
 * @param tensors in the order in which they were given
 */
public record TensorSet(Map<String, Tensor> tensors) {
    public TensorSet {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    public @Nullable Tensor get(String name) {
        return tensors.get(name);
    }

    /** {@link Tensor#release} for all. */
    public void release() {
        tensors.values().forEach(Tensor::release);
    }

    /** Elements of all tensors. */
    public long elements() {
        return tensors.values().stream().mapToLong(Tensor::size).sum();
    }
}
