package phifleet.inference.text;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.NumberRanges;

/**
 * What a vector's numbers are kept in. Those of one bit are as {@code quantize_embeddings} of sentence-transformers makes them (5.7.0):
 * whether a number is over 0, eight in a byte, the first in its highest bit, the last byte filled up with 0.
 */
public enum VectorType {
    FLOAT32(Float.BYTES),
    FLOAT16(Short.BYTES),
    BFLOAT16(Short.BYTES),
    /** One of 256 steps between the least and the greatest that a number takes, less 128. */
    INT8(Byte.BYTES),
    /** One of 256 steps between the least and the greatest that a number takes. */
    UINT8(Byte.BYTES),
    /** Bytes of eight bits, less 128. */
    BINARY(0),
    /** Bytes of eight bits. */
    UBINARY(0);

    private final int bytes;

    /** @param bytes a number; 0 for a bit */
    VectorType(int bytes) {
        this.bytes = bytes;
    }

    /** The name in requests and answers. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** By the name; {@code float} is what other dialects call 32 bits. */
    public static Optional<VectorType> find(String label) {
        for (VectorType type : values()) {
            if (type.label().equals(label)) {
                return Optional.of(type);
            }
        }
        return label.equals("float") ? Optional.of(FLOAT32) : Optional.empty();
    }

    /** Whether it cannot be made without knowing between what bounds each number of a model's vectors lies. */
    public boolean needsRanges() {
        return this == INT8 || this == UINT8;
    }

    /** Whether its numbers are floats. */
    public boolean isFloat() {
        return this == FLOAT32 || this == FLOAT16 || this == BFLOAT16;
    }

    /** Bytes of a vector of so many numbers. */
    public int size(int dimension) {
        return bytes == 0 ? (dimension + Byte.SIZE - 1) / Byte.SIZE : bytes * dimension;
    }

    /** How many numbers a vector of so many has in this type: fewer where eight share a byte. */
    public int width(int dimension) {
        return bytes == 0 ? size(dimension) : dimension;
    }

    /**
     * The numbers rounded to this type, nearest and to even.
     *
     * @throws IllegalStateException if it is no float
     */
    public float[] rounded(float[] values) {
        if (this == FLOAT32) {
            return values;
        }
        float[] rounded = new float[values.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = switch (this) {
                case FLOAT16 -> Float.float16ToFloat(Float.floatToFloat16(values[i]));
                case BFLOAT16 -> Float.intBitsToFloat(brain(values[i]) << Short.SIZE);
                case FLOAT32, INT8, UINT8, BINARY, UBINARY -> throw new IllegalStateException(label() + " is no float");
            };
        }
        return rounded;
    }

    /**
     * The numbers as they lie in memory, little-endian.
     *
     * @param ranges between what bounds they lie; null where that is not known
     * @throws IllegalStateException if it needs ranges and there are none
     */
    public byte[] bytes(float[] values, @Nullable NumberRanges ranges) {
        ByteBuffer target = ByteBuffer.allocate(size(values.length)).order(ByteOrder.LITTLE_ENDIAN);
        switch (this) {
            case FLOAT32 -> target.asFloatBuffer().put(values);
            case FLOAT16 -> {
                for (float value : values) {
                    target.putShort(Float.floatToFloat16(value));
                }
            }
            case BFLOAT16 -> {
                for (float value : values) {
                    target.putShort((short) brain(value));
                }
            }
            case BINARY, UBINARY -> {
                int shift = this == BINARY ? -128 : 0;
                for (int i = 0; i < values.length; i += Byte.SIZE) {
                    target.put((byte) (bits(values, i) + shift));
                }
            }
            case INT8, UINT8 -> {
                if (ranges == null) {
                    throw new IllegalStateException(label() + " needs ranges");
                }
                int shift = this == INT8 ? -128 : 0;
                for (int i = 0; i < values.length; i++) {
                    target.put((byte) ranges.step(values[i], i, shift));
                }
            }
        }
        return target.array();
    }

    /** A byte of {@link #bytes} as the number that it is. */
    public int number(byte value) {
        return this == UBINARY || this == UINT8 ? Byte.toUnsignedInt(value) : value;
    }

    private static int bits(float[] values, int from) {
        int bits = 0;
        for (int i = 0; i < Byte.SIZE; i++) {
            bits = 2 * bits + (from + i < values.length && values[from + i] > 0 ? 1 : 0);
        }
        return bits;
    }

    /** The upper half of a float, rounded to the nearest, of two to the even; finite numbers only. */
    private static int brain(float value) {
        int bits = Float.floatToRawIntBits(value);
        int even = bits >>> Short.SIZE & 1;
        return (bits + 0x7fff + even) >>> Short.SIZE;
    }
}
