package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import phifleet.inference.Catalogue;
import phifleet.inference.model.ElementType;
import phifleet.protocol.InferParameter;
import phifleet.protocol.InferTensorContents;
import phifleet.protocol.ModelConfigRequest;
import phifleet.protocol.ModelConfigResponse;
import phifleet.protocol.ModelInferRequest;
import phifleet.protocol.ModelInferResponse;
import phifleet.protocol.ModelMetadataRequest;
import phifleet.protocol.ModelMetadataResponse;
import phifleet.protocol.ModelReadyRequest;
import phifleet.protocol.ModelReadyResponse;
import phifleet.protocol.ModelStatisticsRequest;
import phifleet.protocol.ModelStatisticsResponse;
import phifleet.protocol.RepositoryIndexRequest;
import phifleet.protocol.RepositoryIndexResponse;
import phifleet.protocol.ServerLiveRequest;
import phifleet.protocol.ServerLiveResponse;
import phifleet.protocol.ServerMetadataRequest;
import phifleet.protocol.ServerMetadataResponse;
import phifleet.protocol.ServerReadyRequest;
import phifleet.protocol.ServerReadyResponse;
import phifleet.worker.http.state.WorkerState;

/** The protocol over gRPC, at a worker and through a gateway: what is asked and answered. */
class GrpcTest {
    private static BothPrograms both;

    @BeforeAll
    static void start() {
        both = new BothPrograms();
        both.worker.state.set(WorkerState.ready(new Catalogue(ExampleModels.with(both.worker.encoder))));
    }

    @AfterAll
    static void stop() {
        both.close();
    }

    static Stream<Integer> ports() {
        return both.callPorts().stream();
    }

    @ParameterizedTest
    @MethodSource("ports")
    void server_healthMetadataAndIndex(int port) {
        try (GrpcClient client = new GrpcClient(port)) {
            assertThat(client.call(
                                    "ServerLive",
                                    ServerLiveRequest.getDefaultInstance(),
                                    ServerLiveResponse.getDefaultInstance())
                            .getLive())
                    .isTrue();
            assertThat(client.call(
                                    "ServerReady",
                                    ServerReadyRequest.getDefaultInstance(),
                                    ServerReadyResponse.getDefaultInstance())
                            .getReady())
                    .isTrue();
            ServerMetadataResponse metadata = client.call(
                    "ServerMetadata",
                    ServerMetadataRequest.getDefaultInstance(),
                    ServerMetadataResponse.getDefaultInstance());
            assertThat(metadata.getName()).isEqualTo("phi-fleet");
            assertThat(metadata.getExtensionsList()).contains("classification");
            RepositoryIndexResponse index = client.call(
                    "RepositoryIndex",
                    RepositoryIndexRequest.getDefaultInstance(),
                    RepositoryIndexResponse.getDefaultInstance());
            assertThat(index.getModelsList())
                    .extracting(RepositoryIndexResponse.ModelIndex::getName)
                    .contains("simple", "fake-model");
        }
    }

    @ParameterizedTest
    @MethodSource("ports")
    void model_saysWhatItIsAndDid(int port) {
        try (GrpcClient client = new GrpcClient(port)) {
            ModelMetadataResponse metadata = client.call(
                    "ModelMetadata",
                    ModelMetadataRequest.newBuilder()
                            .setName("simple")
                            .setVersion("1")
                            .build(),
                    ModelMetadataResponse.getDefaultInstance());
            assertThat(metadata.getPlatform()).isEqualTo("onnxruntime_onnx");
            assertThat(metadata.getInputs(1).getShapeList()).containsExactly(-1L, 4L);
            ModelConfigResponse config = client.call(
                    "ModelConfig",
                    ModelConfigRequest.newBuilder().setName("simple").build(),
                    ModelConfigResponse.getDefaultInstance());
            assertThat(config.getConfig().getMaxBatchSize()).isEqualTo(8);
            assertThat(config.getConfig().getInput(0).getDataType().name()).isEqualTo("TYPE_INT32");
            assertThat(config.getConfig().getInput(0).getDimsList()).containsExactly(4L);
            ModelStatisticsResponse statistics = client.call(
                    "ModelStatistics",
                    ModelStatisticsRequest.newBuilder().setName("simple").build(),
                    ModelStatisticsResponse.getDefaultInstance());
            assertThat(statistics.getModelStats(0).getInferenceCount()).isEqualTo(2);
            assertThat(statistics
                            .getModelStats(0)
                            .getInferenceStats()
                            .getComputeInfer()
                            .getNs())
                    .isEqualTo(700);
            assertThat(ready(client, "simple")).isTrue();
            assertThat(ready(client, "nobody")).isFalse();
        }
    }

