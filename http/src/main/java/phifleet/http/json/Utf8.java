package phifleet.http.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Strict UTF-8, as the Unicode standard's table 3-7 has it: no overlong forms, no surrogates, nothing past U+10FFFF. The
 * JSON parser is laxer, and what it lets through would reach the tokeniser as other text than was sent.
 */
final class Utf8 {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8() {}

    /** The place of the first byte that begins or breaks an ill-formed sequence; -1 where all is well. */
    static int firstInvalid(byte[] bytes) {
        int length = bytes.length;
        int i = 0;
        while (i < length) {
            if (i + Long.BYTES <= length && ((long) EIGHT.get(bytes, i) & HIGH_BITS) == 0) {
                i += Long.BYTES;
                continue;
            }
            int lead = bytes[i] & 0xff;
            if (lead < 0x80) {
                i++;
                continue;
            }
            int more = lead >= 0xc2 && lead <= 0xdf
                    ? 1
                    : lead >= 0xe0 && lead <= 0xef ? 2 : lead >= 0xf0 && lead <= 0xf4 ? 3 : 0;
            if (more == 0 || i + more >= length || !second(lead, bytes[i + 1] & 0xff)) {
                return i;
            }
            for (int k = 2; k <= more; k++) {
                if ((bytes[i + k] & 0xc0) != 0x80) {
                    return i + k;
                }
            }
            i += more + 1;
        }
        return -1;
    }

    private static boolean second(int lead, int second) {
        int least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        return second >= least && second <= most;
    }

    /**
     * How many bytes of valid UTF-8 come before one of its UTF-16 units.
     *
     * @param units counted from 0; a negative number stands for none
     */
    static int bytes(byte[] text, long units) {
        int at = 0;
        for (long left = units; left > 0 && at < text.length; ) {
            int first = text[at] & 0xff;
            at += first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
            left -= first < 0xf0 ? 1 : 2;
        }
        return Math.min(at, text.length);
    }
}
