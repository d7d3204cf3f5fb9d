package phifleet.worker.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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

    private static final Path TASKS = Path.of("/proc/self/task");

    /** A busy machine must not have it refuse what would take too long. */
    static final Map<String, String> PATIENT = Map.of("BATCHING_QUEUE_MS", "600000");

    private Driven() {}

    /** One item of a bare loop. */
    @FunctionalInterface
    interface Item {
        void run(int index) throws Exception;
    }

    /** Sends the calls in turn, as many requests as wanted, by clients that never rest. */
    static Measured over(URI target, List<Call> calls, int clients, int requests)
            throws IOException, InterruptedException {
        ClientTime own = new ClientTime();
        double cpu = cpuSeconds();
        LoadReport report = new LoadDriver(target, clients, Duration.ofMinutes(5))
                .run(Workload.inTurn(calls), requests, () -> false, own);
        double all = cpuSeconds() - cpu;
        if (report.lost() > 0) {
            throw new IllegalStateException("requests were lost:\n" + report.table());
        }
        return new Measured(report.succeeded(), report.elapsed().toNanos() / 1e9, all, all - own.seconds());
    }

    /** Runs items 0 to {@code items} on so many threads. */
    static Measured bare(int threads, int items, Item item) throws Exception {
        AtomicInteger next = new AtomicInteger();
        double cpu = cpuSeconds();
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
        double all = cpuSeconds() - cpu;
        return new Measured(items, seconds, all, all);
    }

    /**
     * Of this process, less what the JVM's compilers took so far: they go on for minutes, and are no part of the pace. What its
     * collector takes is.
     */
    private static double cpuSeconds() throws IOException {
        return SYSTEM.getProcessCpuTime() / 1e9 - compilerSeconds();
    }

    /** On Linux, whose clock of threads ticks a hundred times a second; 0 elsewhere. */
    private static double compilerSeconds() throws IOException {
        if (!Files.isDirectory(TASKS)) {
            return 0;
        }
        double seconds = 0;
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (Path task : tasks) {
                String stat = stat(task);
                if (stat.contains("(C1 Compiler") || stat.contains("(C2 Compiler")) {
                    // From the third field on, which follows the name; user and system time are the 14th and the 15th.
                    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
                    seconds += (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
                }
            }
        }
        return seconds;
    }

    /** Empty for a thread that has just ended. */
    private static String stat(Path task) throws IOException {
        try {
            return Files.readString(task.resolve("stat"));
        } catch (NoSuchFileException e) {
            return "";
        }
    }
}
