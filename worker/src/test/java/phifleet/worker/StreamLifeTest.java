package phifleet.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import phifleet.inference.testing.Workbench;
import phifleet.protocol.InferTensorContents;
import phifleet.protocol.ModelInferRequest;
import phifleet.protocol.ModelStreamInferResponse;
import phifleet.worker.http.ApiDescription;
import phifleet.worker.http.GatewayBefore;
import phifleet.worker.http.GrpcAnswers;
import phifleet.worker.http.GrpcClient;

/** Models that come, change and go beside a stream that stays open, at a worker and through a gateway. */
class StreamLifeTest {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    private static Path folder;

    private static WorkerUnderTest worker;
    private static GatewayBefore gateway;

    @BeforeAll
    static void start() throws Exception {
        TinyGraph.write(folder.resolve("plus.onnx"), 1);
        Path list = Files.writeString(folder.resolve("models.yaml"), "models: [{id: plus, path: plus.onnx}]");
        worker = WorkerUnderTest.start(
                Workbench.cache(), list, null, Map.of("API_KEY", "k", "ADMIN_KEY", "topmost", "GRPC_PORT", "0"));
        gateway = GatewayBefore.of("k", "topmost", worker.uri());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        worker.close();
        CLIENT.close();
    }

    static IntStream ports() {
        return IntStream.of(worker.grpcPort(), gateway.grpcPort());
    }

    private static String send(HttpRequest.Builder request, String path, String key) throws Exception {
        HttpResponse<String> answer = ApiDescription.checked(CLIENT.send(
                request.uri(worker.uri().resolve(path))
                        .header("Authorization", "Bearer " + key)
                        .build(),
                HttpResponse.BodyHandlers.ofString()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static void change(String action) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.noBody());
        send(request, "/v2/repository/models/plus/" + action, "topmost");
    }

    /** Waits until no version of the model is left, by its meters, which go with it. */
    private static void awaitClosed() throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (send(HttpRequest.newBuilder(), "/metrics", "k").contains("model=\"plus\"")) {
            assertThat(System.nanoTime())
                    .as("the longest request would have ended first")
                    .isLessThan(end);
            Thread.sleep(20);
        }
    }

    /** What is added to 1. */
    private static ModelInferRequest one() {
        ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName("plus");
        request.addInputsBuilder()
                .setName("x")
                .setDatatype("FP32")
                .addShape(1)
                .addShape(1)
                .setContents(InferTensorContents.newBuilder().addFp32Contents(1));
        return request.build();
    }

    private static float sum(ModelStreamInferResponse answer) {
        assertThat(answer.getErrorMessage()).isEmpty();
        return answer.getInferResponse().getOutputs(0).getContents().getFp32Contents(0);
    }

    @ParameterizedTest
    @MethodSource("ports")
    void stream_ofAWorkerThatIsDrained_ends_andComesAgainOnceItIsResumed(int port) throws Exception {
        TinyGraph.write(folder.resolve("plus.onnx"), 1);
        change("load");
        try (GrpcClient client = new GrpcClient(port)) {
            GrpcAnswers answers = new GrpcAnswers();
            StreamObserver<MessageLite> requests = client.stream(answers);
            requests.onNext(one());
            assertThat(sum(answers.next())).isEqualTo(2);
            assertThat(cordon("POST", "?drain=true")).contains("\"in_hand\":0");
            assertThat(((Status) answers.any()).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(cordon("DELETE", "")).contains("\"state\":\"open\"");
        }
        try (GrpcClient client = new GrpcClient(worker.grpcPort())) {
            GrpcAnswers again = new GrpcAnswers();
            StreamObserver<MessageLite> more = client.stream(again);
            more.onNext(one());
            assertThat(sum(again.next())).isEqualTo(2);
            more.onCompleted();
            assertThat(again.any()).isEqualTo(Status.OK);
        }
    }

    private static String cordon(String method, String query) throws Exception {
        return send(
                HttpRequest.newBuilder().method(method, HttpRequest.BodyPublishers.noBody()),
                "/fleet/cordon" + query,
                "topmost");
    }

    @ParameterizedTest
    @MethodSource("ports")
    void stream_thatStaysOpen_keepsNoModelBetweenItsMessages(int port) throws Exception {
        TinyGraph.write(folder.resolve("plus.onnx"), 1);
        change("load");
        try (GrpcClient client = new GrpcClient(port)) {
            GrpcAnswers answers = new GrpcAnswers();
            StreamObserver<MessageLite> requests = client.stream(answers);
            requests.onNext(one());
            assertThat(sum(answers.next())).isEqualTo(2);
            change("unload");
            awaitClosed();
            requests.onNext(one());
            assertThat(answers.next().getErrorMessage()).contains("'plus' does not exist");
            for (int version = 4; version < 7; version++) {
                TinyGraph.write(folder.resolve("plus.onnx"), version);
                change("load");
                requests.onNext(one());
                assertThat(sum(answers.next())).as("the new one serves").isEqualTo(1 + version);
            }
            change("unload");
            awaitClosed();
            requests.onCompleted();
            assertThat(answers.any()).isEqualTo(Status.OK);
            assertThat(send(HttpRequest.newBuilder(), "/metrics", "k"))
                    .as("the stream's own end leaves no meter of a model that is gone")
                    .doesNotContain("model=\"plus\"");
        }
    }
}
