package phifleet.worker.residence;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import phifleet.worker.http.state.StateSource;
import phifleet.worker.http.state.WorkerState;

/** One state of the worker, and how many hold it. Thread-safe. */
final class Generation {
    /** Beside the count: it has been replaced, and nobody takes hold of it any more. */
    private static final long REPLACED = 1L << 62;

    private final WorkerState state;
    private final AtomicLong holds = new AtomicLong();
    private final CompletableFuture<Void> own = new CompletableFuture<>();

    /** Done once nobody holds this or one before it. */
    private final CompletableFuture<Void> quiet;

    Generation(WorkerState state) {
        this.state = state;
        this.quiet = own;
    }

    private Generation(WorkerState state, Generation before) {
        this.state = state;
        this.quiet = CompletableFuture.allOf(before.quiet, own);
    }

    Generation next(WorkerState later) {
        return new Generation(later, this);
    }

    WorkerState state() {
        return state;
    }

    /** Whether it is held now: not where it has been replaced. */
    boolean hold() {
        long now = holds.get();
        while ((now & REPLACED) == 0) {
            long found = holds.compareAndExchange(now, now + 1);
            if (found == now) {
                return true;
            }
            now = found;
        }
        return false;
    }

    StateSource.Hold held() {
        return this::release;
    }

    /** To be called once, when another is in its place. */
    CompletableFuture<Void> replaced() {
        if (holds.getAndUpdate(count -> count | REPLACED) == 0) {
            own.complete(null);
        }
        return quiet;
    }

    private void release() {
        if (holds.decrementAndGet() == REPLACED) {
            own.complete(null);
        }
    }
}
