package phifleet.inference.graph;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Types of numbers that weights have, as safetensors names them. */
public enum ElementType {
    F32(1, 4),
    F16(10, 2),
    BF16(16, 2),
    F64(11, 8),
    I64(7, 8),
    I32(6, 4),
    I16(5, 2),
    I8(3, 1),
    U8(2, 1),
    BOOL(9, 1);

    private final int onnx;
    private final int bytes;

    ElementType(int onnx, int bytes) {
        this.onnx = onnx;
        this.bytes = bytes;
    }

    /** The number of the type in onnx.proto's TensorProto. */
    public int onnx() {
        return onnx;
    }

    /** Bytes a number. */
    public int bytes() {
        return bytes;
    }

    /** Whether the engine can make 32-bit floats of it without loss of what it says. */
    public boolean isFloat() {
        return this == F32 || this == F16 || this == BF16;
    }

    /** Null for a type that is not known here, such as those of 8-bit floats. */
    static @Nullable ElementType find(String name) {
        for (ElementType type : values()) {
            if (type.name().equals(name.toUpperCase(Locale.ROOT))) {
                return type;
            }
        }
        return null;
    }
}
