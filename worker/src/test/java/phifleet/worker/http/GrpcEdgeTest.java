package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import com.google.protobuf.MessageLite;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import phifleet.inference.Catalogue;
import phifleet.inference.lane.Admission;
import phifleet.inference.model.ElementType;
import phifleet.protocol.InferParameter;
import phifleet.protocol.InferTensorContents;
import phifleet.protocol.ModelInferRequest;
import phifleet.protocol.ModelStreamInferResponse;
import phifleet.worker.http.state.WorkerState;

/** The protocol over gRPC, at a worker and through a gateway: what is refused, given up, or left; and streams. */
class GrpcEdgeTest {
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
    void mistakes_getTheirCodeAndTheWordsOfHttp(int port) {
        try (GrpcClient client = new GrpcClient(port)) {
            refused(
                    client,
                    GrpcRequests.simple().setModelName("nobody"),
                    Status.Code.NOT_FOUND,
                    "the model 'nobody' does not exist");
            refused(client, GrpcRequests.simple().setModelVersion("9"), Status.Code.NOT_FOUND, "has no version '9'");
            refused(
                    client,
                    GrpcRequests.simple().removeInputs(1),
                    Status.Code.INVALID_ARGUMENT,
                    "expected 2 inputs but got 1 inputs");
            refused(
                    client,
                    GrpcRequests.simple().addInputs(GrpcRequests.ints("NO", 1)),
                    Status.Code.INVALID_ARGUMENT,
                    "expected 2 inputs but got 3");
            refused(
                    client,
                    GrpcRequests.simple().setInputs(1, GrpcRequests.ints("NO", 1)),
                    Status.Code.INVALID_ARGUMENT,
                    "unexpected inference input 'NO' for model 'simple'");
            refused(
                    client,
                    GrpcRequests.simple().setInputs(1, GrpcRequests.ints("INPUT1", 1, 2)),
                    Status.Code.INVALID_ARGUMENT,
                    "unexpected shape for input 'INPUT1' for model 'simple'. Expected [-1, 4], got [1, 2]");
            refused(
                    client,
                    GrpcRequests.simple().setInputs(1, GrpcRequests.ints("INPUT0", 1, 2, 3, 4)),
                    Status.Code.INVALID_ARGUMENT,
                    "input 'INPUT0' is there twice");
            ModelInferRequest.Builder wrong = GrpcRequests.simple();
            wrong.getInputsBuilder(0).setDatatype("FP32");
            refused(
                    client,
                    wrong,
                    Status.Code.INVALID_ARGUMENT,
                    "data-type is 'FP32', but model 'simple' expects 'INT32'");
            wrong.getInputsBuilder(0).setDatatype("INT32").setShape(0, -1);
            refused(client, wrong, Status.Code.INVALID_ARGUMENT, "`inputs[0].shape` must be");
            wrong = GrpcRequests.simple();
            wrong.getInputsBuilder(0).getContentsBuilder().addIntContents(5);
            refused(client, wrong, Status.Code.INVALID_ARGUMENT, "has more than the 4 elements of the shape [1, 4]");
            wrong = GrpcRequests.simple();
            wrong.getInputsBuilder(0)
                    .setContents(InferTensorContents.newBuilder().addFp32Contents(1));
            refused(
                    client,
                    wrong,
                    Status.Code.INVALID_ARGUMENT,
                    "has elements in fp32_contents; those of INT32 are in int_contents");
            refused(
                    client,
                    GrpcRequests.rawSimple().toBuilder().setRawInputContents(1, ByteString.copyFrom(new byte[15])),
                    Status.Code.INVALID_ARGUMENT,
                    "the binary data of input 'INPUT1' has 15 bytes; INT32 of shape [1, 4] wants 16");
            refused(
                    client,
                    GrpcRequests.rawSimple().toBuilder().addRawInputContents(ByteString.EMPTY),
                    Status.Code.INVALID_ARGUMENT,
                    "`raw_input_contents` has 3 entries for 2 inputs");
            wrong = GrpcRequests.simple();
            wrong.addOutputsBuilder().setName("NO");
            refused(client, wrong, Status.Code.INVALID_ARGUMENT, "unexpected inference output 'NO'");
            wrong = GrpcRequests.simple();
            wrong.getInputsBuilder(0)
                    .putParameters(
                            "shared_memory_region",
                            InferParameter.newBuilder().setStringParam("a").build());
            refused(client, wrong, Status.Code.INVALID_ARGUMENT, "shared memory is not supported");
            ModelInferRequest.Builder int8 = GrpcRequests.echo(ElementType.INT8);
            int8.getInputsBuilder(0).getContentsBuilder().addIntContents(128);
            refused(client, int8, Status.Code.INVALID_ARGUMENT, "has element 0 of 128; INT8 is from -128 to 127");
            refused(
                    client,
                    GrpcRequests.echo(ElementType.FP16),
                    Status.Code.INVALID_ARGUMENT,
                    "send them in raw_input_contents");
            assertThat(client.infer(GrpcRequests.simple().build()).getOutputsCount())
                    .isEqualTo(2);
        }
    }

