package phifleet.inference.vision.decode;

import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The arrays of pictures that nobody needs any more, for the next ones: a picture of megabytes goes past the young part of the heap, and
 * some tens of them would have all of it collected each time. What the heap needs otherwise it takes back. Thread-safe.
 */
public final class PixelArrays {
    /** A larger one would hold memory that was counted for nobody. */
    private static final double MOST_LARGER = 1.25;

    private final long mostBytes;
    private final Deque<SoftReference<byte[]>> idle = new ArrayDeque<>();

    /** @param mostBytes that are kept; 0 for none */
    public PixelArrays(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** An array of at least so many bytes, whatever is in them. */
    public byte[] take(int length) {
        byte[] found = idle(length);
        return found == null ? new byte[length] : found;
    }

    private synchronized byte @Nullable [] idle(int length) {
        for (Iterator<SoftReference<byte[]>> all = idle.iterator(); all.hasNext(); ) {
            byte[] array = all.next().get();
            if (array == null) {
                all.remove();
            } else if (array.length >= length && array.length <= MOST_LARGER * length) {
                all.remove();
                return array;
            }
        }
        return null;
    }

    /** Keeps an array that nobody reads any more, in place of those that were given longest ago. */
    public synchronized void give(byte[] array) {
        if (array.length > mostBytes) {
            return;
        }
        idle.addFirst(new SoftReference<>(array));
        long held = 0;
        for (Iterator<SoftReference<byte[]>> all = idle.iterator(); all.hasNext(); ) {
            byte[] one = all.next().get();
            held += one == null ? 0 : one.length;
            if (one == null || held > mostBytes) {
                all.remove();
            }
        }
    }
}
