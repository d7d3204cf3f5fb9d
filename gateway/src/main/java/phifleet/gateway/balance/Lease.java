package phifleet.gateway.balance;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One request's place among those in flight on a worker, from before the connection is made. It ends exactly once, in one
 * of three ways: {@link #served}, {@link #failed} or {@link #abandoned}; whatever comes after that changes nothing.
 */
public final class Lease {
    private final Worker worker;
    private final AtomicBoolean ended = new AtomicBoolean();

    Lease(Worker worker) {
        this.worker = worker;
    }

    public Worker worker() {
        return worker;
    }

    /**
     * The answer reached its end.
     *
     * @param nanos from the lease to the answer's end
     * @return false where the lease had ended before
     */
    public boolean served(long nanos) {
        return end(() -> worker.countServed(nanos));
    }

    /**
     * The worker failed.
     *
     * @return false where the lease had ended before
     */
    public boolean failed(Failure failure) {
        return end(() -> worker.countFailed(failure));
    }

    /**
     * Nobody wants the answer any more, which says nothing about the worker.
     *
     * @return false where the lease had ended before
     */
    public boolean abandoned() {
        return end(worker::countAbandoned);
    }

    private boolean end(Runnable count) {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        worker.release();
        count.run();
        return true;
    }
}
