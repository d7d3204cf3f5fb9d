package phifleet.inference.model;

import java.util.Arrays;
import java.util.Optional;

/** What one element of a tensor is, as ONNX numbers them (onnx.proto's TensorProto.DataType, ONNX 1.19). */
public enum ElementType {
    FP32(1, 4),
    UINT8(2, 1),
    INT8(3, 1),
    UINT16(4, 2),
    INT16(5, 2),
    INT32(6, 4),
    INT64(7, 8),
    STRING(8, 0),
    BOOL(9, 1),
    FP16(10, 2),
    FP64(11, 8),
    UINT32(12, 4),
    UINT64(13, 8),
    BF16(16, 2);

    private final int onnx;
    private final int bytes;

    ElementType(int onnx, int bytes) {
        this.onnx = onnx;
        this.bytes = bytes;
    }

    /** Its number in ONNX files. */
    public int onnx() {
        return onnx;
    }

    /** Bytes of one element; 0 for strings, whose lengths differ. */
    public int bytes() {
        return bytes;
    }

    /** Whether 32-bit floats can be made of it without loss of what it says. */
    public boolean isFloat() {
        return this == FP32 || this == FP16 || this == BF16;
    }

    /** The type of that number; none for complex numbers and those of 8 and 4 bits. */
    public static Optional<ElementType> ofOnnx(int number) {
        return Arrays.stream(values()).filter(type -> type.onnx == number).findFirst();
    }
}