    private static boolean ready(GrpcClient client, String model) {
        return client.call(
                        "ModelReady",
                        ModelReadyRequest.newBuilder().setName(model).build(),
                        ModelReadyResponse.getDefaultInstance())
                .getReady();
    }

    @ParameterizedTest
    @MethodSource("ports")
    void infer_typed_isAnsweredTyped(int port) {
        try (GrpcClient client = new GrpcClient(port)) {
            ModelInferResponse answer = client.infer(GrpcRequests.simple().build());
            assertThat(answer.getId()).isEqualTo("7");
            assertThat(answer.getModelVersion()).isEqualTo("1");
            assertThat(answer.getRawOutputContentsCount()).isZero();
            assertThat(answer.getOutputs(0).getContents().getIntContentsList()).containsExactly(11, 22, 33, 44);
        }
    }

    @ParameterizedTest
    @MethodSource("ports")
    void infer_raw_isAnsweredRaw(int port) {
        try (GrpcClient client = new GrpcClient(port)) {
            for (ModelInferResponse answer : List.of(
                    client.infer(GrpcRequests.rawSimple()), client.compressing().infer(GrpcRequests.rawSimple()))) {
                assertThat(answer.getOutputs(1).getName()).isEqualTo("OUTPUT1");
                assertThat(answer.getOutputs(1).getShapeList()).containsExactly(1L, 4L);
                assertThat(answer.getRawOutputContents(1)).isEqualTo(GrpcRequests.bytes(-9, -18, -27, -36));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ports")
    void infer_namedOutputWithClasses_namesTheGreatest(int port) {
        try (GrpcClient client = new GrpcClient(port)) {
            ModelInferRequest.Builder request = GrpcRequests.simple();
            request.addOutputsBuilder()
                    .setName("OUTPUT0")
                    .putParameters(
                            "classification",
                            InferParameter.newBuilder().setInt64Param(2).build());
            ModelInferResponse answer = client.infer(request.build());
            assertThat(answer.getOutputsList()).hasSize(1);
            assertThat(answer.getOutputs(0).getContents().getBytesContentsList())
                    .extracting(ByteString::toStringUtf8)
                    .containsExactly("44:3", "33:2");
        }
    }

    @ParameterizedTest
    @MethodSource("ports")
    void infer_classesOfEveryType_areNamedOrRefused(int port) {
        try (GrpcClient client = new GrpcClient(port)) {
            for (ElementType type : ElementType.values()) {
                boolean text = type == ElementType.STRING;
                ByteString raw = ByteString.copyFrom(new byte[text ? 4 : type.bytes()]);
                ModelInferRequest.Builder request = GrpcRequests.echo(type).addRawInputContents(raw);
                request.addOutputsBuilder()
                        .setName("y")
                        .putParameters(
                                "classification",
                                InferParameter.newBuilder().setInt64Param(1).build());
                if (text) {
                    Status status = client.failure(request.build());
                    assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
                    assertThat(status.getDescription())
                            .startsWith("class result not available for output due to unsupported type 'BYTES'");
                } else {
                    assertThat(client.infer(request.build()).getOutputs(0).getDatatype())
                            .as(type.name())
                            .isEqualTo("BYTES");
                }
            }
        }
    }

    /** All bits of a type come back as they went. */
    @ParameterizedTest
    @MethodSource("ports")
    void infer_everyType_comesBackAsItWent(int port) {
        try (GrpcClient client = new GrpcClient(port)) {
            for (ElementType type : ElementType.values()) {
                boolean text = type == ElementType.STRING;
                byte[] word = "Größe".getBytes(StandardCharsets.UTF_8);
                ByteString raw = text
                        ? ByteString.copyFrom(new byte[] {(byte) word.length, 0, 0, 0})
                                .concat(ByteString.copyFrom(word))
                        : ByteString.copyFrom(new byte[] {1, 0, 1, 0, 1, 0, 1, 0})
                                .substring(0, type.bytes());
                ModelInferRequest.Builder request = GrpcRequests.echo(type).addRawInputContents(raw);
                assertThat(client.infer(request.build()).getRawOutputContents(0))
                        .as(type.name())
                        .isEqualTo(raw);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ports")
    void infer_typedContents_ofEveryTypeThatHasThem(int port) {
        InferTensorContents.Builder all = InferTensorContents.newBuilder();
        List<InferTensorContents> contents = List.of(
                all.clone().addBoolContents(true).build(),
                all.clone().addIntContents(-8).build(),
                all.clone().addInt64Contents(Long.MIN_VALUE).build(),
                all.clone().addUintContents(200).build(),
                all.clone().addUint64Contents(-1).build(),
                all.clone().addFp32Contents(0.5f).build(),
                all.clone().addFp64Contents(0.25).build(),
                all.clone().addBytesContents(ByteString.copyFromUtf8("a")).build());
        List<List<ElementType>> types = List.of(
                List.of(ElementType.BOOL),
                List.of(ElementType.INT8, ElementType.INT16, ElementType.INT32),
                List.of(ElementType.INT64),
                List.of(ElementType.UINT8, ElementType.UINT16, ElementType.UINT32),
                List.of(ElementType.UINT64),
                List.of(ElementType.FP32),
                List.of(ElementType.FP64),
                List.of(ElementType.STRING));
        try (GrpcClient client = new GrpcClient(port)) {
            for (int i = 0; i < types.size(); i++) {
                for (ElementType type : types.get(i)) {
                    ModelInferRequest.Builder request = GrpcRequests.echo(type);
                    request.getInputsBuilder(0).setContents(contents.get(i));
                    assertThat(client.infer(request.build()).getOutputs(0).getContents())
                            .as(type.name())
                            .isEqualTo(contents.get(i));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ports")
    void encoder_takesBytesAndGivesVectors(int port) {
        try (GrpcClient client = new GrpcClient(port)) {
            ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName("fake-model");
            request.addInputsBuilder()
                    .setName("text")
                    .setDatatype("BYTES")
                    .addShape(2)
                    .getContentsBuilder()
                    .addBytesContents(ByteString.copyFromUtf8("one"))
                    .addBytesContents(ByteString.copyFromUtf8("two words"));
            ModelInferResponse answer = client.infer(request.build());
            assertThat(answer.getOutputs(0).getShape(0)).isEqualTo(2);
            assertThat(answer.getOutputs(0).getContents().getFp32ContentsCount())
                    .isEqualTo(2 * (int) answer.getOutputs(0).getShape(1));
        }
    }

    @ParameterizedTest
    @MethodSource("ports")
    void calls_thatAreNotHere_areUnimplementedOrRefused(int port) {
        try (GrpcClient client = new GrpcClient(port)) {
            Empty nothing = Empty.getDefaultInstance();
            assertThat(client.failure("SystemSharedMemoryRegister", nothing, nothing))
                    .extracting(Status::getCode, Status::getDescription)
                    .containsExactly(
                            Status.Code.INVALID_ARGUMENT, "shared memory is not supported; send tensors in the body");
            assertThat(client.failure("TraceSetting", nothing, nothing).getCode())
                    .isEqualTo(Status.Code.UNIMPLEMENTED);
            assertThat(client.failure("NoSuchMethod", nothing, nothing).getCode())
                    .isEqualTo(Status.Code.UNIMPLEMENTED);
            assertThat(client.failure("some.Service/Method", nothing, nothing).getCode())
                    .isEqualTo(Status.Code.UNIMPLEMENTED);
        }
    }
}
