package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import phifleet.http.Json;
import phifleet.inference.Catalogue;
import phifleet.worker.http.state.WorkerState;

/**
 * What Triton's own tests ask of its HTTP front end (github.com/triton-inference-server/server, qa: L0_http, L0_input_validation,
 * L0_infer), asked of a worker, as far as {@link OpenInferenceTest} does not: which outputs come as bytes, raw requests, chunks,
 * shapes that overflow, inputs that are missing. Model control is in {@code ModelLifeTest}, gRPC in {@link GrpcTest}.
 *
 * <p>Where this worker differs on purpose: a negative size is 400 (500 there), a queue that is full 429 with {@code Retry-After}
 * (503 there), and files in a load are refused.
 */
class TritonProtocolTest {
    private static final String HEAD = "Inference-Header-Content-Length";
    private static final String[] NOTHING = {};
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static TestWorker worker;

    @BeforeAll
    static void start() {
        worker = new TestWorker("");
        worker.state.set(WorkerState.ready(new Catalogue(ExampleModels.with(worker.encoder))));
    }

    @AfterAll
    static void stop() {
        worker.close();
        CLIENT.close();
    }

    private static String ints(String name, String data) {
        return "{\"name\":\"" + name + "\",\"datatype\":\"INT32\",\"shape\":[1,4]," + data + "}";
    }

    /** Of the model of Triton's examples, which gives the sum and the difference of two inputs. */
    private static String simple(String more) {
        return "{" + more + "\"inputs\":[" + ints("INPUT0", "\"data\":[1,2,3,4]") + ","
                + ints("INPUT1", "\"data\":[1,2,3,4]") + "]";
    }

    private static String output(String name, String binary) {
        return "{\"name\":\"" + name + "\""
                + (binary.isEmpty() ? "" : ",\"parameters\":{\"binary_data\":" + binary + "}") + "}";
    }

    /** Which outputs come as JSON and which as bytes behind it. */
    record Forms(String name, String body, List<String> json, List<Integer> bytes) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final String SUM = "[2,4,6,8]";
    private static final String DIFFERENCE = "[0,0,0,0]";

