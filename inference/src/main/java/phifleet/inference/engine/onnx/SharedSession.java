package phifleet.inference.engine.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session of the engine's and how many calls are inside: it ends with the last of them once it was retired. Thread-safe. */
final class SharedSession {
    private static final Logger LOG = LoggerFactory.getLogger(SharedSession.class);

    /** Beside the count: nobody enters any more. */
    private static final long RETIRED = 1L << 62;

    private final OrtSession session;
    private final AtomicLong inside = new AtomicLong();

    SharedSession(OrtSession session) {
        this.session = session;
    }

    OrtSession session() {
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
        } catch (OrtException e) {
            LOG.warn("a session could not be closed: {}", e.getMessage());
        }
    }
}
