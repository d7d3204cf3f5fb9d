package phifleet.http.endpoint;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import phifleet.http.Exchange;

/**
 * Threads for what would hold up an event loop, and a bound on the exchanges that wait for them. An exchange that was let in may
 * run in several turns, each of which goes to the end of the queue, so that a long one never holds up the short ones. Thread-safe.
 */
public final class WorkPool implements AutoCloseable {
    /** Exchanges that may be in here at once. */
    private static final int MAX_INSIDE = 256;

    private final ThreadPoolExecutor executor;
    private final Semaphore places = new Semaphore(MAX_INSIDE);

    public WorkPool(String name, int threads) {
        executor = new ThreadPoolExecutor(
                threads,
                threads,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name(name + "-", 0).factory(),
                // Nothing is refused but what comes after the end.
                new ThreadPoolExecutor.DiscardPolicy());
        executor.allowCoreThreadTimeOut(true);
    }

    /**
     * Works out a reply on the pool and sends it on the exchange's event loop.
     *
     * @return false if the pool is full, so that nothing will happen
     */
    public boolean offer(Exchange exchange, Supplier<Reply> work) {
        if (!enter()) {
            return false;
        }
        finish(exchange, () -> {
            try {
                return work.get();
            } finally {
                leave();
            }
        });
        return true;
    }

    /** The same for the end of an exchange, whose place was asked for long before. */
    public void finish(Exchange exchange, Supplier<Reply> work) {
        turn(() -> {
            Reply reply = Reply.of(work);
            exchange.runLater(() -> reply.send(exchange));
        });
    }

    /** Takes a place, to be given back by {@link #leave}; false if all are taken. */
    public boolean enter() {
        return places.tryAcquire();
    }

    public void leave() {
        places.release();
    }

    /** Runs one turn of an exchange that has a place. */
    public void turn(Runnable step) {
        executor.execute(() -> {
            try {
                step.run();
            } catch (RuntimeException | LinkageError e) {
                // Libraries put what interrupts them into words of their own, and a class that it finds in its
                // beginning fails to load.
                if (!executor.isShutdown()) {
                    throw e;
                }
            }
        });
    }

    /** Interrupts what runs, which ends without a word, and forgets what waits. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
