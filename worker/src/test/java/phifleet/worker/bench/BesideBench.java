package phifleet.worker.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
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
 * Singles beside a client with 2,048 texts, at a worker over HTTP. Both share the machine.
 */
public final class BesideBench {
    private static final int TEXTS = 2048;
    private static final Duration SHORT = Duration.ofSeconds(5);

    private BesideBench() {}

    public static void main(String[] arguments) throws Exception {
        Path cache = Path.of(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        Tokenizer tokenizer = new Engines(EngineSettings.of(cache)).tokenizer(EmbeddedModel.ALL_MINILM_L6_V2.spec());
        List<String> texts = Texts.mixed(TEXTS, tokenizer, 2026);
        List<Call> singles = EmbeddingBench.calls(texts, 1);
        String bulk = new JsonMapper().writeValueAsString(Map.of("texts", texts));
        try (WorkerUnderTest worker = WorkerUnderTest.start(cache, Map.of())) {
            closed(worker.uri(), singles, 32, SHORT);
            for (int clients : new int[] {1, 8, 32}) {
                beside(worker.uri(), singles, bulk, clients, rounds);
            }
        }
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
