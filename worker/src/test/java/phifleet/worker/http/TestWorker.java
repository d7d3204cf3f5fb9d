package phifleet.worker.http;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import phifleet.common.settings.SettingsReader;
import phifleet.http.BodyBudget;
import phifleet.http.RawClient;
import phifleet.inference.Catalogue;
import phifleet.inference.gpu.GpuReading;
import phifleet.worker.http.state.ModelRepository;
import phifleet.worker.http.state.StateSource;
import phifleet.worker.http.state.WorkerIdentity;
import phifleet.worker.http.state.WorkerState;
import phifleet.worker.http.state.WorkerView;

/** A real server on a free port, with a fake encoder behind it. Each answer is held against the API's description. */
final class TestWorker implements AutoCloseable {
    static final Instant STARTED_AT = Instant.parse("2026-11-21T09:00:00Z");

    /** What all bodies together may hold. */
    private static final long BODY_BYTES = 64 * 1024 * 1024;

    final FakeEncoder encoder = new FakeEncoder("fake-model", "fake-alias");
    final AtomicReference<WorkerState> state =
            new AtomicReference<>(WorkerState.ready(new Catalogue(List.of(encoder))));
    private final AtomicInteger holds = new AtomicInteger();
    final AtomicReference<Optional<GpuReading>> gpu = new AtomicReference<>(Optional.empty());
    final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    final WorkerServer server;
    final int port;
    private final long allBodyMemory;
    private final Vertx vertx;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Starts with settings in YAML; the port is always a free one. */
    TestWorker(String yaml) {
        this(yaml, 0);
    }

    TestWorker(String yaml, int port) {
        this(yaml, port, BODY_BYTES);
    }

    /** With so much memory for all bodies together. */
    TestWorker(String yaml, int port, long bodyBytes) {
        this(yaml, port, bodyBytes, identity());
    }

    /** One that is somebody else. */
    TestWorker(String yaml, int port, long bodyBytes, WorkerIdentity identity) {
        HttpSettings settings = HttpSettings.read(
                SettingsReader.ofYaml(
                                "test",
                                yaml,
                                "PHI_",
                                Map.of("PHI_HTTP_PORT", Integer.toString(port), "PHI_HTTP_HOST", "127.0.0.1"))
                        .root(),
                2);
        vertx = WorkerVertx.create(settings, registry);
        server = new WorkerServer(
                vertx,
                settings,
                new WorkerView(identity, counting(), ModelRepository.FIXED),
                gpu::get,
                new HttpMetrics(registry),
                new BodyBudget(bodyBytes));
        allBodyMemory = server.freeBodyMemory();
        this.port = await(server.start());
    }

    static WorkerIdentity identity() {
        return new WorkerIdentity("worker-a", "1.2.3", STARTED_AT, "cuda:0", null, "machine-7");
    }

    /** Of a worker whose models stay as they are. */
    static WorkerView view(StateSource states) {
        return new WorkerView(identity(), states, ModelRepository.FIXED);
    }

    /** The state, and how many use it. */
    private StateSource counting() {
        return new StateSource() {
            @Override
            public WorkerState get() {
                return state.get();
            }

            @Override
            public Hold hold() {
                holds.incrementAndGet();
                return holds::decrementAndGet;
            }
        };
    }

    static <T> T await(io.vertx.core.Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET().build());
    }

    HttpResponse<String> post(String path, String json, String... headers) {
        HttpRequest.Builder request = request(path, headers).POST(HttpRequest.BodyPublishers.ofString(json));
        if (List.of(headers).stream().noneMatch("Content-Type"::equalsIgnoreCase)) {
            request.header("Content-Type", "application/json");
        }
        return send(request.build());
    }

    HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request;
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return ApiDescription.checked(client.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until no request is in flight or has a model, and no body is in memory; fails if that does not come. */
    void awaitIdle() {
        long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (server.requestsInFlight() != 0 || holds.get() != 0 || server.freeBodyMemory() != allBodyMemory) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(server.requestsInFlight() + " requests in flight, " + holds + " holds, "
                        + (allBodyMemory - server.freeBodyMemory()) + " bytes of bodies held");
            }
            Thread.onSpinWait();
        }
    }

    RawClient raw() {
        return new RawClient(port);
    }

    @Override
    public void close() {
        client.close();
        await(vertx.close());
        server.close();
    }
}
