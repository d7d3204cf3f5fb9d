package phifleet.worker.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import phifleet.benchmark.Call;
import phifleet.benchmark.LoadDriver;
import phifleet.benchmark.LoadReport;
import phifleet.benchmark.Workload;
import phifleet.inference.engine.EngineSettings;
import phifleet.inference.engine.Engines;
import phifleet.inference.model.EmbeddedModel;
import phifleet.inference.model.Tokenizer;
import phifleet.worker.WorkerUnderTest;

/**
 * What admission promises, at a worker over HTTP: ten times the load that it can do, and singles beside a client with 2,048 texts.
 * Worker and clients share the machine, so throughput is compared by the processor time left to it too.
 */
public final class AdmissionBench {
    private static final int TEXTS = 2048;
    private static final Duration SHORT = Duration.ofSeconds(5);

    private AdmissionBench() {}

    public static void main(String[] arguments) throws Exception {
        Path cache = Path.of(arguments[0]);
        int seconds = Integer.parseInt(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        Tokenizer tokenizer = new Engines(EngineSettings.of(cache)).tokenizer(EmbeddedModel.ALL_MINILM_L6_V2.spec());
        List<String> texts = Texts.mixed(TEXTS, tokenizer, 2026);
        List<Call> singles = EmbeddingBench.calls(texts, 1);
        String bulk = new JsonMapper().writeValueAsString(Map.of("texts", texts));
        Duration bound = Duration.ofMillis(Integer.parseInt(arguments[3]));
        Map<String, String> settings = Map.of("BATCHING_QUEUE_MS", arguments[3]);
        try (WorkerUnderTest worker = WorkerUnderTest.start(cache, settings)) {
            overload(worker.uri(), singles, seconds, bound);
        }
        try (WorkerUnderTest worker = WorkerUnderTest.start(cache, Map.of())) {
            closed(worker.uri(), singles, 32, SHORT);
            for (int clients : new int[] {1, 8, 32}) {
                beside(worker.uri(), singles, bulk, clients, rounds);
            }
        }
    }

    /** Ten times as many single texts a second as were answered at the peak, and a second of a usual load after it. */
    private static void overload(URI target, List<Call> singles, int seconds, Duration bound) throws Exception {
        closed(target, singles, 32, SHORT);
        LoadReport[] peak = new LoadReport[1];
        double peakCpu = workerCpu();
        Pace peakPace = Pace.of(1, () -> peak[0] = closed(target, singles, 64, Duration.ofSeconds(seconds)));
        peakCpu = workerCpu() - peakCpu;
        LoadReport usual = closed(target, singles, 8, SHORT);
        double perSecond = 10 * peak[0].throughput();
        long start = System.nanoTime();
        Workload paced = index -> {
            LockSupport.parkNanos(start + (long) (index / perSecond * 1e9) - System.nanoTime());
            return singles.get((int) (index % singles.size()));
        };
        int connections = (int) Math.clamp(2 * peak[0].throughput() * bound.toMillis() / 1e3, 100, 3000);
        LoadReport[] over = new LoadReport[1];
        double overCpu = workerCpu();
        double inModel = metric(target, "inference_seconds_sum");
        Pace overPace =
                Pace.of(1, () -> over[0] = new LoadDriver(target, connections).run(paced, Duration.ofSeconds(seconds)));
        overCpu = workerCpu() - overCpu;
        inModel = metric(target, "inference_seconds_sum") - inModel;
        double wall = (System.nanoTime() - start) / 1e9;
        LoadReport after = closed(target, singles, 8, Duration.ofSeconds(1));
        long refused = over[0].statuses().getOrDefault(429, 0L);
        System.out.printf(
                Locale.ROOT,
                "peak %.1f texts/s; ten times that for %d s over %d connections: %d answered, %d refused (429), %d other%n",
                peak[0].throughput(),
                seconds,
                connections,
                over[0].succeeded(),
                refused,
                over[0].lost() - refused);
        System.out.printf(
                Locale.ROOT,
                "accepted: median %.2f s, 99 %% %.2f s, most %.2f s; bound %.1f s%n",
                over[0].latencyMillis(0.5) / 1e3,
                over[0].latencyMillis(0.99) / 1e3,
                over[0].latencyMillis(1) / 1e3,
                bound.toMillis() / 1e3);
        System.out.printf(
                Locale.ROOT,
                "of that in the worker's queue at most %.2f s, in a batch %.2f s%n",
                metric(target, "queue_wait_seconds_max"),
                metric(target, "inference_seconds_max"));
        System.out.printf(
                Locale.ROOT,
                "%.2f loops of %d were in the model%n",
                inModel / wall,
                Runtime.getRuntime().availableProcessors());
        System.out.printf(
                Locale.ROOT,
                "throughput / peak: %.3f by the clock, %.3f by the time of the worker's threads, %.3f by all processor time (clients' included)%n",
                over[0].throughput() / peak[0].throughput(),
                over[0].succeeded() / overCpu / (peak[0].succeeded() / peakCpu),
                over[0].succeeded() * overPace.perCpuSecond() / (peak[0].succeeded() * peakPace.perCpuSecond()));
        System.out.printf(
                Locale.ROOT,
                "8 clients before, and in the first second after: median %.1f and %.1f ms, 99 %% %.1f and %.1f ms, %d refused%n",
                usual.latencyMillis(0.5),
                after.latencyMillis(0.5),
                usual.latencyMillis(0.99),
                after.latencyMillis(0.99),
                after.statuses().getOrDefault(429, 0L));
    }

    /** Some clients with single texts, turn by turn alone and beside one with as many as a request may have. */
    private static void beside(URI target, List<Call> singles, String bulk, int clients, int rounds) throws Exception {
        List<double[]> found = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            LoadReport alone = closed(target, singles, clients, SHORT);
            LoadReport beside;
            try (Bulk large = new Bulk(target, bulk)) {
                Thread.sleep(1000);
                beside = closed(target, singles, clients, SHORT);
                large.check();
            }
            found.add(new double[] {
                alone.latencyMillis(0.5),
                beside.latencyMillis(0.5),
                alone.latencyMillis(0.99),
                beside.latencyMillis(0.99),
                beside.throughput() / alone.throughput()
            });
        }
        System.out.printf(
                Locale.ROOT,
                "%d clients beside one with %d texts: median %.1f (alone %.1f) ms, 99 %% %.1f (%.1f) ms, ratio of the latter %.2f;"
                        + " their throughput %.2f of alone%n",
                clients,
                TEXTS,
                median(found, f -> f[1]),
                median(found, f -> f[0]),
                median(found, f -> f[3]),
                median(found, f -> f[2]),
                median(found, f -> f[3] / f[2]),
                median(found, f -> f[4]));
    }

