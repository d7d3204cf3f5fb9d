package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import com.google.protobuf.MessageLite;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import phifleet.inference.Catalogue;
import phifleet.inference.lane.Admission;
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
import phifleet.protocol.ModelStreamInferResponse;
import phifleet.protocol.RepositoryIndexRequest;
import phifleet.protocol.RepositoryIndexResponse;
import phifleet.protocol.ServerLiveRequest;
import phifleet.protocol.ServerLiveResponse;
import phifleet.protocol.ServerMetadataRequest;
import phifleet.protocol.ServerMetadataResponse;
import phifleet.protocol.ServerReadyRequest;
import phifleet.protocol.ServerReadyResponse;
import phifleet.worker.http.state.WorkerState;

/** The protocol over gRPC, at a worker and through a gateway. */
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

    private static ModelInferRequest.InferInputTensor.Builder ints(String name, int... values) {
        ModelInferRequest.InferInputTensor.Builder input = ModelInferRequest.InferInputTensor.newBuilder()
                .setName(name)
                .setDatatype("INT32")
                .addShape(1)
                .addShape(values.length);
        for (int value : values) {
            input.getContentsBuilder().addIntContents(value);
        }
        return input;
    }

    private static ModelInferRequest.Builder simple() {
        return ModelInferRequest.newBuilder()
                .setModelName("simple")
                .setId("7")
                .addInputs(ints("INPUT0", 1, 2, 3, 4))
                .addInputs(ints("INPUT1", 10, 20, 30, 40));
    }

    private static ByteString bytes(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            buffer.putInt(value);
        }
        return ByteString.copyFrom(buffer.flip());
    }

    private static ModelInferRequest rawSimple() {
        ModelInferRequest.Builder request = simple();
        request.getInputsBuilder(0).clearContents();
        request.getInputsBuilder(1).clearContents();
        return request.addRawInputContents(bytes(1, 2, 3, 4))
                .addRawInputContents(bytes(10, 20, 30, 40))
                .build();
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
            ModelInferResponse answer = client.infer(simple().build());
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
            for (ModelInferResponse answer :
                    List.of(client.infer(rawSimple()), client.compressing().infer(rawSimple()))) {
                assertThat(answer.getOutputs(1).getName()).isEqualTo("OUTPUT1");
                assertThat(answer.getOutputs(1).getShapeList()).containsExactly(1L, 4L);
                assertThat(answer.getRawOutputContents(1)).isEqualTo(bytes(-9, -18, -27, -36));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ports")
    void infer_namedOutputWithClasses_namesTheGreatest(int port) {
        try (GrpcClient client = new GrpcClient(port)) {
            ModelInferRequest.Builder request = simple();
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
                ModelInferRequest.Builder request = echo(type).addRawInputContents(raw);
                assertThat(client.infer(request.build()).getRawOutputContents(0))
                        .as(type.name())
                        .isEqualTo(raw);
            }
        }
    }

    private static ModelInferRequest.Builder echo(ElementType type) {
        ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName("echo_" + type);
        request.addInputsBuilder()
                .setName("x")
                .setDatatype(type == ElementType.STRING ? "BYTES" : type.name())
                .addShape(1)
                .addShape(1);
        return request;
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
                    ModelInferRequest.Builder request = echo(type);
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
    void mistakes_getTheirCodeAndTheWordsOfHttp(int port) {
        try (GrpcClient client = new GrpcClient(port)) {
            refused(
                    client,
                    simple().setModelName("nobody"),
                    Status.Code.NOT_FOUND,
                    "the model 'nobody' does not exist");
            refused(client, simple().setModelVersion("9"), Status.Code.NOT_FOUND, "has no version '9'");
            refused(
                    client,
                    simple().removeInputs(1),
                    Status.Code.INVALID_ARGUMENT,
                    "expected 2 inputs but got 1 inputs");
            refused(
                    client,
                    simple().addInputs(ints("NO", 1)),
                    Status.Code.INVALID_ARGUMENT,
                    "expected 2 inputs but got 3");
            refused(
                    client,
                    simple().setInputs(1, ints("NO", 1)),
                    Status.Code.INVALID_ARGUMENT,
                    "unexpected inference input 'NO' for model 'simple'");
            refused(
                    client,
                    simple().setInputs(1, ints("INPUT1", 1, 2)),
                    Status.Code.INVALID_ARGUMENT,
                    "unexpected shape for input 'INPUT1' for model 'simple'. Expected [-1, 4], got [1, 2]");
            refused(
                    client,
                    simple().setInputs(1, ints("INPUT0", 1, 2, 3, 4)),
                    Status.Code.INVALID_ARGUMENT,
                    "input 'INPUT0' is there twice");
            ModelInferRequest.Builder wrong = simple();
            wrong.getInputsBuilder(0).setDatatype("FP32");
            refused(
                    client,
                    wrong,
                    Status.Code.INVALID_ARGUMENT,
                    "data-type is 'FP32', but model 'simple' expects 'INT32'");
            wrong.getInputsBuilder(0).setDatatype("INT32").setShape(0, -1);
            refused(client, wrong, Status.Code.INVALID_ARGUMENT, "`inputs[0].shape` must be");
            wrong = simple();
            wrong.getInputsBuilder(0).getContentsBuilder().addIntContents(5);
            refused(client, wrong, Status.Code.INVALID_ARGUMENT, "has more than the 4 elements of the shape [1, 4]");
            wrong = simple();
            wrong.getInputsBuilder(0)
                    .setContents(InferTensorContents.newBuilder().addFp32Contents(1));
            refused(
                    client,
                    wrong,
                    Status.Code.INVALID_ARGUMENT,
                    "has elements in fp32_contents; those of INT32 are in int_contents");
            refused(
                    client,
                    rawSimple().toBuilder().setRawInputContents(1, ByteString.copyFrom(new byte[15])),
                    Status.Code.INVALID_ARGUMENT,
                    "the binary data of input 'INPUT1' has 15 bytes; INT32 of shape [1, 4] wants 16");
            refused(
                    client,
                    rawSimple().toBuilder().addRawInputContents(ByteString.EMPTY),
                    Status.Code.INVALID_ARGUMENT,
                    "`raw_input_contents` has 3 entries for 2 inputs");
            wrong = simple();
            wrong.addOutputsBuilder().setName("NO");
            refused(client, wrong, Status.Code.INVALID_ARGUMENT, "unexpected inference output 'NO'");
            wrong = simple();
            wrong.getInputsBuilder(0)
                    .putParameters(
                            "shared_memory_region",
                            InferParameter.newBuilder().setStringParam("a").build());
            refused(client, wrong, Status.Code.INVALID_ARGUMENT, "shared memory is not supported");
            ModelInferRequest.Builder int8 = echo(ElementType.INT8);
            int8.getInputsBuilder(0).getContentsBuilder().addIntContents(128);
            refused(client, int8, Status.Code.INVALID_ARGUMENT, "has element 0 of 128; INT8 is from -128 to 127");
            refused(client, echo(ElementType.FP16), Status.Code.INVALID_ARGUMENT, "send them in raw_input_contents");
            assertThat(client.infer(simple().build()).getOutputsCount()).isEqualTo(2);
        }
    }

    private static void refused(GrpcClient client, ModelInferRequest.Builder request, Status.Code code, String words) {
        Status status = client.failure(request.build());
        assertThat(status.getDescription()).contains(words);
        assertThat(status.getCode()).isEqualTo(code);
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

    @ParameterizedTest
    @MethodSource("ports")
    void edge_asksForTheKeyAndBoundsMessages(int port) {
        try (GrpcClient client = new GrpcClient(port)) {
            assertThat(client.with("authorization", "Bearer wrong")
                            .failure(simple().build())
                            .getCode())
                    .isEqualTo(Status.Code.UNAUTHENTICATED);
            // Orchestrators bring no key: 1 is SERVING.
            Empty nothing = Empty.getDefaultInstance();
            assertThat(client.call("grpc.health.v1.Health/Check", nothing, nothing)
                            .toByteString())
                    .isEqualTo(ByteString.copyFrom(new byte[] {8, 1}));
            client.with("authorization", "Bearer k");
            Status large = client.failure(rawSimple().toBuilder()
                    .setRawInputContents(0, ByteString.copyFrom(new byte[400_000]))
                    .build());
            assertThat(large.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            assertThat(large.getDescription()).contains("at most 3000");
            Status bomb = client.compressing()
                    .failure(rawSimple().toBuilder()
                            .setRawInputContents(0, ByteString.copyFrom(new byte[400_000]))
                            .build());
            assertThat(bomb.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            both.worker.awaitIdle();
        }
    }

    private static ModelInferRequest text() {
        ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName("fake-model");
        request.addInputsBuilder()
                .setName("text")
                .setDatatype("BYTES")
                .addShape(1)
                .getContentsBuilder()
                .addBytesContents(ByteString.copyFromUtf8("one"));
        return request.build();
    }

    @ParameterizedTest
    @MethodSource("ports")
    void deadline_ofTheCall_isThatOfTheWork(int port) {
        try (GrpcClient client = new GrpcClient(port)) {
            both.worker.encoder.submissions.clear();
            client.within(7_000).infer(text());
            FakeEncoder.Submission submission = both.worker.encoder.submissions.remove();
            assertThat(submission.deadlineNanos()).isLessThan(System.nanoTime() + TimeUnit.SECONDS.toNanos(7));
        }
    }

    @ParameterizedTest
    @MethodSource("ports")
    void refusals_ofTheLane_haveTheirCodes(int port) {
        try (GrpcClient client = new GrpcClient(port)) {
            both.worker.encoder.refuse(FakeEncoder.overloaded());
            assertThat(client.failure(text()).getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            both.worker.encoder.refuse(new Admission.TooLate(Duration.ofSeconds(9), Duration.ofSeconds(1)));
            assertThat(client.failure(text()).getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
            both.worker.encoder.refuse(new Admission.Draining());
            assertThat(client.failure(text()).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        } finally {
            both.worker.encoder.answer();
        }
        both.worker.awaitIdle();
    }

    @ParameterizedTest
    @MethodSource("ports")
    void client_thatLeaves_cancelsItsWork(int port) throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        both.worker.encoder.lane((submission, outcome) -> new Admission.Accepted(cancelled::countDown));
        try (GrpcClient client = new GrpcClient(port)) {
            assertThat(client.within(300).failure(text()).getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
            assertThat(cancelled.await(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            both.worker.encoder.answer();
        }
        both.worker.awaitIdle();
    }

    @ParameterizedTest
    @MethodSource("ports")
    void stream_answersInOrderAndGoesOnPastMistakes(int port) throws Exception {
        try (GrpcClient client = new GrpcClient(port)) {
            GrpcAnswers answers = new GrpcAnswers();
            StreamObserver<MessageLite> requests = client.stream(answers);
            requests.onNext(simple().setId("first").build());
            assertThat(answers.next().getInferResponse().getId()).isEqualTo("first");
            List<String> sent = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                sent.add("n" + i);
                requests.onNext((i % 7 == 0 ? simple().setModelName("nobody") : rawSimple().toBuilder())
                        .setId("n" + i)
                        .build());
            }
            requests.onCompleted();
            for (int i = 0; i < 200; i++) {
                ModelStreamInferResponse answer = answers.next();
                assertThat(answer.getInferResponse().getId()).isEqualTo(sent.get(i));
                assertThat(answer.getErrorMessage()).contains(i % 7 == 0 ? "'nobody' does not exist" : "");
                assertThat(answer.getInferResponse().getRawOutputContentsCount())
                        .isEqualTo(i % 7 == 0 ? 0 : 2);
            }
            assertThat(answers.any()).isEqualTo(Status.OK);
        }
        both.worker.awaitIdle();
    }

    @ParameterizedTest
    @MethodSource("ports")
    void stream_whoseClientLeaves_isForgotten(int port) throws Exception {
        GrpcClient client = new GrpcClient(port);
        GrpcAnswers answers = new GrpcAnswers();
        StreamObserver<MessageLite> requests = client.stream(answers);
        requests.onNext(simple().build());
        answers.next();
        client.close();
        both.worker.awaitIdle();
    }
}
