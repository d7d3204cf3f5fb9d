package phifleet.http;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bytes that bodies may hold, of all requests together, so that no number of callers can fill the heap. A quarter is kept for
 * small bodies: large ones, however many, never keep a small request out. Thread-safe.
 */
public final class BodyBudget {
    /** A body that holds no more than this is small. */
    public static final int SMALL_BYTES = 64 * 1024;

    private final long total;
    private final long keptForSmall;
    private final AtomicLong free;

    /** Bytes for what may wait of a body that flows while it is held up. For one thread at a time. */
    public final class Share implements AutoCloseable {
        private final long bytes;
        private boolean given;

        private Share(long bytes) {
            this.bytes = bytes;
        }

        /** Gives them back; again without effect. */
        @Override
        public void close() {
            if (!given) {
                given = true;
                give(bytes);
            }
        }
    }

    /**
     * A budget of so many bytes.
     *
     * @param total at least four times the longest body that is to be held beside others
     */
    public BodyBudget(long total) {
        this.total = total;
        this.keptForSmall = total / 4;
        this.free = new AtomicLong(total);
    }

    /** This part of the heap that the process may have. */
    public static BodyBudget ofHeap(int part) {
        return new BodyBudget(Runtime.getRuntime().maxMemory() / part);
    }

    /** The longest body that can ever be held. */
    public long largest() {
        return total - keptForSmall;
    }

    /** Whether a body of so many bytes could be held now. Takes nothing. */
    boolean hasRoomFor(long bytes) {
        return free.get() - bytes >= kept(bytes);
    }

    /**
     * Takes bytes, to be given back by {@link #give}.
     *
     * @param whole what the body holds with them
     * @return false where there are not so many, and then none are taken
     */
    public boolean take(long bytes, long whole) {
        long left = free.addAndGet(-bytes);
        if (left >= kept(whole)) {
            return true;
        }
        free.addAndGet(bytes);
        return false;
    }

    /** Takes bytes for a body that flows, of those that large bodies may have; empty where there are not so many. */
    public Optional<Share> share(long bytes) {
        return take(bytes, Long.MAX_VALUE) ? Optional.of(new Share(bytes)) : Optional.empty();
    }

    /** Gives bytes back. */
    public void give(long bytes) {
        free.addAndGet(bytes);
    }

    /** Whether large bodies have no more than a quarter of theirs left, so that who can wait had better. Takes nothing. */
    public boolean isTight() {
        return free.get() - keptForSmall < largest() / 4;
    }

    /** What is left; all of it when no body is held. */
    public long free() {
        return free.get();
    }

    private long kept(long whole) {
        return whole <= SMALL_BYTES ? 0 : keptForSmall;
    }
}
