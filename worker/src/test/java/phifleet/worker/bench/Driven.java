package phifleet.worker.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import phifleet.benchmark.Call;
import phifleet.benchmark.ClientTime;
import phifleet.benchmark.LoadDriver;
import phifleet.benchmark.LoadReport;
import phifleet.benchmark.Turns.Measured;
import phifleet.benchmark.Workload;

/** Turns of this process: a worker's under a load driver, and a bare loop's. */
final class Driven {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /** A busy machine must not have it refuse what would take too long. */
    static final Map<String, String> PATIENT = Map.of("BATCHING_QUEUE_MS", "600000");

    private Driven() {}

    /** One item of a bare loop. */
    @FunctionalInterface
    interface Item {
        void run(int index) throws Exception;
    }

    /** Sends the calls in turn, as many requests as wanted, by clients that never rest. */
    static Measured over(URI target, List<Call> calls, int clients, int requests) throws InterruptedException {
        ClientTime own = new ClientTime();
        long cpu = SYSTEM.getProcessCpuTime();
        LoadReport report = new LoadDriver(target, clients, Duration.ofMinutes(5))
                .run(Workload.inTurn(calls), requests, () -> false, own);
        double all = (SYSTEM.getProcessCpuTime() - cpu) / 1e9;
        if (report.lost() > 0) {
            throw new IllegalStateException("requests were lost:\n" + report.table());
        }
        return new Measured(report.succeeded(), report.elapsed().toNanos() / 1e9, all, all - own.seconds());
    }

    /** Runs items 0 to {@code items} on so many threads. */
    static Measured bare(int threads, int items, Item item) throws Exception {
        AtomicInteger next = new AtomicInteger();
        long cpu = SYSTEM.getProcessCpuTime();
        long start = System.nanoTime();
        try (ExecutorService loops = Executors.newFixedThreadPool(threads)) {
            List<Future<Object>> running = IntStream.range(0, threads)
                    .mapToObj(i -> loops.submit(() -> {
                        for (int at = next.getAndIncrement(); at < items; at = next.getAndIncrement()) {
                            item.run(at);
                        }
                        return (Object) i;
                    }))
                    .toList();
            for (Future<Object> one : running) {
                one.get();
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double all = (SYSTEM.getProcessCpuTime() - cpu) / 1e9;
        return new Measured(items, seconds, all, all);
    }
}
