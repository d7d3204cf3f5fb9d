package phifleet.inference.vision.decode;

import java.util.Arrays;

/**
 * The parts of a file that its pixels need, and then a copy of them. Colour profiles, comments, thumbnails and animations never reach a
 * decoder: nobody here wants what they say, and most of what goes wrong in decoders goes wrong in them.
 */
final class Kept {
    private final byte[] file;

    /** Bytes of our own, in their order. */
    private byte[] own = new byte[64];

    private int ownSize;

    /** For each run of bytes where it begins, below 0 for one of our own, and how many they are. */
    private int[] runs = new int[32];

    private int runsSize;

    Kept(Bytes file) {
        this.file = file.data();
    }

    /** A run of the file's own bytes. */
    Kept part(int at, int count) {
        if (runsSize > 0 && runs[runsSize - 2] >= 0 && runs[runsSize - 2] + runs[runsSize - 1] == at) {
            runs[runsSize - 1] += count;
            return this;
        }
        return run(at, count);
    }

    /** Bytes of our own. */
    Kept bytes(int... values) {
        if (ownSize + values.length > own.length) {
            own = Arrays.copyOf(own, 2 * (ownSize + values.length));
        }
        run(~ownSize, values.length);
        for (int value : values) {
            own[ownSize++] = (byte) value;
        }
        return this;
    }

    private Kept run(int at, int count) {
        if (runsSize == runs.length) {
            runs = Arrays.copyOf(runs, 2 * runsSize);
        }
        runs[runsSize++] = at;
        runs[runsSize++] = count;
        return this;
    }

    /** Over bytes of our own, counted from their first. */
    Kept put(int at, int... values) {
        for (int i = 0; i < values.length; i++) {
            own[at + i] = (byte) values[i];
        }
        return this;
    }

    byte[] toBytes() {
        int size = 0;
        for (int run = 0; run < runsSize; run += 2) {
            size = Math.addExact(size, runs[run + 1]);
        }
        byte[] copy = new byte[size];
        int to = 0;
        for (int run = 0; run < runsSize; run += 2) {
            int at = runs[run];
            int count = runs[run + 1];
            System.arraycopy(at < 0 ? own : file, at < 0 ? ~at : at, copy, to, count);
            to += count;
        }
        return copy;
    }
}
