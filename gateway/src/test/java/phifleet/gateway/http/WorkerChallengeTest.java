package phifleet.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import phifleet.common.FleetSecret;
import phifleet.gateway.balance.DirectorySettings;
import phifleet.gateway.balance.LeastConnections;
import phifleet.gateway.balance.Worker;
import phifleet.gateway.balance.WorkerDirectory;
import phifleet.gateway.balance.WorkerState;
import phifleet.gateway.demand.DemandSettings;
import phifleet.gateway.http.metrics.Links;

/** A gateway with a secret and an API key, before workers that know the secret, another one, or none. */
@Timeout(60)
class WorkerChallengeTest {
    private static final FleetSecret SECRET = new FleetSecret("a secret of this test");

    private final Vertx vertx = Vertx.vertx();
    private final WorkerDirectory directory = new WorkerDirectory(DirectorySettings.DEFAULT, System::nanoTime, true);
    private final HttpClient client = HttpClient.newHttpClient();
    private final FakeWorker worker = FakeWorker.start(vertx, "w");
    private int port;

    @BeforeEach
    void start() {
        GatewayServer server = new GatewayServer(
                vertx,
                directory,
                new GatewayServer.Settings(
                        "127.0.0.1",
                        0,
                        GatewayServer.NO_GRPC,
                        1,
                        GatewayFixture.edge("the-key"),
                        "the-key",
                        0.2,
                        10,
                        GatewayFixture.PROXY,
                        DemandSettings.DEFAULT,
                        LeastConnections::new,
                        Links.NONE),
                SECRET,
                "test-gateway",
                "0.1.0");
        server.prepare().await();
        port = server.listen().await();
    }

    @AfterEach
    void stop() {
        client.close();
        vertx.close().await();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Authorization", "Bearer the-key")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private Worker only() {
        return directory.snapshot().workers().getFirst();
    }

    private void assertThatNothingIsSent() throws Exception {
        directory.members(List.of(worker.card()));
        GatewayFixture.await(() -> only().state() == WorkerState.EJECTED);
        assertThat(only().reason()).isEqualTo("has not proven that it belongs to the fleet");
        assertThat(get("/anything").statusCode()).isEqualTo(503);
        assertThat(get("/workers/w/anything").statusCode()).isEqualTo(404);
        assertThat(get("/fleet/targets").body()).isEqualTo("[]");
        assertThat(worker.seen).hasValue(0);
        assertThat(worker.infoHeaders)
                .as("no probe of /info, which would carry the key")
                .isNull();
    }

    @Test
    void workerWithTheSecret_takesRequests() throws Exception {
        worker.secret = SECRET;
        directory.members(List.of(worker.card()));

        GatewayFixture.await(() -> only().state() == WorkerState.READY);
        assertThat(get("/anything").statusCode()).isEqualTo(200);
        assertThat(get("/workers/w/anything").statusCode()).isEqualTo(200);
    }

    @Test
    void workerWithoutASecret_isSentNothing() throws Exception {
        assertThatNothingIsSent();
    }

    @Test
    void workerWithAnotherSecret_isSentNothing() throws Exception {
        worker.secret = new FleetSecret("another secret of it");
        assertThatNothingIsSent();
    }

    @Test
    void worker_thatPassesOnAnothersProof_isSentNothing() throws Exception {
        worker.secret = SECRET;
        worker.provenPort = worker.port() + 1;
        assertThatNothingIsSent();
    }

    @Test
    void worker_thatVanishesAndComesBackAsAnother_isAskedAgain() throws Exception {
        worker.secret = SECRET;
        directory.members(List.of(worker.card()));
        GatewayFixture.await(() -> only().state() == WorkerState.READY);

        directory.members(List.of());
        worker.secret = null;
        directory.members(List.of(worker.card()));

        GatewayFixture.await(() -> only().state() == WorkerState.EJECTED);
        assertThat(only().trusted()).isFalse();
    }
}
