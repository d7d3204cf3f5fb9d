package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import phifleet.inference.Catalogue;
import phifleet.inference.model.ElementType;
import phifleet.protocol.InferParameter;
import phifleet.protocol.ModelInferRequest;
import phifleet.protocol.ModelInferResponse;
import phifleet.protocol.ModelStreamInferResponse;
import phifleet.worker.http.state.WorkerState;

/**
 * What Triton's own tests ask of its gRPC front end (github.com/triton-inference-server/server, qa: L0_grpc, L0_input_validation,
 * L0_infer), asked of a worker and through a gateway, as far as {@link GrpcTest} does not: which outputs come and in which order,
 * what does not fit a model, in calls and in streams. {@link TritonProtocolTest} is the same over HTTP.
 *
 * <p>Where this worker differs on purpose: an unknown model or version is NOT_FOUND in a call, as there, and a message of its own in a
 * stream; raw contents beside typed ones are refused, and never taken for the one or the other.
 */
class TritonCallsTest {
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

    private static Stream<Arguments> atBoth(List<?> cases) {
        return both.callPorts().stream().flatMap(port -> cases.stream().map(one -> Arguments.of(port, one)));
    }

    private static ModelInferRequest.InferRequestedOutputTensor.Builder output(String name) {
        return ModelInferRequest.InferRequestedOutputTensor.newBuilder().setName(name);
    }

    /** Outputs that are asked for, in their order; none for all. */
    static Stream<Arguments> wanted() {
        return atBoth(List.of(
                List.of(),
                List.of("OUTPUT0"),
                List.of("OUTPUT1"),
                List.of("OUTPUT1", "OUTPUT0"),
                List.of("OUTPUT0", "OUTPUT1")));
    }

    @ParameterizedTest
    @MethodSource("wanted")
    void outputs_comeInTheOrderThatIsAskedFor_typedAndRaw(int port, List<String> names) {
        List<String> expected = names.isEmpty() ? List.of("OUTPUT0", "OUTPUT1") : names;
        try (GrpcClient client = new GrpcClient(port)) {
            ModelInferRequest.Builder typed = GrpcRequests.simple();
            ModelInferRequest.Builder raw = GrpcRequests.rawSimple().toBuilder();
            names.forEach(name -> {
                typed.addOutputs(output(name));
                raw.addOutputs(output(name));
            });
            ModelInferResponse answer = client.infer(typed.build());
            assertThat(answer.getOutputsList())
                    .extracting(ModelInferResponse.InferOutputTensor::getName)
                    .isEqualTo(expected);
            ModelInferResponse bytes = client.infer(raw.build());
            for (int i = 0; i < expected.size(); i++) {
                boolean sum = expected.get(i).equals("OUTPUT0");
                assertThat(answer.getOutputs(i).getContents().getIntContentsList())
                        .isEqualTo(sum ? List.of(11, 22, 33, 44) : List.of(-9, -18, -27, -36));
                assertThat(bytes.getRawOutputContents(i))
                        .isEqualTo(sum ? GrpcRequests.bytes(11, 22, 33, 44) : GrpcRequests.bytes(-9, -18, -27, -36));
            }
        }
    }

    /** A request that is refused, and how. */
    record Refusal(String name, Status.Code code, String words, ModelInferRequest request) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Refusal invalid(String name, String words, ModelInferRequest.Builder request) {
        return new Refusal(name, Status.Code.INVALID_ARGUMENT, words, request.build());
    }

    private static ModelInferRequest.Builder one(ModelInferRequest.InferInputTensor.Builder second) {
        return ModelInferRequest.newBuilder()
                .setModelName("simple")
                .addInputs(GrpcRequests.ints("INPUT0", 1, 2, 3, 4))
                .addInputs(second);
    }

    private static ModelInferRequest.InferInputTensor.Builder second() {
        return GrpcRequests.ints("INPUT1", 1, 2, 3, 4);
    }

    private static ModelInferRequest.Builder raw(ByteString... contents) {
        ModelInferRequest.Builder request = GrpcRequests.rawSimple().toBuilder().clearRawInputContents();
        for (ByteString content : contents) {
            request.addRawInputContents(content);
        }
        return request;
    }

