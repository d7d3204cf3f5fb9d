package phifleet.worker.http.ingest.pipeline;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import phifleet.inference.model.ModelException;
import phifleet.inference.vision.decode.ImageException;

/** Threads for what is computed of pixels, outside of models. Thread-safe. */
final class DecodePool implements AutoCloseable {
    private final ExecutorService threads;

    DecodePool(int size) {
        threads = Executors.newFixedThreadPool(
                size, Thread.ofPlatform().daemon().name("decode-", 0).factory());
    }

    /** Computes it on one of them, and waits for it. */
    <T> T run(Callable<T> work) throws ImageException, ModelException, InterruptedException {
        try {
            return threads.submit(work).get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case ImageException broken -> throw broken;
                case ModelException failed -> throw failed;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
