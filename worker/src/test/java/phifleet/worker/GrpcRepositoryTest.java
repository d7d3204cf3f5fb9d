package phifleet.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import phifleet.inference.testing.Workbench;
import phifleet.protocol.ModelRepositoryParameter;
import phifleet.protocol.RepositoryIndexRequest;
import phifleet.protocol.RepositoryIndexResponse;
import phifleet.protocol.RepositoryModelLoadRequest;
import phifleet.protocol.RepositoryModelLoadResponse;
import phifleet.protocol.RepositoryModelUnloadRequest;
import phifleet.protocol.RepositoryModelUnloadResponse;
import phifleet.worker.http.GatewayBefore;
import phifleet.worker.http.GrpcClient;

/** Models loaded and unloaded over gRPC: at a worker, and through a gateway at two. */
class GrpcRepositoryTest {
    @TempDir
    private static Path folder;

    private static WorkerUnderTest first;
    private static WorkerUnderTest second;
    private static GatewayBefore gateway;

    @BeforeAll
    static void start() throws Exception {
        TinyGraph.write(folder.resolve("plus.onnx"), 1);
        TinyGraph.write(folder.resolve("stays.onnx"), 1);
        first = worker();
        second = worker();
        gateway = GatewayBefore.of("k", "topmost", first.uri(), second.uri());
    }

    private static WorkerUnderTest worker() throws Exception {
        Path list = Files.writeString(folder.resolve("models.yaml"), """
                models:
                  - {id: stays, path: stays.onnx}
                  - {id: plus, path: plus.onnx}
                """);
        return WorkerUnderTest.start(
                Workbench.cache(), list, null, Map.of("API_KEY", "k", "ADMIN_KEY", "topmost", "GRPC_PORT", "0"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        first.close();
        second.close();
    }

    @BeforeEach
    void allAreLoaded() {
        try (GrpcClient client = admin(gateway.grpcPort())) {
            load(client, Map.of());
        }
    }

    static IntStream ports() {
        return IntStream.of(first.grpcPort(), gateway.grpcPort());
    }

    private static GrpcClient admin(int port) {
        return new GrpcClient(port).with("authorization", "Bearer topmost");
    }

    private static RepositoryModelLoadRequest request(Map<String, ModelRepositoryParameter> parameters) {
        return RepositoryModelLoadRequest.newBuilder()
                .setModelName("plus")
                .putAllParameters(parameters)
                .build();
    }

    private static void load(GrpcClient client, Map<String, ModelRepositoryParameter> parameters) {
        client.call("RepositoryModelLoad", request(parameters), RepositoryModelLoadResponse.getDefaultInstance());
    }

    private static void unload(GrpcClient client) {
        client.call(
                "RepositoryModelUnload",
                RepositoryModelUnloadRequest.newBuilder()
                        .setModelName("plus")
                        .putParameters(
                                "unload_dependents",
                                ModelRepositoryParameter.newBuilder()
                                        .setBoolParam(true)
                                        .build())
                        .build(),
                RepositoryModelUnloadResponse.getDefaultInstance());
    }

    private static List<String> index(int port, boolean ready) {
        try (GrpcClient client = new GrpcClient(port)) {
            return client
                    .call(
                            "RepositoryIndex",
                            RepositoryIndexRequest.newBuilder().setReady(ready).build(),
                            RepositoryIndexResponse.getDefaultInstance())
                    .getModelsList()
                    .stream()
                    .map(model -> model.getName() + " " + model.getState())
                    .toList();
        }
    }

    @Test
    void gateway_unloadsAndLoadsAtEveryWorker() {
        try (GrpcClient client = admin(gateway.grpcPort())) {
            unload(client);
            for (WorkerUnderTest worker : List.of(first, second)) {
                assertThat(index(worker.grpcPort(), false)).containsExactly("stays READY", "plus UNAVAILABLE");
                assertThat(index(worker.grpcPort(), true)).containsExactly("stays READY");
            }
            load(client, Map.of());
            for (WorkerUnderTest worker : List.of(first, second)) {
                assertThat(index(worker.grpcPort(), true)).containsExactly("stays READY", "plus READY");
            }
        }
    }

    @Test
    void gateway_whereOneDoesNot_namesItAndItsReason() {
        String config = "{\"path\":\"plus.onnx\",\"aliases\":[\"stays\"]}";
        try (GrpcClient client = admin(gateway.grpcPort());
                GrpcClient one = admin(second.grpcPort())) {
            one.call(
                    "RepositoryModelUnload",
                    RepositoryModelUnloadRequest.newBuilder()
                            .setModelName("stays")
                            .build(),
                    RepositoryModelUnloadResponse.getDefaultInstance());
            Status refused = client.failure(
                    "RepositoryModelLoad",
                    request(Map.of(
                            "config",
                            ModelRepositoryParameter.newBuilder()
                                    .setStringParam(config)
                                    .build())),
                    RepositoryModelLoadResponse.getDefaultInstance());
            assertThat(refused.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(refused.getDescription())
                    .contains("1 of 2 workers did not do it: worker-a: load failed for model 'plus': ")
                    .contains("two models have the name 'stays'");
            load(one, Map.of());
            one.call(
                    "RepositoryModelLoad",
                    RepositoryModelLoadRequest.newBuilder()
                            .setModelName("stays")
                            .build(),
                    RepositoryModelLoadResponse.getDefaultInstance());
        }
    }

    @ParameterizedTest
    @MethodSource("ports")
    void load_whatIsNotTaken_isNamed(int port) {
        ModelRepositoryParameter file = ModelRepositoryParameter.newBuilder()
                .setBytesParam(ByteString.copyFromUtf8("onnx"))
                .build();
        ModelRepositoryParameter number =
                ModelRepositoryParameter.newBuilder().setInt64Param(8).build();
        refused(port, Map.of("file:1/model.onnx", file), "`parameters.file:1/model.onnx` is not supported");
        refused(port, Map.of("config", number), "`parameters.config` must be a string_param, was a int64_param");
        refused(port, Map.of("unload_dependents", number), "`parameters.unload_dependents` must be a bool_param");
        refused(port, Map.of("other", number), "`parameters.other` is not supported: load takes config");
    }

    private static void refused(int port, Map<String, ModelRepositoryParameter> parameters, String words) {
        try (GrpcClient client = admin(port)) {
            Status refused = client.failure(
                    "RepositoryModelLoad", request(parameters), RepositoryModelLoadResponse.getDefaultInstance());
            assertThat(refused.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(refused.getDescription()).contains(words);
        }
    }

    @ParameterizedTest
    @MethodSource("ports")
    void load_withoutTheAdminKey_isRefused_andOfAnUnknownModelNotFound(int port) {
        try (GrpcClient client = new GrpcClient(port)) {
            assertThat(client.failure(
                                    "RepositoryModelLoad",
                                    request(Map.of()),
                                    RepositoryModelLoadResponse.getDefaultInstance())
                            .getCode())
                    .isEqualTo(Status.Code.UNAUTHENTICATED);
            Status unknown = client.with("authorization", "Bearer topmost")
                    .failure(
                            "RepositoryModelLoad",
                            RepositoryModelLoadRequest.newBuilder()
                                    .setModelName("nobody")
                                    .build(),
                            RepositoryModelLoadResponse.getDefaultInstance());
            assertThat(unknown.getCode()).isEqualTo(Status.Code.NOT_FOUND);
            assertThat(unknown.getDescription()).contains("failed to load 'nobody'");
        }
    }
}
