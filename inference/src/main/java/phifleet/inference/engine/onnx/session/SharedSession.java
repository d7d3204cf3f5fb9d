package phifleet.inference.engine.onnx.session;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session and how many calls are inside: it ends with the last of them once it was retired. Thread-safe.
 *
 * @param <S> the engine's
 */
final class SharedSession<S extends AutoCloseable> {
    private static final Logger LOG = LoggerFactory.getLogger(SharedSession.class);

    /** Beside the count: nobody enters any more. */
    private static final long RETIRED = 1L << 62;

    private final S session;
    private final AtomicLong inside = new AtomicLong();

    SharedSession(S session) {
        this.session = session;
    }

    S session() {
        return session;
    }

    /** Whether the caller is inside now, and has to leave: not where it was retired. */
    boolean enter() {
        long now = inside.get();
        while ((now & RETIRED) == 0) {
            long found = inside.compareAndExchange(now, now + 1);
            if (found == now) {
                return true;
            }
            now = found;
        }
        return false;
    }

    void leave() {
        if (inside.decrementAndGet() == RETIRED) {
            close();
        }
    }

    /** To be called once. */
    void retire() {
        if (inside.getAndUpdate(count -> count | RETIRED) == 0) {
            close();
        }
    }

    private void close() {
        try {
            session.close();
        } catch (Exception e) {
            LOG.warn("a session could not be closed: {}", e.getMessage());
        }
    }
}
