package phifleet.worker.http.tensor;

import java.nio.ByteBuffer;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.Tensor;

/** The elements of a tensor as 64-bit floats, for comparing them. */
public final class TensorNumbers {
    private TensorNumbers() {}

    /**
     * All elements in their order. Integers beyond 53 bits are rounded.
     *
     * @throws IllegalArgumentException for strings
     */
    public static double[] of(Tensor tensor) {
        ByteBuffer data = tensor.data();
        double[] values = new double[Math.toIntExact(tensor.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = at(tensor.type(), data, i);
        }
        return values;
    }

    /** One element, by its place among all. */
    public static double at(Tensor tensor, int place) {
        return at(tensor.type(), tensor.data(), place);
    }

    private static double at(ElementType type, ByteBuffer data, int i) {
        return switch (type) {
            case FP32 -> data.getFloat(i * Float.BYTES);
            case FP64 -> data.getDouble(i * Double.BYTES);
            case FP16 -> Float.float16ToFloat(data.getShort(i * Short.BYTES));
            case BF16 -> Float.intBitsToFloat(data.getShort(i * Short.BYTES) << 16);
            case INT8 -> data.get(i);
            case UINT8, BOOL -> data.get(i) & 0xff;
            case INT16 -> data.getShort(i * Short.BYTES);
            case UINT16 -> data.getShort(i * Short.BYTES) & 0xffff;
            case INT32 -> data.getInt(i * Integer.BYTES);
            case UINT32 -> Integer.toUnsignedLong(data.getInt(i * Integer.BYTES));
            case INT64, UINT64 -> data.getLong(i * Long.BYTES);
            case STRING -> throw new IllegalArgumentException("strings are no numbers");
        };
    }
}