    private static void refused(GrpcClient client, ModelInferRequest.Builder request, Status.Code code, String words) {
        Status status = client.failure(request.build());
        assertThat(status.getDescription()).contains(words);
        assertThat(status.getCode()).isEqualTo(code);
    }

    @ParameterizedTest
    @MethodSource("ports")
    void edge_asksForTheKeyAndBoundsMessages(int port) {
        try (GrpcClient client = new GrpcClient(port)) {
            assertThat(client.with("authorization", "Bearer wrong")
                            .failure(GrpcRequests.simple().build())
                            .getCode())
                    .isEqualTo(Status.Code.UNAUTHENTICATED);
            // Orchestrators bring no key: 1 is SERVING.
            Empty nothing = Empty.getDefaultInstance();
            assertThat(client.call("grpc.health.v1.Health/Check", nothing, nothing)
                            .toByteString())
                    .isEqualTo(ByteString.copyFrom(new byte[] {8, 1}));
            client.with("authorization", "Bearer k");
            Status large = client.failure(GrpcRequests.rawSimple().toBuilder()
                    .setRawInputContents(0, ByteString.copyFrom(new byte[400_000]))
                    .build());
            assertThat(large.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            assertThat(large.getDescription()).contains("at most 3000");
            Status bomb = client.compressing()
                    .failure(GrpcRequests.rawSimple().toBuilder()
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
            requests.onNext(GrpcRequests.simple().setId("first").build());
            assertThat(answers.next().getInferResponse().getId()).isEqualTo("first");
            List<String> sent = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                sent.add("n" + i);
                requests.onNext((i % 7 == 0
                                ? GrpcRequests.simple().setModelName("nobody")
                                : GrpcRequests.rawSimple().toBuilder())
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
        requests.onNext(GrpcRequests.simple().build());
        answers.next();
        client.close();
        both.worker.awaitIdle();
    }

    /** Streams whose client reads no answers are held up, one by one: a call beside them, on the same connection, is not. */
    @ParameterizedTest
    @MethodSource("ports")
    void streams_whoseClientReadsNothing_holdUpNoOtherCall(int port) throws Exception {
        ModelInferRequest request =
                GrpcRequests.rawSimple().toBuilder().setId("x".repeat(2_000)).build();
        try (GrpcClient client = new GrpcClient(port)) {
            for (int stream = 0; stream < 8; stream++) {
                UnreadAnswers answers = new UnreadAnswers();
                StreamObserver<MessageLite> requests = client.stream(answers);
                for (int i = 0; i < 1_500; i++) {
                    requests.onNext(request);
                }
                answers.awaitHeldUp();
            }
            assertThat(client.within(20_000).infer(GrpcRequests.rawSimple()).getRawOutputContentsCount())
                    .isEqualTo(2);
        }
        both.worker.awaitIdle();
    }

    /** A client that takes the head of its answers and nothing more. */
    private static final class UnreadAnswers implements ClientResponseObserver<MessageLite, MessageLite> {
        private static final long QUIET_MILLIS = 200;

        private @Nullable ClientCallStreamObserver<MessageLite> call;

        @Override
        public void beforeStart(ClientCallStreamObserver<MessageLite> stream) {
            call = stream;
            stream.disableAutoRequestWithInitial(0);
        }

        /** Waits until what was sent stays unsent. */
        void awaitHeldUp() throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            int quiet = 0;
            while (quiet < 3) {
                assertThat(System.nanoTime()).as("the stream goes on unread").isLessThan(end);
                Thread.sleep(QUIET_MILLIS);
                quiet = Objects.requireNonNull(call).isReady() ? 0 : quiet + 1;
            }
        }

        @Override
        public void onNext(MessageLite answer) {
            throw new AssertionError("nothing was asked for");
        }

        @Override
        public void onError(Throwable end) {
            // The test's own end.
        }

        @Override
        public void onCompleted() {
            throw new AssertionError("it was not to end");
        }
    }
}
