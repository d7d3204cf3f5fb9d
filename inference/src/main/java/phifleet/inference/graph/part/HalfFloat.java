package phifleet.inference.graph.part;

import phifleet.inference.model.ElementType;

/** 32-bit floats rounded to the 16-bit kinds. */
public final class HalfFloat {
    /** The largest of its kind. */
    private static final float MOST_FP16 = 65504;

    private HalfFloat() {}

    /**
     * Rounded to the nearest, ties to even; what is finite stays so.
     *
     * @param to {@link ElementType#FP16} or {@link ElementType#BF16}
     */
    public static short of(float value, ElementType to) {
        if (to == ElementType.FP16) {
            return Float.floatToFloat16(Float.isFinite(value) ? Math.clamp(value, -MOST_FP16, MOST_FP16) : value);
        }
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) (bits >>> Short.SIZE | 0x40);
        }
        int rounded = bits + 0x7fff + (bits >>> Short.SIZE & 1);
        boolean overflows = Float.isFinite(value) && !Float.isFinite(Float.intBitsToFloat(rounded));
        return (short) ((overflows ? bits : rounded) >>> Short.SIZE);
    }

    /** The 32-bit float that is the same number. */
    public static float wide(short half, ElementType from) {
        return from == ElementType.FP16 ? Float.float16ToFloat(half) : Float.intBitsToFloat(half << Short.SIZE);
    }
}
