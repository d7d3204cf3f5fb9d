package phifleet.worker.http.ingest.pipeline;

import java.util.concurrent.Semaphore;

/** Lets in as many images as are worked on at once, in the order in which they came. Thread-safe. */
public final class Gate {
    private final int size;
    private final Semaphore places;

    /** @param size images within at once */
    public Gate(int size) {
        this.size = size;
        this.places = new Semaphore(size, true);
    }

    /** Waits for a place. */
    void enter() throws InterruptedException {
        places.acquire();
    }

    void leave() {
        places.release();
    }

    /** Images that are worked on now. */
    public int within() {
        return size - places.availablePermits();
    }
}
