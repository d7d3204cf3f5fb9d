package phifleet.inference.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The tensors that a model takes and gives.
 *
 * @param inputs in the model's order
 * @param outputs in the model's order
 */
public record Signature(List<Value> inputs, List<Value> outputs) {

    /**
     * An input or an output.
     *
     * @param shape sizes of the axes; −1 where any size will do
     */
    public record Value(String name, ElementType type, List<Long> shape) {
        public Value {
            shape = List.copyOf(shape);
        }

        /** Whether a tensor of this shape fits. */
        public boolean accepts(List<Long> found) {
            if (found.size() != shape.size()) {
                return false;
            }
            for (int i = 0; i < found.size(); i++) {
                if (shape.get(i) >= 0 && !shape.get(i).equals(found.get(i))) {
                    return false;
                }
            }
            return true;
        }

        /** Whether it says by ones what of another input counts, as its name has it. */
        public boolean isMask() {
            return switch (type) {
                case BOOL, INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64, UINT64 ->
                    name.toLowerCase(Locale.ROOT).contains("mask");
                case FP16, BF16, FP32, FP64, STRING -> false;
            };
        }

        /** Whether the size of the first axis is free. */
        public boolean isOpen() {
            return !shape.isEmpty() && shape.getFirst() < 0;
        }
    }

    public Signature {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    public Optional<Value> input(String name) {
        return find(name, inputs);
    }

    public Optional<Value> output(String name) {
        return find(name, outputs);
    }

    private static Optional<Value> find(String name, List<Value> values) {
        return values.stream().filter(value -> value.name().equals(name)).findFirst();
    }
}
