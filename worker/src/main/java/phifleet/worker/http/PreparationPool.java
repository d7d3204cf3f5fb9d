package phifleet.worker.http;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The threads on which large requests are parsed and tokenised, with a queue that has an end. Thread-safe. */
final class PreparationPool implements AutoCloseable {
    /** Requests that may wait for a thread. */
    private static final int QUEUE = 256;

    private final ThreadPoolExecutor executor;

    PreparationPool(int threads) {
        executor = new ThreadPoolExecutor(
                threads,
                threads,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(QUEUE),
                Thread.ofPlatform().daemon().name("prepare-", 0).factory());
        executor.allowCoreThreadTimeOut(true);
    }

    /**
     * Works out a reply on the pool and sends it on the exchange's event loop.
     *
     * @return false if the queue is full, so that nothing will happen
     */
    boolean offer(Exchange exchange, Supplier<Reply> work) {
        try {
            executor.execute(() -> {
                Reply reply = Reply.of(work);
                exchange.runLater(() -> reply.send(exchange));
            });
            return true;
        } catch (RejectedExecutionException full) {
            return false;
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