    /** Seconds of processor time that the worker's own threads, of its devices and of its edge, have had so far. */
    private static double workerCpu() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                        .filter(thread -> thread != null
                                && (thread.getThreadName().startsWith("device-")
                                        || thread.getThreadName().startsWith("vert.x-")))
                        .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId()))
                        .sum()
                / 1e9;
    }

    private static double metric(URI target, String name) throws Exception {
        return Metrics.lines(target).stream()
                .filter(line -> line.startsWith(name))
                .mapToDouble(Metrics::value)
                .max()
                .orElse(Double.NaN);
    }

    /** A client that asks for very many texts, again and again, and hangs up when it is closed. */
    private static final class Bulk implements AutoCloseable {
        private final HttpClient client = HttpClient.newHttpClient();
        private final HttpRequest request;
        private final AtomicReference<String> refusal = new AtomicReference<>("");
        private final AtomicBoolean over = new AtomicBoolean();
        private volatile CompletableFuture<HttpResponse<String>> asked;

        Bulk(URI target, String body) {
            this.request = HttpRequest.newBuilder(target.resolve("/embed"))
                    .header("Content-Type", "application/json")
                    .header("X-Request-Timeout-Ms", "600000")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            this.asked = ask();
        }

        private CompletableFuture<HttpResponse<String>> ask() {
            return client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                    .whenComplete((response, failure) -> {
                        if (failure != null) {
                            return;
                        }
                        if (response.statusCode() != 200) {
                            refusal.set(response.body());
                        } else if (!over.get()) {
                            asked = ask();
                        }
                    });
        }

        void check() {
            if (!refusal.get().isEmpty()) {
                throw new IllegalStateException("the client with many texts was refused: " + refusal.get());
            }
        }

        @Override
        public void close() {
            over.set(true);
            asked.cancel(true);
            client.shutdownNow();
        }
    }

    private static LoadReport closed(URI target, List<Call> calls, int clients, Duration time)
            throws InterruptedException {
        return new LoadDriver(target, clients).run(Workload.inTurn(calls), time);
    }

    private static double median(List<double[]> rounds, ToDoubleFunction<double[]> value) {
        double[] sorted = rounds.stream().mapToDouble(value).toArray();
        Arrays.sort(sorted);
        return sorted[(sorted.length - 1) / 2];
    }
}
