package phifleet.http.json;

import java.math.BigInteger;

/**
 * Writes a float as the shortest decimal that reads back as the same float, as ASCII straight into a byte array.
 *
 * <p>A vector of 384 floats is 384 calls, and they are most of what an embedding answer costs. {@link Float#toString(float)} finds
 * the same digits but makes a string for each. The method is Schubfach [1], which the JDK uses too [2]: of the multiples of a power
 * of ten 10ᵏ no wider than the interval of reals that round to the float, at most two need to be looked at, and a 64-bit product
 * with a rounded power of ten finds them.
 *
 * <ol>
 *   <li>Raffaello Giulietti, "The Schubfach way to render doubles", 2020: sections 8 and 9, with the constants for 24 bits
 *   <li>OpenJDK, {@code jdk.internal.math.FloatToDecimal}
 * </ol>
 */
final class FloatDecimal {
    /** The most that {@link #write} writes: sign, nine digits, point, and exponent or zeros. */
    static final int MAX_LENGTH = 18;

    /** Bits of a float's significand, the hidden one included. */
    private static final int PRECISION = 24;

    /** The exponent of the last bit of the smallest floats. */
    private static final int MIN_EXPONENT = -149;

    private static final int MIN_NORMAL = 1 << (PRECISION - 1);
    private static final int FRACTION_MASK = MIN_NORMAL - 1;

    /** The range of k. */
    private static final int MIN_POWER = -45;

    private static final int MAX_POWER = 31;

    /** For each k, the first 63 bits of 10⁻ᵏ, rounded down, plus one. */
    private static final long[] POWERS = powers();

    private static final byte[] PAIRS = pairs();

    private FloatDecimal() {}

    /**
     * Writes a finite float.
     *
     * @param out has {@link #MAX_LENGTH} bytes left
     * @return the place after the last byte written
     */
    static int write(float value, byte[] out, int at) {
        int bits = Float.floatToRawIntBits(value);
        if (bits < 0) {
            out[at++] = '-';
        }
        int biased = (bits >>> (PRECISION - 1)) & 0xff;
        int fraction = bits & FRACTION_MASK;
        if (biased == 0) {
            if (fraction == 0) {
                return layout(0, 0, out, at);
            }
            // Ten times, since the method wants two digits at least.
            return fraction < 8
                    ? shortest(MIN_EXPONENT, 10 * fraction, -1, out, at)
                    : shortest(MIN_EXPONENT, fraction, 0, out, at);
        }
        int significand = MIN_NORMAL | fraction;
        int shift = 1 - MIN_EXPONENT - biased;
        if (shift > 0 && shift < PRECISION) {
            int whole = significand >> shift;
            if (whole << shift == significand) {
                return layout(whole, 0, out, at);
            }
        }
        return shortest(-shift, significand, 0, out, at);
    }

    /** Writes significand · 2^exponent · 10^scale. The names are those of the paper. */
    private static int shortest(int q, int c, int scale, byte[] out, int at) {
        int odd = c & 1;
        long cb = (long) c << 2;
        long cbr = cb + 2;
        long cbl;
        int k;
        if (c != MIN_NORMAL || q == MIN_EXPONENT) {
            cbl = cb - 2;
            k = floorLog10Pow2(q);
        } else {
            // Below a power of two the next float is half as far away.
            cbl = cb - 1;
            k = floorLog10ThreeQuartersPow2(q);
        }
        int h = q + floorLog2Pow10(-k) + 33;
        long g = POWERS[k - MIN_POWER];
        int vb = roundToOdd(g, cb << h);
        int vbl = roundToOdd(g, cbl << h);
        int vbr = roundToOdd(g, cbr << h);
        int s = vb >> 2;
        if (s >= 100) {
            int below = s / 10 * 10;
            int above = below + 10;
            boolean belowFits = vbl + odd <= below << 2;
            boolean aboveFits = (above << 2) + odd <= vbr;
            if (belowFits != aboveFits) {
                return layout(belowFits ? below : above, k + scale, out, at);
            }
        }
        int t = s + 1;
        boolean sFits = vbl + odd <= s << 2;
        boolean tFits = (t << 2) + odd <= vbr;
        if (sFits != tFits) {
            return layout(sFits ? s : t, k + scale, out, at);
        }
        int nearer = vb - ((s + t) << 1);
        return layout(nearer < 0 || (nearer == 0 && (s & 1) == 0) ? s : t, k + scale, out, at);
    }