    private static ModelInferRequest.Builder asking(String output, String parameter, InferParameter value) {
        return GrpcRequests.simple().addOutputs(output(output).putParameters(parameter, value));
    }

    static Stream<Arguments> refusals() {
        ByteString four = GrpcRequests.bytes(1, 2, 3, 4);
        InferParameter text = InferParameter.newBuilder().setStringParam("2").build();
        return atBoth(List.of(
                new Refusal(
                        "unknown model",
                        Status.Code.NOT_FOUND,
                        "nobody",
                        GrpcRequests.simple().setModelName("nobody").build()),
                new Refusal(
                        "unknown version",
                        Status.Code.NOT_FOUND,
                        "has no version '7', only 1",
                        GrpcRequests.simple().setModelVersion("7").build()),
                invalid(
                        "no inputs",
                        "expected 2 inputs but got 0 inputs for model 'simple'. Got input(s) [], but missing required"
                                + " input(s) ['INPUT0','INPUT1']",
                        GrpcRequests.simple().clearInputs()),
                invalid(
                        "an input is missing",
                        "expected 2 inputs but got 1 inputs for model 'simple'. Got input(s) ['INPUT0'], but missing"
                                + " required input(s) ['INPUT1']",
                        GrpcRequests.simple().removeInputs(1)),
                invalid(
                        "an input too many",
                        "expected 2 inputs but got 3 inputs for model 'simple'",
                        GrpcRequests.simple().addInputs(GrpcRequests.ints("INPUT2", 1, 2, 3, 4))),
                invalid(
                        "an input twice",
                        "input 'INPUT0' is there twice",
                        one(GrpcRequests.ints("INPUT0", 1, 2, 3, 4))),
                invalid(
                        "an unknown input",
                        "unexpected inference input 'INPUT9' for model 'simple'",
                        one(second().setName("INPUT9"))),
                invalid(
                        "another type",
                        "inference input 'INPUT1' data-type is 'INT64', but model 'simple' expects 'INT32'",
                        one(second().setDatatype("INT64"))),
                invalid("a type that is none", "`inputs[1].datatype` must be", one(second().setDatatype("INT33"))),
                invalid(
                        "another shape",
                        "unexpected shape for input 'INPUT1' for model 'simple'. Expected [-1, 4], got [1, 5]",
                        one(GrpcRequests.ints("INPUT1", 1, 2, 3, 4, 5))),
                invalid(
                        "another rank",
                        "unexpected shape for input 'INPUT1' for model 'simple'. Expected [-1, 4], got [4]",
                        one(second().clearShape().addShape(4))),
                invalid(
                        "a negative size",
                        "`inputs[1].shape` must be at most 64 sizes from 0 to 2147483647, and has -1",
                        one(second().clearShape().addShape(-1).addShape(4))),
                invalid(
                        "more axes than can be",
                        "`inputs[1].shape` must be at most 64 sizes",
                        one(second().addAllShape(Collections.nCopies(64, 1L)))),
                invalid(
                        "elements whose count overflows",
                        "less than the",
                        one(second().clearShape().addShape(Integer.MAX_VALUE).addShape(4))),
                invalid(
                        "fewer elements than the shape",
                        "`inputs[1].contents` of input 'INPUT1' has 3 elements; the shape [1, 4] wants 4",
                        one(GrpcRequests.ints("INPUT1", 1, 2, 300)
                                .clearShape()
                                .addShape(1)
                                .addShape(4))),
                invalid(
                        "more elements than the shape",
                        "`inputs[1].contents` of input 'INPUT1' has more than the 4 elements of the shape [1, 4]",
                        one(GrpcRequests.ints("INPUT1", 1, 2, 3, 4, 5)
                                .clearShape()
                                .addShape(1)
                                .addShape(4))),
                invalid(
                        "elements of another type's field",
                        "has elements in fp32_contents; those of INT32 are in int_contents",
                        one(second().setContents(second().getContentsBuilder()
                                .clear()
                                .addFp32Contents(1)
                                .addFp32Contents(2)))),
                invalid(
                        "one raw entry for two inputs",
                        "`raw_input_contents` has 1 entries for 2 inputs; it must have one for each, or none",
                        raw(four)),
                invalid(
                        "raw entries beside typed elements",
                        "`inputs[0]` has both `contents` and an entry of `raw_input_contents`",
                        GrpcRequests.simple().addRawInputContents(four).addRawInputContents(four)),
                invalid(
                        "fewer raw bytes than the shape",
                        "the binary data of input 'INPUT1' has 8 bytes; INT32 of shape [1, 4] wants 16",
                        raw(four, GrpcRequests.bytes(1, 2))),
                invalid(
                        "a string cut short",
                        "is cut short in string 0: its length is 9, and 2 bytes are left",
                        GrpcRequests.echo(ElementType.STRING)
                                .addRawInputContents(ByteString.copyFrom(new byte[] {9, 0, 0, 0, 'a', 'b'}))),
                invalid(
                        "typed elements of a type that has none",
                        "has no field for elements of FP16; send them in raw_input_contents",
                        GrpcRequests.echo(ElementType.FP16)),
                invalid(
                        "an unknown output",
                        "unexpected inference output 'OUTPUT9' for model 'simple'",
                        GrpcRequests.simple().addOutputs(output("OUTPUT9"))),
                invalid(
                        "an output twice",
                        "unexpected inference output 'OUTPUT0' for model 'simple'; it has, each once",
                        GrpcRequests.simple().addOutputs(output("OUTPUT0")).addOutputs(output("OUTPUT0"))),
                invalid(
                        "classes of a text",
                        "`outputs[0].parameters.classification` must be an int64_param from 0",
                        asking("OUTPUT0", "classification", text)),
                invalid(
                        "an output into shared memory",
                        "shared memory is not supported; send the tensor in the body",
                        asking("OUTPUT0", "shared_memory_region", text))));
    }

