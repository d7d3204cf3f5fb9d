package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phifleet.common.FleetProof;
import phifleet.common.FleetSecret;
import phifleet.common.settings.SettingsReader;
import phifleet.inference.Catalogue;
import phifleet.worker.http.state.ModelRepository;
import phifleet.worker.http.state.WorkerIdentity;
import phifleet.worker.http.state.WorkerState;
import phifleet.worker.http.state.WorkerView;

/** A worker with a fleet's secret and an API key, over HTTP. */
class ProofEndpointTest {
    private static final FleetSecret SECRET = new FleetSecret("a secret of this test");

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final String challenge = FleetProof.newChallenge();
    private WorkerServer server;
    private String address;

    @BeforeEach
    void start() {
        HttpSettings settings = HttpSettings.read(
                SettingsReader.ofYaml("test", "api-key: k\nhttp: {host: 127.0.0.1, port: 0}", "", Map.of())
                        .root(),
                1);
        WorkerState state = new WorkerState(WorkerState.Phase.STARTING, "the models are loading", Catalogue.empty());
        WorkerIdentity identity = new WorkerIdentity("w1", "1", Instant.EPOCH, "cpu", SECRET, null);
        server = new WorkerServer(
                vertx,
                settings,
                new WorkerView(identity, () -> state, ModelRepository.FIXED),
                Optional::empty,
                new HttpMetrics(registry));
        address = "127.0.0.1:" + server.start().await();
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
        vertx.close().await();
    }

    private HttpResponse<String> ask(String challenge, String proof) throws Exception {
        return ApiDescription.checked(client.send(
                HttpRequest.newBuilder(URI.create("http://" + address + FleetProof.PATH))
                        .header(FleetProof.CHALLENGE_HEADER, challenge)
                        .header(FleetProof.PROOF_HEADER, proof)
                        .build(),
                HttpResponse.BodyHandlers.ofString()));
    }

    @Test
    void gatewayOfTheFleet_getsTheProof_withoutTheApiKey() throws Exception {
        HttpResponse<String> answer = ask(challenge, FleetProof.ofGateway(SECRET, challenge, address));

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue(FleetProof.PROOF_HEADER))
                .hasValueSatisfying(proof -> assertThat(FleetProof.isWorker(SECRET, challenge, "w1", address, proof))
                        .isTrue());
    }

    @Test
    void anybodyElse_getsNone() throws Exception {
        FleetSecret another = new FleetSecret("another secret of it");
        for (String proof : new String[] {
            "none",
            FleetProof.ofGateway(another, challenge, address),
            FleetProof.ofGateway(SECRET, challenge, "127.0.0.2:8000")
        }) {
            HttpResponse<String> answer = ask(challenge, proof);
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.headers().firstValue(FleetProof.PROOF_HEADER)).isEmpty();
        }
    }
}
