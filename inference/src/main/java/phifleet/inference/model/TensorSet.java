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

    /** The same elements in memory of its own, outside of the heap. */
    public TensorSet copy() {
        Map<String, Tensor> copies = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> copies.put(name, tensor.copy()));
        return new TensorSet(copies);
    }

    /** What the elements of all tensors take; a string takes its characters, two bytes each. */
    public long bytes() {
        return tensors.values().stream().mapToLong(Tensor::bytes).sum();
    }

    /** Elements of all tensors. */
    public long elements() {
        return tensors.values().stream().mapToLong(Tensor::size).sum();
    }
}
