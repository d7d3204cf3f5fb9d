package phifleet.worker.index;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.apache.commons.codec.digest.MurmurHash3;

/**
 * The constant-time hash of a file by its size and three samples of it, as github.com/kalafut/imohash has it: murmur3 of 128 bits, its
 * first bytes replaced by the size. Files that differ outside of the samples have the same one, so that it finds candidates and proves
 * nothing.
 */
final class ImoHash {
    /** Bytes of one sample. */
    private static final int SAMPLE = 16 * 1024;

    /** A file of fewer bytes is hashed whole. */
    private static final int THRESHOLD = 128 * 1024;

    private ImoHash() {}

    /** As 32 hexadecimal digits. */
    static String of(byte[] file) {
        byte[] hashed = file.length < THRESHOLD || file.length < 4 * SAMPLE ? file : samples(file);
        long[] halves = MurmurHash3.hash128x64(hashed, 0, hashed.length, 0);
        byte[] hash = new byte[2 * Long.BYTES];
        ByteBuffer.wrap(hash).putLong(halves[0]).putLong(halves[1]);
        size(file.length, ByteBuffer.wrap(hash));
        return HexFormat.of().formatHex(hash);
    }

    private static byte[] samples(byte[] file) {
        byte[] samples = new byte[3 * SAMPLE];
        System.arraycopy(file, 0, samples, 0, SAMPLE);
        System.arraycopy(file, file.length / 2, samples, SAMPLE, SAMPLE);
        System.arraycopy(file, file.length - SAMPLE, samples, 2 * SAMPLE, SAMPLE);
        return samples;
    }

    /** Seven bits a byte, the lowest first; the eighth says that more follow. */
    private static void size(long bytes, ByteBuffer into) {
        long left = bytes;
        while (left >= 0x80) {
            into.put((byte) (left | 0x80));
            left >>>= 7;
        }
        into.put((byte) left);
    }
}