    @ParameterizedTest(name = "{1} at {0}")
    @MethodSource("refusals")
    void call_thatIsWrong_isRefusedWithItsField_andTheNextIsServed(int port, Refusal refusal) {
        try (GrpcClient client = new GrpcClient(port)) {
            Status status = client.failure(refusal.request());
            assertThat(status.getCode()).as(status.toString()).isEqualTo(refusal.code());
            assertThat(status.getDescription()).contains(refusal.words());
            assertThat(client.infer(GrpcRequests.rawSimple()).getRawOutputContents(0))
                    .isEqualTo(GrpcRequests.bytes(11, 22, 33, 44));
        }
    }

    static Stream<Integer> ports() {
        return both.callPorts().stream();
    }

    /** Each message of a stream has its own answer, in their order, and one that is wrong ends nothing. */
    @ParameterizedTest
    @MethodSource("ports")
    void stream_ofRightAndWrongMessages_answersEachInItsTurn(int port) throws Exception {
        List<Refusal> wrong = refusals()
                .map(arguments -> (Refusal) arguments.get()[1])
                .limit(refusals().count() / 2)
                .toList();
        try (GrpcClient client = new GrpcClient(port)) {
            GrpcAnswers answers = new GrpcAnswers();
            StreamObserver<MessageLite> requests = client.stream(answers);
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < wrong.size(); i++) {
                requests.onNext(
                        wrong.get(i).request().toBuilder().setId("wrong " + i).build());
                ids.add("wrong " + i);
                requests.onNext(
                        GrpcRequests.rawSimple().toBuilder().setId("right " + i).build());
                ids.add("right " + i);
            }
            for (int i = 0; i < ids.size(); i++) {
                ModelStreamInferResponse answer = answers.next();
                assertThat(answer.getInferResponse().getId()).isEqualTo(ids.get(i));
                if (i % 2 == 0) {
                    assertThat(answer.getErrorMessage())
                            .contains(wrong.get(i / 2).words());
                } else {
                    assertThat(answer.getErrorMessage()).isEmpty();
                    assertThat(answer.getInferResponse().getRawOutputContents(1))
                            .isEqualTo(GrpcRequests.bytes(-9, -18, -27, -36));
                }
            }
            requests.onCompleted();
            assertThat(answers.any()).isEqualTo(Status.OK);
        }
    }
}
