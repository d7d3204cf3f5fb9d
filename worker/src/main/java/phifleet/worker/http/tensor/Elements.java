package phifleet.worker.http.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonInput;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.Tensor;

/** The elements of a tensor as they come, in memory outside of the heap that grows with them. */
final class Elements {
    private static final int FIRST_BYTES = 1024;

    private final ElementType type;
    private ByteBuffer data = ByteBuffer.allocateDirect(FIRST_BYTES).order(ByteOrder.nativeOrder());
    private final List<String> strings = new ArrayList<>();
    private int count;

    Elements(ElementType type) {
        this.type = type;
    }

    int count() {
        return count;
    }

    /** Takes the current value of the JSON as the next element. */
    void add(JsonInput json, String field) throws BadBody {
        if (type == ElementType.STRING) {
            strings.add(json.text(field, count));
            count++;
            return;
        }
        if (data.remaining() < Long.BYTES) {
            data = ByteBuffer.allocateDirect(Math.multiplyExact(data.capacity(), 2))
                    .order(ByteOrder.nativeOrder())
                    .put(data.flip());
        }
        switch (type) {
            case FP32 -> data.putFloat(json.float32(field, count));
            case FP64 -> data.putDouble(json.float64(field, count));
            case FP16 -> data.putShort(Float.floatToFloat16(json.float32(field, count)));
            case BF16 -> data.putShort(bfloat16(json.float32(field, count)));
            case INT8 -> data.put((byte) json.integer64(field, count, Byte.MIN_VALUE, Byte.MAX_VALUE));
            case UINT8 -> data.put((byte) json.integer64(field, count, 0, 0xff));
            case INT16 -> data.putShort((short) json.integer64(field, count, Short.MIN_VALUE, Short.MAX_VALUE));
            case UINT16 -> data.putShort((short) json.integer64(field, count, 0, 0xffff));
            case INT32 -> data.putInt((int) json.integer64(field, count, Integer.MIN_VALUE, Integer.MAX_VALUE));
            case UINT32 -> data.putInt((int) json.integer64(field, count, 0, 0xffff_ffffL));
            case INT64 -> data.putLong(json.integer64(field, count, Long.MIN_VALUE, Long.MAX_VALUE));
            case UINT64 -> data.putLong(json.unsigned64(field, count));
            case BOOL -> data.put((byte) (bool(json, field) ? 1 : 0));
            case STRING -> throw new IllegalStateException("strings are no numbers");
        }
        count++;
    }

    /** What came, in a shape of as many elements. */
    Tensor tensor(List<Long> shape) {
        return type == ElementType.STRING
                ? Tensor.ofStrings(shape, strings)
                : Tensor.of(
                        type,
                        shape,
                        data.duplicate().order(ByteOrder.nativeOrder()).flip());
    }

    /** Some clients write 0 and 1. */
    private boolean bool(JsonInput json, String field) throws BadBody {
        return switch (json.current()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT -> json.integer64(field, count, 0, 1) == 1;
            default -> throw json.mismatch(field, count, "true or false");
        };
    }

    /** The nearest; ties to even. */
    private static short bfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        return (short) ((bits + 0x7fff + (bits >>> 16 & 1)) >>> 16);
    }
}
