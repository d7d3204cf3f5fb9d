package phifleet.gateway.http;

import java.util.concurrent.atomic.AtomicInteger;
import phifleet.gateway.balance.Worker;
import phifleet.gateway.balance.WorkerDirectory;

/**
 * The requests whose bodies flow to workers. They take seconds where others take milliseconds, so that all together get half of
 * the places that the workers have, and the others always find one. Thread-safe.
 */
final class Flows {
    private final WorkerDirectory directory;
    private final AtomicInteger open = new AtomicInteger();

    Flows(WorkerDirectory directory) {
        this.directory = directory;
    }

    /** Takes a place, to be given back by {@link #leave}; false where there is none. */
    boolean enter() {
        int places =
                directory.snapshot().eligible().stream().mapToInt(Worker::cap).sum();
        if (open.incrementAndGet() > Math.max(1, places / 2)) {
            open.decrementAndGet();
            return false;
        }
        return true;
    }

    void leave() {
        open.decrementAndGet();
    }
}
