package phifleet.inference.vision.output;

import java.nio.ByteBuffer;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Tensor;

/** The numbers of an output, whatever type a graph gives them in. */
final class Floats {
    private Floats() {}

    /** @throws ModelException if the elements are no numbers */
    static float[] of(Tensor tensor) throws ModelException {
        float[] values = new float[Math.toIntExact(tensor.size())];
        ByteBuffer data = tensor.data();
        ElementType type = tensor.type();
        switch (type) {
            case FP32 -> data.asFloatBuffer().get(values);
            case FP16, BF16, FP64, INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) at(type, data, i);
                }
            }
            case UINT64, BOOL, STRING -> throw new ModelException("an output of " + type + " has no scores");
        }
        return values;
    }

    private static double at(ElementType type, ByteBuffer data, int i) {
        return switch (type) {
            case FP16 -> Float.float16ToFloat(data.getShort(2 * i));
            case BF16 -> Float.intBitsToFloat(data.getShort(2 * i) << 16);
            case FP32 -> data.getFloat(4 * i);
            case FP64 -> data.getDouble(8 * i);
            case INT8 -> data.get(i);
            case UINT8, BOOL -> data.get(i) & 0xFF;
            case INT16 -> data.getShort(2 * i);
            case UINT16 -> data.getShort(2 * i) & 0xFFFF;
            case INT32 -> data.getInt(4 * i);
            case UINT32 -> Integer.toUnsignedLong(data.getInt(4 * i));
            case INT64, UINT64 -> data.getLong(8 * i);
            case STRING -> Double.NaN;
        };
    }
}
