package phifleet.inference.engine.pytorch;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Signature;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorSet;

/**
 * Finds out what a program gives by running it: with one row and with two, and with other sizes where more than the first axis is free. A
 * size that is not the same in all runs is free.
 *
 * @param inputs whose free sizes are filled in
 */
record OutputProbe(List<Signature.Value> inputs, Run run) {
    /** Sizes tried for free axes but the first: small ones for speed, those of images for programs that take nothing smaller. */
    private static final List<Integer> SIZES = List.of(16, 64, 224, 640);

    /** What a program gives for an example. */
    @FunctionalInterface
    interface Run {
        Map<String, Tensor> of(TensorSet inputs) throws ModelException;
    }

    /**
     * The outputs, in the order in which the program gives them.
     *
     * @param said what is known of them from elsewhere; none for nothing
     * @throws ModelException if no example runs, or what it gives is not what is said
     */
    List<Signature.Value> outputs(List<Signature.Value> said) throws ModelException {
        List<Map<String, Tensor>> runs = new ArrayList<>();
        int size = first(runs);
        if (inputs.stream().anyMatch(Signature.Value::isOpen)) {
            another(2, size, runs);
        }
        if (hasFreeSizes()) {
            another(1, 2 * size, runs);
        }
        List<Signature.Value> found = common(runs);
        if (said.isEmpty()) {
            return found;
        }
        for (int i = 0; i < said.size(); i++) {
            requireSame(said.get(i), runs);
        }
        return said;
    }

    /** Runs the first example that does not fail, and says which size it had. */
    private int first(List<Map<String, Tensor>> runs) throws ModelException {
        List<Integer> sizes = hasFreeSizes() ? SIZES : SIZES.subList(0, 1);
        for (int size : sizes) {
            try {
                runs.add(run.of(example(1, size)));
                return size;
            } catch (ModelException e) {
                if (size == sizes.getLast()) {
                    throw new ModelException(
                            "an example of the inputs "
                                    + inputs.stream().map(OutputProbe::text).toList() + " cannot be run: "
                                    + e.getMessage(),
                            e);
                }
            }
        }
        throw new IllegalStateException("there are sizes to try");
    }

    /** What fails with other sizes tells nothing: what it was with the first ones is all that is known. */
    private void another(int rows, int size, List<Map<String, Tensor>> runs) {
        try {
            runs.add(run.of(example(rows, size)));
        } catch (ModelException e) {
            // Such as a program traced for one row.
        }
    }

    private static List<Signature.Value> common(List<Map<String, Tensor>> runs) throws ModelException {
        List<Signature.Value> outputs = new ArrayList<>();
        for (Map.Entry<String, Tensor> entry : runs.getFirst().entrySet()) {
            List<Long> shape = new ArrayList<>(entry.getValue().shape());
            for (Map<String, Tensor> other : runs) {
                @Nullable Tensor tensor = other.get(entry.getKey());
                if (tensor == null || tensor.shape().size() != shape.size()) {
                    throw new ModelException("output " + entry.getKey() + " has " + shape.size()
                            + " axes for one example, and is missing or of another rank for the next");
                }
                for (int i = 0; i < shape.size(); i++) {
                    if (!shape.get(i).equals(tensor.shape().get(i))) {
                        shape.set(i, -1L);
                    }
                }
            }
            outputs.add(new Signature.Value(entry.getKey(), entry.getValue().type(), shape));
        }
        return outputs;
    }

    private static void requireSame(Signature.Value said, List<Map<String, Tensor>> runs) throws ModelException {
        for (Map<String, Tensor> outputs : runs) {
            @Nullable Tensor found = outputs.get(said.name());
            if (found == null || found.type() != said.type() || !said.accepts(found.shape())) {
                throw new ModelException("models.yaml says that output " + text(said) + ", and forward gives "
                        + (found == null ? "none of that name" : found.toString()));
            }
        }
    }

    private boolean hasFreeSizes() {
        return inputs.stream().anyMatch(input -> input.shape().stream().skip(1).anyMatch(size -> size < 0));
    }

    private TensorSet example(int rows, int size) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Signature.Value input : inputs) {
            List<Long> shape = new ArrayList<>(input.shape());
            if (input.isOpen()) {
                shape.set(0, (long) rows);
            }
            shape.replaceAll(axis -> axis < 0 ? size : axis);
            tensors.put(input.name(), example(input.type(), shape));
        }
        return new TensorSet(tensors);
    }

    /** A half, or 1, which is an id of most tables. */
    private static Tensor example(ElementType type, List<Long> shape) {
        ByteBuffer data = Tensor.allocate(type, shape);
        while (data.hasRemaining()) {
            switch (type) {
                case FP32 -> data.putFloat(0.5f);
                case FP64 -> data.putDouble(0.5);
                case FP16 -> data.putShort(Float.floatToFloat16(0.5f));
                case INT32, UINT32 -> data.putInt(1);
                case INT64, UINT64 -> data.putLong(1);
                case INT16, UINT16, BF16 -> data.putShort((short) 1);
                case INT8, UINT8, BOOL -> data.put((byte) 1);
                case STRING -> throw new IllegalStateException("torch has no strings");
            }
        }
        return Tensor.of(type, shape, data.flip());
    }

    private static String text(Signature.Value value) {
        return value.name() + " is " + value.type() + " " + value.shape();
    }
}
