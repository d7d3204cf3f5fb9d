package phifleet.worker.residence;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.model.ModelException;
import phifleet.inference.serving.ResidentModel;

/**
 * Has models that serve in a first form take the one that they keep, one after another, beside loads and requests, and finds out what their
 * loads left for later. Thread-safe.
 */
final class Settling implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Settling.class);

    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("settling").factory());

    /** @param done runs on a thread of this once it has, or cannot; not once this is closed */
    void settle(ResidentModel model, Runnable done) {
        try {
            thread.execute(() -> {
                now(model);
                done.run();
                learn(model);
            });
        } catch (RejectedExecutionException e) {
            // The worker stops.
        }
    }

    private static void now(ResidentModel model) {
        try {
            long start = System.nanoTime();
            model.settle();
            LOG.info(
                    "{}: has the form that it keeps after {} ms more",
                    model.id(),
                    (System.nanoTime() - start) / 1_000_000);
        } catch (ModelException | RuntimeException e) {
            LOG.warn("{}: serves on as its files are mapped: {}", model.id(), Reasons.of(e));
        }
    }

    private static void learn(ResidentModel model) {
        try {
            model.learn();
        } catch (ModelException | RuntimeException e) {
            LOG.info("{}: its batches are tried at another time: {}", model.id(), Reasons.of(e));
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
