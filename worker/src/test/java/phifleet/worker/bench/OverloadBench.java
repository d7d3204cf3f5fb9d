package phifleet.worker.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import phifleet.benchmark.AnswerCheck;
import phifleet.benchmark.Call;
import phifleet.benchmark.LoadDriver;
import phifleet.benchmark.LoadReport;
import phifleet.benchmark.Workload;
import phifleet.inference.engine.EngineSettings;
import phifleet.inference.engine.Engines;
import phifleet.inference.model.EmbeddedModel;
import phifleet.inference.model.Tokenizer;

/**
 * What admission promises: ten times as many single texts a second as a worker answers at its peak, over HTTP, and a second of a
 * usual load after it. The worker has a core that no client takes from it.
 */
final class OverloadBench {
    private static final Duration SHORT = Duration.ofSeconds(5);
    private static final int TIMES = 10;

    /** How the device's threads are called, and those that have the sockets. */
    private static final String DEVICE = "device-";

    private static final String EDGE = "vert.x-";

    private static final int TEXTS = 2048;

    private final WorkerProcess worker;
    private final List<Call> singles;
    private final Duration bound;

    private OverloadBench(WorkerProcess worker, List<Call> singles, Duration bound) {
        this.worker = worker;
        this.singles = singles;
        this.bound = bound;
    }

    /** Arguments: the folder of a cache, seconds, the queue's bound in ms, and a command that binds a worker to its core. */
    public static void main(String[] arguments) throws Exception {
        Path cache = Path.of(arguments[0]);
        Tokenizer tokenizer = new Engines(EngineSettings.of(cache)).tokenizer(EmbeddedModel.ALL_MINILM_L6_V2.spec());
        List<Call> singles = EmbeddingBench.calls(Texts.mixed(TEXTS, tokenizer, 2026), 1);
        List<String> bind = List.of(arguments).subList(3, arguments.length);
        Path log = Files.createTempFile("overload-bench", ".log");
        try (WorkerProcess worker =
                WorkerProcess.start(bind, cache, log, Map.of("PHI_BATCHING_QUEUE_MS", arguments[2]))) {
            new OverloadBench(worker, singles, Duration.ofMillis(Integer.parseInt(arguments[2])))
                    .run(Integer.parseInt(arguments[1]));
        } finally {
            Files.delete(log);
        }
    }

    private void run(int seconds) throws Exception {
        closed(singles, 32, SHORT);
        double peakCpu = cpuSeconds();
        double peakEdge = cpuSeconds(EDGE);
        LoadReport peak = closed(singles, 64, Duration.ofSeconds(seconds));
        double edgeOfAnswer = (cpuSeconds(EDGE) - peakEdge) / peak.succeeded();
        peakCpu = cpuSeconds() - peakCpu;
        Floor floor = floor(peak, edgeOfAnswer, seconds);
        LoadReport usual = closed(singles, 8, SHORT);
        double overCpu = cpuSeconds();
        double overEdge = cpuSeconds(EDGE);
        double inModel = metric("inference_seconds_sum");
        LoadReport over = paced(singles, TIMES * peak.throughput(), connections(peak), Duration.ofSeconds(seconds));
        inModel = metric("inference_seconds_sum") - inModel;
        overCpu = cpuSeconds() - overCpu;
        overEdge = cpuSeconds(EDGE) - overEdge;
        LoadReport after = closed(singles, 8, Duration.ofSeconds(1));
        long refused = over.statuses().getOrDefault(429, 0L);
        print(
                "peak %.1f texts/s; %d times that for %d s over %d connections: %d answered, %d refused (429), %d other",
                peak.throughput(), TIMES, seconds, connections(peak), over.succeeded(), refused, over.lost() - refused);
        print(
                "accepted: median %.2f, 99 %% %.2f, most %.2f of the bound of %.1f s; in the worker's queue at most %.2f, in a batch %.2f",
                inBounds(over.latencyMillis(0.5)),
                inBounds(over.latencyMillis(0.99)),
                inBounds(over.latencyMillis(1)),
                bound.toMillis() / 1e3,
                inBounds(1e3 * metric("queue_wait_seconds_max")),
                inBounds(1e3 * metric("inference_seconds_max")));
        print(
                "throughput / peak: %.3f by the clock, %.3f by the time of the worker's threads; its loops were in the model %.2f of the time",
                over.throughput() / peak.throughput(),
                over.succeeded() / overCpu / (peak.succeeded() / peakCpu),
                inModel / seconds / worker.threads(DEVICE).count());
        print(
                "a refusal takes %.0f µs of the worker's processor time; GET /health/live at that pace beside 64 clients %.0f µs,"
                        + " and leaves them %.3f of the peak",
                1e6 * (overEdge - over.succeeded() * edgeOfAnswer) / refused, floor.micros(), floor.throughput());
        print(
                "8 clients before, and in the first second after: median %.1f and %.1f ms, 99 %% %.1f and %.1f ms, %d refused",
                usual.latencyMillis(0.5),
                after.latencyMillis(0.5),
                usual.latencyMillis(0.99),
                after.latencyMillis(0.99),
                after.statuses().getOrDefault(429, 0L));
    }

    /**
     * What the least that its HTTP server does costs beside a busy model, which has the caches.
     *
     * @param micros of processor time an answer
     * @param throughput of the texts beside it, of the peak
     */
    private record Floor(double micros, double throughput) {}

    /** As many of the least requests as there will be refusals, beside the load of the peak. */
    private Floor floor(LoadReport peak, double edgeOfAnswer, int seconds) throws Exception {
        List<Call> live = List.of(Call.get("live", "/health/live", AnswerCheck.anything()));
        Duration time = Duration.ofSeconds(seconds);
        double before = cpuSeconds(EDGE);
        try (ExecutorService beside = Executors.newSingleThreadExecutor()) {
            Future<LoadReport> least = beside.submit(() -> paced(live, (TIMES - 1) * peak.throughput(), 64, time));
            LoadReport texts = closed(singles, 64, time);
            double seen = cpuSeconds(EDGE) - before - texts.succeeded() * edgeOfAnswer;
            return new Floor(1e6 * seen / least.get().succeeded(), texts.throughput() / peak.throughput());
        }
    }

    private LoadReport paced(List<Call> calls, double perSecond, int connections, Duration time)
            throws InterruptedException {
        long start = System.nanoTime();
        Workload paced = index -> {
            LockSupport.parkNanos(start + (long) (index / perSecond * 1e9) - System.nanoTime());
            return calls.get((int) (index % calls.size()));
        };
        return new LoadDriver(worker.address(), connections).run(paced, time);
    }

    /** Twice as many as wait where all of the bound is used. */
    private int connections(LoadReport peak) {
        return (int) Math.clamp(2 * peak.throughput() * bound.toMillis() / 1e3, 100, 3000);
    }

    private LoadReport closed(List<Call> calls, int clients, Duration time) throws InterruptedException {
        return new LoadDriver(worker.address(), clients).run(Workload.inTurn(calls), time);
    }

    private double inBounds(double millis) {
        return millis / bound.toMillis();
    }

    private double cpuSeconds() throws IOException {
        return cpuSeconds(DEVICE) + cpuSeconds(EDGE);
    }

    private double cpuSeconds(String threads) throws IOException {
        return worker.threads(threads).cpuSeconds();
    }

    private double metric(String name) throws Exception {
        return Metrics.lines(worker.address()).stream()
                .filter(line -> line.startsWith(name))
                .mapToDouble(Metrics::value)
                .max()
                .orElse(Double.NaN);
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }
}
