package phifleet.inference.vision.decode;

import java.util.Arrays;

/**
 * The parts of a file that its pixels need, in a copy. Colour profiles, comments, thumbnails and animations never reach a
 * decoder: nobody here wants what they say, and most of what goes wrong in decoders goes wrong in them.
 */
final class Kept {
    private final byte[] from;
    private byte[] copy;
    private int size;

    /** @param room bytes to begin with */
    Kept(Bytes file, int room) {
        this.from = file.data();
        this.copy = new byte[Math.max(room, 64)];
    }

    /** A run of the file's own bytes. */
    Kept part(int at, int count) {
        grow(count);
        System.arraycopy(from, at, copy, size, count);
        size += count;
        return this;
    }

    /** Bytes of our own. */
    Kept bytes(int... values) {
        grow(values.length);
        for (int value : values) {
            copy[size++] = (byte) value;
        }
        return this;
    }

    /** Over what is there already. */
    Kept put(int at, int... values) {
        for (int i = 0; i < values.length; i++) {
            copy[at + i] = (byte) values[i];
        }
        return this;
    }

    byte[] toBytes() {
        return size == copy.length ? copy : Arrays.copyOf(copy, size);
    }

    private void grow(int count) {
        if (size + count > copy.length) {
            copy = Arrays.copyOf(copy, Math.max(size + count, (int) Math.min(Integer.MAX_VALUE - 8, 2L * copy.length)));
        }
    }
}
