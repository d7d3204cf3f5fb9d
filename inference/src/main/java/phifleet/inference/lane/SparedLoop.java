package phifleet.inference.lane;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Keeps one loop of a device for short work while short work comes: where all others are held by inputs that take long, such as texts of
 * thousands of tokens, the last takes none. Where nothing short waits or has come lately, nothing is kept. A device of one loop has none to keep.
 *
 * <p>Not thread-safe: guarded by the device's lock.
 */
final class SparedLoop {
    /** Whoever came within this time is taken for one who comes again. */
    private static final long LATELY_NANOS = 2_000_000_000L;

    private final int loops;
    private final Set<Formed<?, ?>> holders = Collections.newSetFromMap(new IdentityHashMap<>());
    private long until = Long.MIN_VALUE;

    SparedLoop(int loops) {
        this.loops = loops;
    }

    /** Short work came. */
    void cameShort(long now) {
        until = now + LATELY_NANOS;
    }

    /** A batch holds a loop from now on. */
    void hold(Formed<?, ?> formed) {
        holders.add(formed);
    }

    /** A batch is off its loop, whether it held it or not. */
    void leave(Formed<?, ?> formed) {
        holders.remove(formed);
    }

    /** Whether inputs that take long hold all loops but one, or all. */
    boolean isLast() {
        return loops > 1 && holders.size() >= loops - 1;
    }

    boolean cameLately(long now) {
        return until > now;
    }

    /** From when on what takes long may have the last loop too, if nothing short comes or waits. */
    long until(long now) {
        return cameLately(now) ? until : Long.MAX_VALUE;
    }
}
