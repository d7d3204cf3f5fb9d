package phifleet.inference.vision.decode;

import java.util.concurrent.Semaphore;

/**
 * The memory that decoding may take at once, over all threads that share it. Who finds it taken waits, first come, first served;
 * what could never fit is refused. Thread-safe.
 */
public final class PixelBudget {
    /** Bytes that are counted as one, so that the count is an int. */
    private static final int UNIT = 1 << 12;

    private final long bytes;
    private final int units;
    private final Semaphore free;

    /** @param bytes at least 4096 */
    public PixelBudget(long bytes) {
        if (bytes < UNIT) {
            throw new IllegalArgumentException("a budget of " + bytes + " bytes: at least " + UNIT + " are needed");
        }
        this.bytes = bytes;
        this.units = (int) Math.min(Integer.MAX_VALUE, bytes / UNIT);
        this.free = new Semaphore(units, true);
    }

    /** A part of the largest heap that this process may have. */
    public static PixelBudget ofHeap(int divisor) {
        return new PixelBudget(Runtime.getRuntime().maxMemory() / divisor);
    }

    public long bytes() {
        return bytes;
    }

    /** Bytes that nobody holds, some thousands more or less. */
    public long free() {
        return (long) free.availablePermits() * UNIT;
    }

    /**
     * Waits for memory, to be given back by closing it.
     *
     * @param heap bytes of the heap, which must fit
     * @param outside bytes outside of it; where they do not fit they are waited for as far as they do, so that nothing runs beside them
     */
    Lease take(ImageFormat format, long width, long height, long heap, long outside) throws ImageException {
        if (heap > bytes) {
            throw ImageException.tooLarge(format.label() + " of " + width + " x " + height + " pixels takes " + heap
                    + " bytes to decode: at most " + bytes + " are there for it");
        }
        int wanted = (int) Math.min(units, (heap + outside + UNIT - 1) / UNIT);
        free.acquireUninterruptibly(wanted);
        return new Lease(free, wanted);
    }

    /** Memory that is held. */
    record Lease(Semaphore free, int units) implements AutoCloseable {
        @Override
        public void close() {
            free.release(units);
        }
    }
}
