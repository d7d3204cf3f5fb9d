package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.MessageLite;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import phifleet.common.Sha256;
import phifleet.gateway.http.proxy.ProxySettings;
import phifleet.http.EdgeSettings;
import phifleet.http.caller.ApiKey;
import phifleet.http.caller.NamedKey;
import phifleet.inference.Catalogue;
import phifleet.worker.http.state.WorkerState;

/** What the messages of gRPC streams count for with a gateway's callers. */
@Timeout(60)
class StreamBudgetTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestWorker worker = new TestWorker("{api-key: k, grpc: {port: 0}, api-keys: [" + named("ann") + ", "
            + named("slow") + ", " + named("poor") + "]}");
    private final GatewayBefore gateway;

    StreamBudgetTest() {
        worker.state.set(WorkerState.ready(new Catalogue(ExampleModels.with(worker.encoder))));
        OptionalDouble any = OptionalDouble.empty();
        EdgeSettings edge = new EdgeSettings(
                new ApiKey("k"),
                List.of(
                        new NamedKey("ann", hash("ann"), any, any),
                        new NamedKey("slow", hash("slow"), OptionalDouble.of(3), any),
                        new NamedKey("poor", hash("poor"), any, OptionalDouble.of(0.001))),
                new ApiKey("admin"),
                List.of(),
                1_000_000,
                Duration.ofSeconds(60),
                4096,
                Duration.ofSeconds(60),
                Duration.ofSeconds(600));
        gateway = new GatewayBefore(edge, "k", ProxySettings.DEFAULT, URI.create("http://127.0.0.1:" + worker.port));
    }

    @AfterEach
    void stop() {
        gateway.close();
        worker.close();
    }

    private static String hash(String name) {
        return HexFormat.of().formatHex(Sha256.digest().digest((name + "'s").getBytes(StandardCharsets.UTF_8)));
    }

    private static String named(String name) {
        return "{name: " + name + ", sha256: " + hash(name) + "}";
    }

    private JsonNode usage(String name) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            String usage = client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/fleet/usage"))
                                    .header("Authorization", "Bearer admin")
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            for (JsonNode key : JSON.readTree(usage).path("keys")) {
                if (key.path("key").asText().equals(name)) {
                    return key;
                }
            }
            throw new AssertionError(usage);
        }
    }

    private GrpcClient client(String name) {
        return new GrpcClient(gateway.grpcPort()).with("authorization", "Bearer " + name + "'s");
    }

    @Test
    void messages_countAsRequests_andTheirDeviceTimeIsBooked_whileTheStreamIsOpen() throws Exception {
        try (GrpcClient client = client("ann")) {
            GrpcAnswers answers = new GrpcAnswers();
            StreamObserver<MessageLite> stream = client.stream(answers);
            for (int i = 0; i < 20; i++) {
                stream.onNext(GrpcRequests.simple().build());
                assertThat(answers.next().getInferResponse().getOutputsCount()).isEqualTo(2);
            }
            JsonNode usage = usage("ann");
            assertThat(usage.path("requests").asInt()).isEqualTo(20);
            assertThat(usage.path("device_seconds").asDouble()).isEqualTo(20 * FakeTensors.DEVICE_NANOS / 1e9);
            assertThat(usage.at("/models/0/model").asText()).isEqualTo("simple");
            stream.onCompleted();
            assertThat(answers.any()).isEqualTo(Status.OK);
            assertThat(usage("ann").path("requests").asInt()).isEqualTo(20);
        }
    }

    @Test
    void messages_pastTheRate_endTheStream_asACallIsRefused() throws Exception {
        try (GrpcClient client = client("slow")) {
            GrpcAnswers answers = new GrpcAnswers();
            StreamObserver<MessageLite> stream = client.stream(answers);
            for (int i = 0; i < 20; i++) {
                stream.onNext(GrpcRequests.simple().build());
            }
            Status end = end(answers);
            assertThat(end.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            assertThat(end.getDescription()).contains("the key slow may ask 3.0 times a second");
            assertThat(usage("slow").path("refused").asInt()).isPositive();
            assertThat(usage("slow").path("requests").asInt()).isBetween(1, 6);
        }
    }

    @Test
    void deviceTime_pastTheBudget_endsTheStream() throws Exception {
        try (GrpcClient client = client("poor")) {
            GrpcAnswers answers = new GrpcAnswers();
            StreamObserver<MessageLite> stream = client.stream(answers);
            Object answer = null;
            for (int i = 0; i < 10 && !(answer instanceof Status); i++) {
                stream.onNext(GrpcRequests.simple().build());
                answer = answers.any();
            }
            assertThat(answer).isInstanceOfSatisfying(Status.class, end -> {
                assertThat(end.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
                assertThat(end.getDescription()).contains("the key poor has used its 0.001 device-seconds a minute");
            });
        }
    }

    private static Status end(GrpcAnswers answers) throws InterruptedException {
        Object answer = answers.any();
        while (!(answer instanceof Status)) {
            answer = answers.any();
        }
        return (Status) answer;
    }
}
