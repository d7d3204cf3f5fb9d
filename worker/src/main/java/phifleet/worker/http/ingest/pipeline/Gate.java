package phifleet.worker.http.ingest.pipeline;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets in as many images as are worked on at once, in the order in which they came. Thread-safe. */
public final class Gate {
    private final Semaphore places;
    private final AtomicInteger within = new AtomicInteger();

    public Gate(int places) {
        this.places = new Semaphore(places, true);
    }

    /** Waits for a place. */
    void enter() throws InterruptedException {
        places.acquire();
        within.incrementAndGet();
    }

    void leave() {
        within.decrementAndGet();
        places.release();
    }

    /** Images that are worked on now. */
    public int within() {
        return within.get();
    }
}
