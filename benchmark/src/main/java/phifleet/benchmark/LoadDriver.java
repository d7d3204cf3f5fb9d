package phifleet.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import phifleet.benchmark.LoadObserver.Ending;

/**
 * N connections, each sending its next request when the last one is answered, or when it is due where a {@link Arrivals} says so.
 * Every latency, status and mismatch is counted; nothing is sent twice, so whatever the far side loses shows in the report.
 *
 * @param target the address, such as {@code http://127.0.0.1:8080}; the path of each call is added
 * @param connections how many, each on a thread of its own: a platform thread, since a virtual one learns of its answer from
 *     another, which shows in the times of an idle target
 * @param answerTimeout the longest silence borne while an answer is awaited
 */
public record LoadDriver(URI target, int connections, Duration answerTimeout) {
    private static final ThreadFactory USERS =
            Thread.ofPlatform().daemon().name("user-", 0).factory();
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    public LoadDriver {
        if (connections < 1) {
            throw new IllegalArgumentException("connections is " + connections + ", and must be at least 1");
        }
    }

    /** A driver that waits a minute for an answer. */
    public LoadDriver(URI target, int connections) {
        this(target, connections, Duration.ofSeconds(60));
    }

    /** Sends that many requests in all. */
    public LoadReport run(Workload workload, long requests) throws InterruptedException {
        return run(workload, requests, () -> false);
    }

    /** Sends until the time is over. */
    public LoadReport run(Workload workload, Duration time) throws InterruptedException {
        long start = System.nanoTime();
        return run(
                workload,
                Long.MAX_VALUE,
                () -> System.nanoTime() - start >= time.toNanos(),
                LoadObserver.none(),
                new Arrivals.Closed(),
                start);
    }

    /** Sends until that many were sent, or until told to stop; either way each request sent is answered or failed. */
    public LoadReport run(Workload workload, long requests, BooleanSupplier stop) throws InterruptedException {
        return run(workload, requests, stop, LoadObserver.none());
    }

    /** The same, with an observer that hears of each request. */
    public LoadReport run(Workload workload, long requests, BooleanSupplier stop, LoadObserver observer)
            throws InterruptedException {
        return run(workload, requests, stop, observer, new Arrivals.Closed(), System.nanoTime());
    }

    /** Sends that many requests at that pace. In an open loop the connections are the most that can be under way at once. */
    public LoadReport run(Workload workload, long requests, Arrivals pace) throws InterruptedException {
        return run(workload, requests, () -> false, LoadObserver.none(), pace, System.nanoTime());
    }

    /** The same, with an observer that hears of each request. */
    public LoadReport run(Workload workload, long requests, Arrivals pace, LoadObserver observer)
            throws InterruptedException {
        return run(workload, requests, () -> false, observer, pace, System.nanoTime());
    }

    private LoadReport run(
            Workload workload, long requests, BooleanSupplier stop, LoadObserver observer, Arrivals pace, long start)
            throws InterruptedException {
        AtomicLong next = new AtomicLong();
        List<Future<LoadTally>> running = new ArrayList<>();
        try (ExecutorService users = Executors.newThreadPerTaskExecutor(USERS)) {
            for (int i = 0; i < connections; i++) {
                running.add(users.submit(() -> {
                    long begun = System.nanoTime();
                    LoadTally tally = loop(workload, next, requests, stop, observer, pace, start);
                    tally.ended(System.nanoTime() - begun, THREADS.getCurrentThreadCpuTime());
                    return tally;
                }));
            }
            LoadTally all = new LoadTally();
            for (Future<LoadTally> one : running) {
                all.add(one.get());
            }
            return all.report(Duration.ofNanos(System.nanoTime() - start));
        } catch (ExecutionException e) {
            throw new IllegalStateException("a connection of the load driver ended early", e.getCause());
        }
    }

    private LoadTally loop(
            Workload workload,
            AtomicLong next,
            long requests,
            BooleanSupplier stop,
            LoadObserver observer,
            Arrivals pace,
            long begun)
            throws InterruptedException {
        LoadTally tally = new LoadTally();
        @Nullable HttpConnection connection = null;
        for (long index = next.getAndIncrement();
                index < requests && !stop.getAsBoolean();
                index = next.getAndIncrement()) {
            Call call = workload.call(index);
            long start = intendedStart(pace, begun, index, tally);
            try {
                if (connection == null) {
                    connection = HttpConnection.open(target, answerTimeout);
                }
                long sent = System.nanoTime();
                Answer answer = connection.exchange(call.wire());
                long end = System.nanoTime();
                tally.awaited(end - sent);
                boolean good = tally.answered(call, answer, end - start);
                observer.ended(start, end, good ? Ending.GOOD : Ending.LOST);
                if (!connection.reusable()) {
                    connection = close(connection);
                }
            } catch (IOException | RuntimeException e) {
                tally.failed(call, e);
                observer.ended(
                        start, System.nanoTime(), e instanceof SocketTimeoutException ? Ending.GIVEN_UP : Ending.LOST);
                connection = close(connection);
                // A target that refuses connections would be asked a million times a second.
                Thread.sleep(10);
            }
        }
        close(connection);
        return tally;
    }

    /** Waits for it where it is to come; what the client itself was late by is counted. */
    private static long intendedStart(Arrivals pace, long begun, long index, LoadTally tally) {
        return switch (pace) {
            case Arrivals.Closed() -> System.nanoTime();
            case Arrivals.Open(var dueNanos) -> awaitStart(begun + dueNanos.applyAsLong(index), tally);
        };
    }

    private static long awaitStart(long due, LoadTally tally) {
        if (due > System.nanoTime()) {
            Arrivals.awaitNanoTime(due);
            tally.late(System.nanoTime() - due);
        }
        return due;
    }

    private static @Nullable HttpConnection close(@Nullable HttpConnection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (IOException e) {
                // Nothing more is expected of it.
            }
        }
        return null;
    }
}
