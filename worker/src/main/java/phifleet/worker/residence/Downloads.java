package phifleet.worker.residence;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.ModelException;

/** Gets models' files beside the thread that loads them, some models' at once and the others' after those. Thread-safe. */
final class Downloads implements AutoCloseable {
    /** Each takes several files at once. */
    private static final int AT_ONCE = 4;

    private final Shelf shelf;
    private final ExecutorService threads = Executors.newFixedThreadPool(
            AT_ONCE, Thread.ofPlatform().daemon().name("download-", 0).factory());

    Downloads(Shelf shelf) {
        this.shelf = shelf;
    }

    /** @param done hears on a thread of these why the files cannot be had; null where they are here. Not once this is closed */
    void fetch(String id, Consumer<@Nullable Exception> done) {
        try {
            threads.execute(() -> now(id, done));
        } catch (RejectedExecutionException e) {
            // The worker stops, and with it all who wait.
        }
    }

    private void now(String id, Consumer<@Nullable Exception> done) {
        try {
            shelf.fetch(id, null);
            done.accept(null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ModelException | RuntimeException e) {
            done.accept(e);
        }
    }

    /** What has come of a file is kept, and is gone on from at the next try. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
