package phifleet.inference.engine.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Tensor;

/** Tensors from and to torch's memory, of the types that both it and DJL have. */
final class TorchTensors {
    private static final Map<ElementType, DataType> TYPES = Map.of(
            ElementType.FP32, DataType.FLOAT32,
            ElementType.FP64, DataType.FLOAT64,
            ElementType.FP16, DataType.FLOAT16,
            ElementType.UINT8, DataType.UINT8,
            ElementType.INT8, DataType.INT8,
            ElementType.INT32, DataType.INT32,
            ElementType.INT64, DataType.INT64,
            ElementType.BOOL, DataType.BOOLEAN);

    private TorchTensors() {}

    /** The types as a caller is told of them. */
    static String known() {
        return TYPES.keySet().stream().sorted().map(Enum::name).collect(Collectors.joining(", "));
    }

    static boolean isKnown(ElementType type) {
        return TYPES.containsKey(type);
    }

    /** A copy in torch's memory, on the scope's device. */
    static NDArray give(NDManager scope, Tensor tensor, @Nullable String name) {
        long[] sizes = tensor.shape().stream().mapToLong(Long::longValue).toArray();
        NDArray given = scope.create(tensor.data(), new Shape(sizes), type(tensor.type()));
        // On a CPU it is the caller's own memory still.
        NDArray array = scope.getDevice().isGpu() ? given : given.duplicate();
        if (name != null) {
            array.setName(name);
        }
        return array;
    }

    /** A copy of what torch computed. */
    static Tensor take(String name, NDArray array) throws ModelException {
        ElementType type = type(name, array);
        List<Long> shape = Arrays.stream(array.getShape().getShape()).boxed().toList();
        ByteBuffer data = Tensor.allocate(type, shape);
        data.put(array.toByteBuffer(false));
        return Tensor.of(type, shape, data.flip());
    }

    static ElementType type(String name, NDArray array) throws ModelException {
        DataType found = array.getDataType();
        for (Map.Entry<ElementType, DataType> entry : TYPES.entrySet()) {
            if (entry.getValue() == found) {
                return entry.getKey();
            }
        }
        // DJL has no name for 16-bit integers and bfloat16, among others.
        throw new ModelException("output " + name + " is of a type that cannot be read; " + known() + " can");
    }

    private static DataType type(ElementType type) {
        DataType found = TYPES.get(type);
        if (found == null) {
            throw new IllegalArgumentException("torch gets no " + type);
        }
        return found;
    }
}