    static List<Forms> forms() {
        String both = "\"parameters\":{\"binary_data_output\":true},";
        return List.of(
                new Forms("nothing asked: all as JSON", simple("") + "}", List.of(SUM, DIFFERENCE), List.of()),
                new Forms(
                        "one as bytes, the other not",
                        simple("") + ",\"outputs\":[" + output("OUTPUT0", "true") + "," + output("OUTPUT1", "false")
                                + "]}",
                        List.of(DIFFERENCE),
                        List.of(2, 4, 6, 8)),
                new Forms(
                        "one as bytes, the other as usual",
                        simple("") + ",\"outputs\":[" + output("OUTPUT0", "true") + "," + output("OUTPUT1", "") + "]}",
                        List.of(DIFFERENCE),
                        List.of(2, 4, 6, 8)),
                new Forms("all as bytes, none named", simple(both) + "}", List.of(), List.of(2, 4, 6, 8, 0, 0, 0, 0)),
                new Forms(
                        "all as bytes, one not",
                        simple(both) + ",\"outputs\":[" + output("OUTPUT0", "false") + "," + output("OUTPUT1", "")
                                + "]}",
                        List.of(SUM),
                        List.of(0, 0, 0, 0)),
                new Forms(
                        "the second alone, as bytes",
                        simple("") + ",\"outputs\":[" + output("OUTPUT1", "true") + "]}",
                        List.of(),
                        List.of(0, 0, 0, 0)),
                new Forms(
                        "bytes asked for of a request's own parameters first, in any place",
                        simple("") + "," + both.substring(0, both.length() - 1) + "}",
                        List.of(),
                        List.of(2, 4, 6, 8, 0, 0, 0, 0)));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void outputs_comeInTheFormThatIsAskedFor(Forms forms) throws Exception {
        HttpResponse<byte[]> answer = send("simple", forms.body().getBytes(StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).isEqualTo(200);
        String head = head(answer);
        List<String> json = new ArrayList<>();
        for (JsonNode output : Json.of(head).path("outputs")) {
            if (output.has("data")) {
                json.add(output.path("data").toString());
            } else {
                assertThat(output.at("/parameters/binary_data_size").asInt()).isEqualTo(16);
            }
        }
        assertThat(json).isEqualTo(forms.json());
        ByteBuffer bytes = ByteBuffer.wrap(tail(answer)).order(ByteOrder.LITTLE_ENDIAN);
        List<Integer> found = new ArrayList<>();
        while (bytes.hasRemaining()) {
            found.add(bytes.getInt());
        }
        assertThat(found).isEqualTo(forms.bytes());
        assertThat(answer.headers().firstValue(HEAD).isPresent())
                .isEqualTo(!forms.bytes().isEmpty());
    }

    @Test
    void inputs_oneAsBytesAndOneAsJson() throws Exception {
        String head = "{\"inputs\":[" + ints("INPUT0", "\"data\":[1,2,3,4]") + ","
                + ints("INPUT1", "\"parameters\":{\"binary_data_size\":16}") + "]}";
        ByteBuffer body = ByteBuffer.allocate(head.length() + 16).order(ByteOrder.LITTLE_ENDIAN);
        body.put(head.getBytes(StandardCharsets.UTF_8))
                .putInt(1)
                .putInt(1)
                .putInt(1)
                .putInt(1);
        HttpResponse<byte[]> answer = send("simple", body.array(), HEAD, Integer.toString(head.length()));
        assertThat(text(answer)).contains("[2,3,4,5]").contains("[0,1,2,3]");
    }

    @ParameterizedTest
    @MethodSource
    void rawRequest_isOneTensorAndNothingElse(int floats) throws Exception {
        ByteBuffer body = ByteBuffer.allocate(4 * floats).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < floats; i++) {
            body.putFloat(i);
        }
        HttpResponse<byte[]> answer = send("echo_FP32", body.array(), HEAD, "0");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(tail(answer)).isEqualTo(body.array());
    }

    static List<Integer> rawRequest_isOneTensorAndNothingElse() {
        return List.of(8, 32);
    }

    /** The length that stands before a string everywhere else is the body's own. */
    @Test
    void rawRequest_ofAString_hasNoLengthBeforeIt() throws Exception {
        HttpResponse<byte[]> answer = send("echo_STRING", "427".getBytes(StandardCharsets.UTF_8), HEAD, "0");
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
        assertThat(tail(answer)).isEqualTo(new byte[] {3, 0, 0, 0, '4', '2', '7'});
    }

    @Test
    void rawRequest_forSeveralInputs_isRefused() throws Exception {
        HttpResponse<byte[]> answer = send("simple", new byte[32], HEAD, "0");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer)).contains("needs a model with one input, and model 'simple' has 2");
    }

    @Test
    void body_inChunks_isTheSame() throws Exception {
        byte[] body = (simple("") + "}").getBytes(StandardCharsets.UTF_8);
        HttpRequest request = worker.request("/v2/models/simple/infer")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build();
        assertThat(text(CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray())))
                .contains(SUM)
                .contains(DIFFERENCE);
    }

    /** A request that is refused, and how. */
    record Refusal(String name, String model, String body, String words) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static String floats(String shape, String data) {
        return "{\"inputs\":[{\"name\":\"x\",\"shape\":" + shape + ",\"datatype\":\"FP32\",\"data\":" + data + "}]}";
    }

    static List<Refusal> refusals() {
        String one = "{\"inputs\":[" + ints("INPUT0", "\"data\":[1,2,3,4]") + "]}";
        return List.of(
                new Refusal(
                        "elements whose count overflows",
                        "echo_FP32",
                        floats("[16,1152921504606846978]", "[1.0]"),
                        "`inputs[0].shape[1]` must be a whole number from 0 to 2147483647"),
                new Refusal(
                        "elements whose bytes overflow",
                        "echo_FP32",
                        floats("[2147483647,2147483647]", "[1.0]"),
                        "has 1 elements; the shape [2147483647, 2147483647] wants 4611686014132420609"),
                new Refusal(
                        "a negative size",
                        "echo_FP32",
                        floats("[2,-5]", "[1.0]"),
                        "`inputs[0].shape[1]` must be a whole number from 0"),
                new Refusal(
                        "fewer elements than the shape",
                        "simple",
                        "{\"inputs\":[" + ints("INPUT0", "\"data\":[1,2,3]") + "]}",
                        "has 3 elements; the shape [1, 4] wants 4"),
                new Refusal(
                        "more elements than the shape",
                        "simple",
                        "{\"inputs\":[" + ints("INPUT0", "\"data\":[1,2,3,4,5]") + "]}",
                        "has 5 elements; the shape [1, 4] wants 4"),
                new Refusal(
                        "no inputs",
                        "simple",
                        "{\"inputs\":[]}",
                        "expected 2 inputs but got 0 inputs for model 'simple'. Got input(s) [], but missing required"
                                + " input(s) ['INPUT0','INPUT1']"),
                new Refusal(
                        "an input is missing",
                        "simple",
                        one,
                        "expected 2 inputs but got 1 inputs for model 'simple'. Got input(s) ['INPUT0'], but missing"
                                + " required input(s) ['INPUT1']"),
                new Refusal("no JSON", "simple", "no JSON", "not valid JSON"),
                new Refusal(
                        "JSON nested deep",
                        "echo_FP32",
                        floats("[1,1]", "[".repeat(120) + "1" + "]".repeat(120)),
                        "`inputs[0].data` has more than 16 axes"),
                new Refusal("an id that is no text", "simple", simple("\"id\":7,") + "}", "`id` must be a string"),
                new Refusal(
                        "classes of a fraction",
                        "simple",
                        simple("") + ",\"outputs\":[{\"name\":\"OUTPUT0\",\"parameters\":{\"classification\":1.5}}]}",
                        "`outputs[0].parameters.classification` must be a whole number"),
                new Refusal(
                        "bytes asked for with a text",
                        "simple",
                        simple("\"parameters\":{\"binary_data_output\":\"yes\"},") + "}",
                        "`parameters.binary_data_output` must be true or false"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void request_thatIsWrong_isRefusedWithItsField_andTheNextIsServed(Refusal refusal) throws Exception {
        HttpResponse<byte[]> answer = send(refusal.model(), refusal.body().getBytes(StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode json = Json.of(text(answer));
        assertThat(json.size()).as("an error and nothing else").isEqualTo(1);
        assertThat(json.path("error").asText()).contains(refusal.words());
        assertThat(send("simple", (simple("") + "}").getBytes(StandardCharsets.UTF_8))
                        .statusCode())
                .isEqualTo(200);
    }

    private static HttpResponse<byte[]> send(String model, byte[] body) throws Exception {
        return send(model, body, NOTHING);
    }

    private static HttpResponse<byte[]> send(String model, byte[] body, String... headers) throws Exception {
        HttpRequest request = worker.request("/v2/models/" + model + "/infer", headers)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static int length(HttpResponse<byte[]> answer) {
        return answer.headers().firstValue(HEAD).map(Integer::parseInt).orElse(answer.body().length);
    }

    private static String head(HttpResponse<byte[]> answer) {
        return new String(answer.body(), 0, length(answer), StandardCharsets.UTF_8);
    }

    private static byte[] tail(HttpResponse<byte[]> answer) {
        return Arrays.copyOfRange(answer.body(), length(answer), answer.body().length);
    }
}
