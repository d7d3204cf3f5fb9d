package phifleet.gateway.http;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import phifleet.gateway.balance.DirectorySettings;
import phifleet.gateway.balance.LeastConnections;
import phifleet.gateway.balance.WorkerDirectory;
import phifleet.gateway.demand.DemandSettings;
import phifleet.gateway.http.metrics.Links;
import phifleet.gateway.http.proxy.ProxySettings;
import phifleet.http.EdgeSettings;
import phifleet.http.caller.ApiKey;
import phifleet.http.caller.NamedKey;

/** A gateway and fake workers on free ports, in one JVM. */
final class GatewayFixture implements AutoCloseable {
    static final ProxySettings PROXY = waiting(Duration.ofMillis(600));

    final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(4));
    final WorkerDirectory directory;
    final List<FakeWorker> workers = new ArrayList<>();
    final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    final int port;
    private final GatewayServer server;

    GatewayFixture(int count) {
        this(count, PROXY, null, DirectorySettings.DEFAULT);
    }

    /** Settings of a proxy whose requests wait so long for a worker. */
    static ProxySettings waiting(Duration forWorker) {
        return new ProxySettings(1024 * 1024, 64 * 1024, forWorker, Duration.ofMillis(500), Duration.ofSeconds(60), 4);
    }

    static final String ADMIN_KEY = "admin";

    static EdgeSettings edge(@Nullable String apiKey) {
        return edge(apiKey, List.of());
    }

    static EdgeSettings edge(@Nullable String apiKey, List<NamedKey> keys) {
        return new EdgeSettings(
                apiKey == null ? null : new ApiKey(apiKey),
                keys,
                new ApiKey(ADMIN_KEY),
                List.of(),
                8 * 1024 * 1024,
                Duration.ofMillis(1_500),
                4_096,
                Duration.ofSeconds(20),
                Duration.ofSeconds(600));
    }

    GatewayFixture(int count, ProxySettings proxy, @Nullable String apiKey, DirectorySettings settings) {
        this(count, proxy, apiKey, settings, DemandSettings.DEFAULT);
    }

    GatewayFixture(
            int count,
            ProxySettings proxy,
            @Nullable String apiKey,
            DirectorySettings settings,
            DemandSettings demand) {
        this(count, proxy, edge(apiKey), apiKey, settings, demand);
    }

    GatewayFixture(int count, EdgeSettings edge, @Nullable String apiKey) {
        this(count, PROXY, edge, apiKey, DirectorySettings.DEFAULT, DemandSettings.DEFAULT);
    }

    private GatewayFixture(
            int count,
            ProxySettings proxy,
            EdgeSettings edge,
            @Nullable String apiKey,
            DirectorySettings settings,
            DemandSettings demand) {
        directory = new WorkerDirectory(settings, System::nanoTime);
        server = new GatewayServer(
                vertx,
                directory,
                new GatewayServer.Settings(
                        "127.0.0.1", 0, 0, 2, edge, apiKey, 0.2, 10, proxy, demand, LeastConnections::new, Links.NONE),
                "test-gateway",
                "0.1.0");
        server.prepare().await();
        port = server.listen().await();
        for (int i = 0; i < count; i++) {
            workers.add(FakeWorker.start(vertx, "w" + i));
        }
        announce(workers.toArray(FakeWorker[]::new));
        await(() -> ready() == count);
    }

    /** A worker that comes when the others are there. */
    FakeWorker another() {
        FakeWorker late = FakeWorker.start(vertx, "w" + workers.size());
        workers.add(late);
        announce(workers.toArray(FakeWorker[]::new));
        return late;
    }

    void announce(FakeWorker... present) {
        directory.members(Arrays.stream(present).map(FakeWorker::card).toList());
    }

    long ready() {
        return directory.snapshot().ready();
    }

    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("the awaited did not come about within 15 s");
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    HttpResponse<String> post(String path, String body, String... headers) throws IOException, InterruptedException {
        return post(path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    HttpResponse<String> post(String path, byte[] body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder builder = request(path).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            builder.headers(headers);
        }
        return client.send(builder.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    /** Everything that is in flight on any worker, as the gateway counts it. */
    int inFlight() {
        return directory.snapshot().workers().stream()
                .mapToInt(worker -> worker.inFlight())
                .sum();
    }

    @Override
    public void close() {
        client.close();
        vertx.close().await();
    }
}