    /** Writes digits · 10^exponent, with a point in all that is not very large or very small. */
    private static int layout(int digits, int exponent, byte[] out, int at) {
        while (digits != 0 && digits % 10 == 0) {
            digits /= 10;
            exponent++;
        }
        int count = length(digits);
        int point = count + exponent;
        if (digits == 0) {
            point = 1;
        }
        if (point > 0 && point <= 9) {
            return withPointInside(digits, count, point, out, at);
        }
        if (point > -5 && point <= 0) {
            out[at++] = '0';
            out[at++] = '.';
            for (int i = point; i < 0; i++) {
                out[at++] = '0';
            }
            return digits(digits, count, out, at);
        }
        return scientific(digits, count, point - 1, out, at);
    }

    private static int withPointInside(int digits, int count, int point, byte[] out, int at) {
        if (point >= count) {
            at = digits(digits, count, out, at);
            for (int i = count; i < point; i++) {
                out[at++] = '0';
            }
            out[at++] = '.';
            out[at++] = '0';
            return at;
        }
        int end = digits(digits, count, out, at + 1);
        System.arraycopy(out, at + 1, out, at, point);
        out[at + point] = '.';
        return end;
    }

    private static int scientific(int digits, int count, int exponent, byte[] out, int at) {
        int end = digits(digits, count, out, at + 1);
        out[at] = out[at + 1];
        out[at + 1] = '.';
        if (count == 1) {
            out[end++] = '0';
        }
        out[end++] = 'E';
        if (exponent < 0) {
            out[end++] = '-';
        }
        int size = Math.abs(exponent);
        return digits(size, length(size), out, end);
    }

    private static int digits(int value, int count, byte[] out, int at) {
        int end = at + count;
        int to = end;
        while (value >= 100) {
            int rest = value / 100;
            int pair = (value - rest * 100) << 1;
            value = rest;
            out[--to] = PAIRS[pair + 1];
            out[--to] = PAIRS[pair];
        }
        if (value >= 10) {
            out[--to] = PAIRS[(value << 1) + 1];
            out[--to] = PAIRS[value << 1];
        } else {
            out[--to] = (byte) ('0' + value);
        }
        return end;
    }

    /** Decimal digits of 0 to 999,999,999; nearly all floats have eight or nine. */
    private static int length(int value) {
        int length = 9;
        for (int bound = 100_000_000; length > 1 && value < bound; bound /= 10) {
            length--;
        }
        return length;
    }

    /** g · cp / 2⁹⁵, with the last bit set if anything was cut off. */
    private static int roundToOdd(long g, long cp) {
        long high = Math.multiplyHigh(g, cp);
        long value = high >>> 31;
        return (int) (value | (((high & 0x7fff_ffffL) + 0x7fff_ffffL) >>> 31));
    }

    private static int floorLog10Pow2(int e) {
        return (int) ((e * 661_971_961_083L) >> 41);
    }

    private static int floorLog10ThreeQuartersPow2(int e) {
        return (int) ((e * 661_971_961_083L - 274_743_187_321L) >> 41);
    }

    private static int floorLog2Pow10(int e) {
        return (int) ((e * 913_124_641_741L) >> 38);
    }

    private static long[] powers() {
        long[] powers = new long[MAX_POWER - MIN_POWER + 1];
        for (int k = MIN_POWER; k <= MAX_POWER; k++) {
            // 10⁻ᵏ scaled to lie in [2⁶², 2⁶³).
            int shift = 62 - floorLog2Pow10(-k);
            BigInteger scaled = k <= 0
                    ? shifted(BigInteger.TEN.pow(-k), shift)
                    : BigInteger.ONE.shiftLeft(shift).divide(BigInteger.TEN.pow(k));
            powers[k - MIN_POWER] = scaled.longValueExact() + 1;
        }
        return powers;
    }

    private static BigInteger shifted(BigInteger value, int shift) {
        return shift >= 0 ? value.shiftLeft(shift) : value.shiftRight(-shift);
    }

    private static byte[] pairs() {
        byte[] pairs = new byte[200];
        for (int i = 0; i < 100; i++) {
            pairs[2 * i] = (byte) ('0' + i / 10);
            pairs[2 * i + 1] = (byte) ('0' + i % 10);
        }
        return pairs;
    }
}
