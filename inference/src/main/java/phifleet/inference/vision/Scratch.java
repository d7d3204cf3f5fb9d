package phifleet.inference.vision;

import java.util.ArrayList;
import java.util.List;
import phifleet.inference.vision.decode.PixelArrays;

/** The arrays of one image on its way to its numbers, which are other images' once it has arrived. For one thread. */
final class Scratch implements AutoCloseable {
    private final PixelArrays arrays;
    private final List<byte[]> taken = new ArrayList<>();

    /** @param arrays where they come from, and go back to */
    Scratch(PixelArrays arrays) {
        this.arrays = arrays;
    }

    /** An array of at least so many bytes, whatever is in them. */
    byte[] take(int length) {
        byte[] array = arrays.take(length);
        taken.add(array);
        return array;
    }

    @Override
    public void close() {
        taken.forEach(arrays::give);
        taken.clear();
    }
}
