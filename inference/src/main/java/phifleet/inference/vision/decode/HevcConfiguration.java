package phifleet.inference.vision.decode;

import java.util.Arrays;

/**
 * What the property hvcC says of a picture's coding (ISO/IEC 14496-15, 8.3.3.1): how long the lengths before its parts are, and the size
 * that its sequence parameter sets (ITU-T H.265, 7.3.2.2) have the decoder make.
 *
 * @param lengthBytes 1, 2 or 4
 * @param pixels of the largest picture that a parameter set asks for; 0 where there is none
 */
record HevcConfiguration(int lengthBytes, long pixels) {
    private static final int SEQUENCE_PARAMETERS = 33;
    private static final int FIRST_PARAMETERS = 32;
    private static final int LAST_PARAMETERS = 34;
    private static final int FIXED = 21;

    /** Two bytes of a part's header; then 4 bits of an identifier. */
    private static final int BEFORE_LAYERS = 16 + 4;

    private static final int PROFILE_BITS = 88;
    private static final int LEVEL_BITS = 8;
    private static final int MOST_LAYERS = 7;

    static HevcConfiguration of(IsoBox box, Bytes file, ImageLimits limits) throws ImageException {
        box.skip(FIXED);
        int lengthBytes = (int) (box.number(1) & 3) + 1;
        long most = 0;
        for (long arrays = box.number(1); arrays > 0; arrays--) {
            box.skip(1);
            for (long units = box.number(2); units > 0; units--) {
                int length = (int) box.number(2);
                int from = box.at();
                box.skip(length);
                if (length > 0 && kind(file.u8(from)) == SEQUENCE_PARAMETERS) {
                    most = Math.max(most, pixels(Arrays.copyOfRange(file.data(), from, from + length), limits));
                }
            }
        }
        return new HevcConfiguration(lengthBytes, most);
    }

    /** Whether a part that begins with that byte is one that must not lie among the picture's data (8.4.1). */
    static boolean isParameters(int first) {
        return kind(first) >= FIRST_PARAMETERS && kind(first) <= LAST_PARAMETERS;
    }

    private static int kind(int first) {
        return (first >> 1) & 0x3F;
    }

    private static long pixels(byte[] unit, ImageLimits limits) throws ImageException {
        BitReader bits = new BitReader(unit);
        bits.skip(BEFORE_LAYERS);
        int layers = bits.bits(3);
        if (layers >= MOST_LAYERS) {
            throw ImageException.broken(
                    "the HEIC's parameters have " + (layers + 1) + " layers of at most " + MOST_LAYERS);
        }
        bits.skip(1 + PROFILE_BITS + LEVEL_BITS);
        int later = 0;
        for (int layer = 0; layer < layers; layer++) {
            later += bits.bits(1) * PROFILE_BITS;
            later += bits.bits(1) * LEVEL_BITS;
        }
        bits.skip((layers > 0 ? 2 * (8 - layers) : 0) + later);
        bits.golomb();
        if (bits.golomb() == 3) {
            bits.skip(1);
        }
        long width = bits.golomb();
        long height = bits.golomb();
        limits.check(ImageFormat.HEIC, width, height);
        return width * height;
    }

    /** Bits from the highest down, past the bytes that keep a start code from showing (H.265, 7.3.1.1). */
    private static final class BitReader {
        private final byte[] unit;
        private final int length;
        private int at;

        BitReader(byte[] unit) {
            byte[] plain = new byte[unit.length];
            int count = 0;
            int zeros = 0;
            for (byte each : unit) {
                if (zeros >= 2 && each == 3) {
                    zeros = 0;
                    continue;
                }
                zeros = each == 0 ? zeros + 1 : 0;
                plain[count++] = each;
            }
            this.unit = plain;
            this.length = 8 * count;
        }

        void skip(int count) throws ImageException {
            if (count > length - at) {
                throw ImageException.broken("the HEIC's parameters end after " + length + " bits");
            }
            at += count;
        }

        int bits(int count) throws ImageException {
            skip(count);
            int value = 0;
            for (int i = at - count; i < at; i++) {
                value = value << 1 | ((unit[i >> 3] >> (7 - (i & 7))) & 1);
            }
            return value;
        }

        /** ue(v): as many zeros as bits follow a one. */
        long golomb() throws ImageException {
            int zeros = 0;
            while (bits(1) == 0) {
                if (++zeros > 31) {
                    throw ImageException.broken("the HEIC's parameters have a number of over 31 bits");
                }
            }
            return (1L << zeros) - 1 + (zeros == 0 ? 0 : bits(zeros));
        }
    }
}
