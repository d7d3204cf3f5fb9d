package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import phifleet.http.Json;
import phifleet.inference.Catalogue;
import phifleet.inference.model.ElementType;
import phifleet.worker.http.state.WorkerState;

/** The protocol as its clients speak it; {@code simple} is the model of Triton's own examples. */
class OpenInferenceTest {
    private static final String INPUT0 =
            "{\"name\":\"INPUT0\",\"shape\":[1,4],\"datatype\":\"INT32\",\"data\":[1,2,3,4]}";
    private static final String INPUT1 =
            "{\"data\":[[10,20],[30,40]],\"datatype\":\"INT32\",\"shape\":[1,4],\"name\":\"INPUT1\"}";
    private static final String BOTH = "{\"inputs\":[" + INPUT0 + "," + INPUT1 + "]}";

    private static TestWorker worker;

    @BeforeAll
    static void start() {
        worker = new TestWorker("http: {max-json-depth: 32}");
        worker.state.set(WorkerState.ready(new Catalogue(ExampleModels.with(worker.encoder))));
    }

    @AfterAll
    static void stop() {
        worker.close();
    }

    private static HttpResponse<String> infer(String model, String json) {
        return worker.post("/v2/models/" + model + "/infer", json);
    }

    private static HttpResponse<byte[]> bytes(String model, byte[] body, String... headers) throws Exception {
        HttpRequest request = worker.request("/v2/models/" + model + "/infer", headers)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return java.net.http.HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void server_metadataAndHealth() {
        assertThat(Json.of(worker.get("/v2")).at("/name").asText()).isEqualTo("phi-fleet");
        assertThat(Json.of(worker.get("/v2")).at("/extensions").toString()).contains("binary_tensor_data");
        assertThat(worker.get("/v2/health/live").statusCode()).isEqualTo(200);
        assertThat(worker.get("/v2/health/ready").statusCode()).isEqualTo(200);
        assertThat(worker.get("/v2/models/simple/ready").statusCode()).isEqualTo(200);
        assertThat(worker.get("/v2/models/simple/versions/1/ready").statusCode())
                .isEqualTo(200);
    }

    @Test
    void model_metadataConfigurationStatistics() {
        JsonNode metadata = Json.of(worker.get("/v2/models/simple"));
        assertThat(metadata.at("/platform").asText()).isEqualTo("onnxruntime_onnx");
        assertThat(metadata.at("/inputs/1").toString())
                .isEqualTo("{\"name\":\"INPUT1\",\"datatype\":\"INT32\",\"shape\":[-1,4]}");
        JsonNode config = Json.of(worker.get("/v2/models/simple/config"));
        assertThat(config.at("/max_batch_size").asInt()).isEqualTo(8);
        assertThat(config.at("/input/0/dims").toString()).isEqualTo("[4]");
        assertThat(config.at("/input/0/data_type").asText()).isEqualTo("TYPE_INT32");
        JsonNode stats = Json.of(worker.get("/v2/models/simple/stats")).at("/model_stats/0");
        assertThat(stats.at("/inference_count").asInt()).isEqualTo(2);
        assertThat(stats.at("/inference_stats/compute_infer/ns").asInt()).isEqualTo(700);
        assertThat(stats.at("/batch_stats/0/batch_size").asInt()).isEqualTo(2);
        assertThat(Json.of(worker.get("/v2/models/stats")).at("/model_stats").size())
                .isGreaterThan(3);
    }

    @Test
    void repositoryIndex_emptyBody_listsAll() {
        JsonNode index = Json.of(worker.post("/v2/repository/index", ""));
        assertThat(index.findValuesAsText("name")).contains("simple", "fake-model");
        assertThat(index.at("/0/state").asText()).isEqualTo("READY");
    }

    @Test
    void infer_jsonInAnyOrderOfFields_answersJson() {
        JsonNode json = Json.of(infer("simple", "{\"id\":\"42\"," + BOTH.substring(1)));
        assertThat(json.at("/id").asText()).isEqualTo("42");
        assertThat(json.at("/model_name").asText()).isEqualTo("simple");
        assertThat(json.at("/outputs/0").toString())
                .isEqualTo("{\"name\":\"OUTPUT0\",\"datatype\":\"INT32\",\"shape\":[1,4],\"data\":[11,22,33,44]}");
        assertThat(json.at("/outputs/1/data").toString()).isEqualTo("[-9,-18,-27,-36]");
    }

    @Test
    void infer_namedOutputs_answersThoseInTheirOrder() {
        JsonNode json = Json.of(
                infer("simple", BOTH.substring(0, BOTH.length() - 1) + ",\"outputs\":[{\"name\":\"OUTPUT1\"}]}"));
        assertThat(json.at("/outputs").size()).isEqualTo(1);
        assertThat(json.at("/outputs/0/name").asText()).isEqualTo("OUTPUT1");
    }

    @Test
    void infer_classification_namesTheGreatest() {
        JsonNode json = Json.of(infer(
                "simple",
                BOTH.substring(0, BOTH.length() - 1)
                        + ",\"outputs\":[{\"name\":\"OUTPUT0\",\"parameters\":{\"classification\":2}}]}"));
        assertThat(json.at("/outputs/0").toString())
                .isEqualTo(
                        "{\"name\":\"OUTPUT0\",\"datatype\":\"BYTES\",\"shape\":[1,2],\"data\":[\"44:3\",\"33:2\"]}");
    }

    /** An answer, or for strings Triton's refusal: whatever the type and whatever is asked of the output. */
    @ParameterizedTest
    @EnumSource(ElementType.class)
    void infer_everyTypeWithEveryParameter_isAnsweredOrRefused(ElementType type) {
        boolean text = type == ElementType.STRING;
        String value = text ? "\"a\"" : type == ElementType.BOOL ? "true" : "1";
        String head = "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,1],\"datatype\":\"" + (text ? "BYTES" : type)
                + "\",\"data\":[" + value + "]}]";
        for (String wish : List.of(
                "",
                ",\"parameters\":{\"binary_data_output\":true}",
                ",\"outputs\":[{\"name\":\"y\",\"parameters\":{\"binary_data\":true}}]",
                ",\"outputs\":[{\"name\":\"y\",\"parameters\":{\"classification\":1}}]",
                ",\"outputs\":[{\"name\":\"y\",\"parameters\":{\"classification\":9,\"binary_data\":true}}]",
                ",\"parameters\":{\"classification\":1}")) {
            HttpResponse<String> answer = infer("echo_" + type, head + wish + "}");
            boolean refused = text && wish.contains("classification");
            assertThat(answer.statusCode()).as(wish + answer.body()).isEqualTo(refused ? 400 : 200);
            if (refused) {
                assertThat(Json.of(answer).at("/error").asText())
                        .startsWith("class result not available for output due to unsupported type 'BYTES'")
                        .contains("output 'y'");
            }
        }
    }

    @Test
    void infer_classificationOf64Bits_losesNoDigit() {
        String[] longs = {"9007199254740993", "9007199254740992", "-9223372036854775808"};
        assertThat(classes(ElementType.INT64, longs)).isEqualTo("[\"9007199254740993:0\",\"9007199254740992:1\"]");
        String[] unsigned = {"1", "18446744073709551615", "18446744073709551614"};
        assertThat(classes(ElementType.UINT64, unsigned))
                .isEqualTo("[\"18446744073709551615:1\",\"18446744073709551614:2\"]");
        assertThat(classes(ElementType.FP64, "0.25", "0.5")).isEqualTo("[\"0.500000:1\",\"0.250000:0\"]");
    }

    private static String classes(ElementType type, String... values) {
        return Json.of(infer(
                        "echo_" + type,
                        "{\"inputs\":[{\"name\":\"x\",\"shape\":[1," + values.length + "],\"datatype\":\"" + type
                                + "\",\"data\":[" + String.join(",", values)
                                + "]}],\"outputs\":[{\"name\":\"y\",\"parameters\":{\"classification\":2}}]}"))
                .at("/outputs/0/data")
                .toString();
    }

    @Test
    void infer_binaryInAndOut_isTheSame() throws Exception {
        String head = "{\"inputs\":[{\"name\":\"INPUT0\",\"shape\":[1,4],\"datatype\":\"INT32\",\"parameters\":"
                + "{\"binary_data_size\":16}},{\"name\":\"INPUT1\",\"shape\":[1,4],\"datatype\":\"INT32\",\"parameters\":"
                + "{\"binary_data_size\":16}}],\"parameters\":{\"binary_data_output\":true}}";
        byte[] body = joined(head, ints(1, 2, 3, 4, 10, 20, 30, 40));
        HttpResponse<byte[]> answer =
                bytes("simple", body, "Inference-Header-Content-Length", Integer.toString(head.length()));
        assertThat(answer.statusCode()).isEqualTo(200);
        int length = Integer.parseInt(
                answer.headers().firstValue("Inference-Header-Content-Length").orElseThrow());
        JsonNode json = Json.of(new String(answer.body(), 0, length, StandardCharsets.UTF_8));
        assertThat(json.at("/outputs/0/parameters/binary_data_size").asInt()).isEqualTo(16);
        assertThat(Arrays.copyOfRange(answer.body(), length, answer.body().length))
                .isEqualTo(ints(11, 22, 33, 44, -9, -18, -27, -36));
    }

    @ParameterizedTest
    @CsvSource({"gzip", "deflate"})
    void infer_compressed_countsTheHeaderUncompressed(String encoding) throws Exception {
        String head = "{\"inputs\":[{\"name\":\"INPUT0\",\"shape\":[1,4],\"datatype\":\"INT32\",\"parameters\":"
                + "{\"binary_data_size\":16}}," + INPUT1 + "]}";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var packed = encoding.equals("gzip") ? new GZIPOutputStream(out) : new DeflaterOutputStream(out)) {
            packed.write(joined(head, ints(1, 2, 3, 4)));
        }
        HttpResponse<byte[]> answer = bytes(
                "simple",
                out.toByteArray(),
                "Inference-Header-Content-Length",
                Integer.toString(head.length()),
                "Content-Encoding",
                encoding);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("[11,22,33,44]");
    }

    @Test
    void infer_rawBinary_takesItsShapeFromItsLength() throws Exception {
        HttpResponse<byte[]> answer = bytes("echo_FP32", floats(1, 2.5f, 3), "Inference-Header-Content-Length", "0");
        int length = Integer.parseInt(
                answer.headers().firstValue("Inference-Header-Content-Length").orElseThrow());
        assertThat(new String(answer.body(), 0, length, StandardCharsets.UTF_8)).contains("\"shape\":[1,3]");
        assertThat(Arrays.copyOfRange(answer.body(), length, answer.body().length))
                .isEqualTo(floats(1, 2.5f, 3));
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void infer_everyType_comesBackAsItWent(ElementType type) throws Exception {
        String name = type == ElementType.STRING ? "BYTES" : type.name();
        String data = switch (type) {
            case STRING -> "[\"a\",\"é\\\"\"]";
            case BOOL -> "[true,false]";
            case UINT64 -> "[18446744073709551615,0]";
            case INT64 -> "[-9223372036854775808,9223372036854775807]";
            case UINT32 -> "[4294967295,0]";
            case INT32 -> "[-2147483648,2147483647]";
            case UINT16 -> "[65535,0]";
            case INT16 -> "[-32768,32767]";
            case UINT8 -> "[255,0]";
            case INT8 -> "[-128,127]";
            case FP16, BF16, FP32, FP64 -> "[1.5,-0.25]";
        };
        String input =
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"" + name + "\",\"data\":" + data + "}]";
        JsonNode json = Json.of(infer("echo_" + type, input + "}"));
        assertThat(json.at("/outputs/0/data")).isEqualTo(Json.of(data));
        HttpResponse<byte[]> binary = bytes(
                "echo_" + type,
                (input + ",\"parameters\":{\"binary_data_output\":true}}").getBytes(StandardCharsets.UTF_8));
        int length = Integer.parseInt(
                binary.headers().firstValue("Inference-Header-Content-Length").orElseThrow());
        byte[] tail = Arrays.copyOfRange(binary.body(), length, binary.body().length);
        String head = "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"" + name
                + "\",\"parameters\":{\"binary_data_size\":" + tail.length + "}}]}";
        HttpResponse<byte[]> again = bytes(
                "echo_" + type, joined(head, tail), "Inference-Header-Content-Length", Integer.toString(head.length()));
        assertThat(Json.of(new String(again.body(), StandardCharsets.UTF_8)).at("/outputs/0/data"))
                .isEqualTo(Json.of(data));
    }

    @Test
    void infer_zeroRows_answersZeroRows() {
        JsonNode json = Json.of(infer(
                "echo_FP32", "{\"inputs\":[{\"name\":\"x\",\"shape\":[0,2],\"datatype\":\"FP32\",\"data\":[]}]}"));
        assertThat(json.at("/outputs/0/shape").toString()).isEqualTo("[0,2]");
        assertThat(json.at("/outputs/0/data").toString()).isEqualTo("[]");
    }

    @Test
    void infer_texts_givesEmbeddings() {
        JsonNode metadata = Json.of(worker.get("/v2/models/fake-model"));
        assertThat(metadata.at("/inputs/0/datatype").asText()).isEqualTo("BYTES");
        JsonNode json = Json.of(infer(
                "fake-model",
                "{\"inputs\":[{\"name\":\"text\",\"shape\":[2],\"datatype\":\"BYTES\",\"data\":[\"ab\",\"c\"]}]}"));
        int dimension = metadata.at("/outputs/0/shape/1").asInt();
        assertThat(json.at("/outputs/0/name").asText()).isEqualTo("embedding");
        assertThat(json.at("/outputs/0/shape").toString()).isEqualTo("[2," + dimension + "]");
        assertThat(json.at("/outputs/0/data").size()).isEqualTo(2 * dimension);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}|`inputs` is missing",
                "{\"inputs\":[]}|expected 2 inputs but got 0 inputs for model 'simple'",
                "{\"inputs\":[{\"name\":\"INPUT0\",\"shape\":[1,4],\"datatype\":\"INT32\",\"data\":[1,2,3,4]}]}|expected 2 inputs but got 1",
                "{\"inputs\":[{\"name\":\"NO\",\"shape\":[1,4],\"datatype\":\"INT32\",\"data\":[1,2,3,4]}]}|unexpected inference input 'NO' for model 'simple'",
                "{\"inputs\":[{\"name\":\"INPUT0\",\"shape\":[1,4],\"datatype\":\"FP32\",\"data\":[1,2,3,4]}]}|data-type is 'FP32', but model 'simple' expects 'INT32'",
                "{\"inputs\":[{\"name\":\"INPUT0\",\"shape\":[1,4],\"datatype\":\"INT3\",\"data\":[1,2,3,4]}]}|`inputs[0].datatype` must be one of BOOL",
                "{\"inputs\":[{\"name\":\"INPUT0\",\"shape\":[4],\"datatype\":\"INT32\",\"data\":[1,2,3,4]}]}|unexpected shape for input 'INPUT0' for model 'simple'. Expected [-1, 4], got [4]",
                "{\"inputs\":[{\"name\":\"INPUT0\",\"shape\":[1,5],\"datatype\":\"INT32\",\"data\":[1,2,3,4,5]}]}|got [1, 5]",
                "{\"inputs\":[{\"name\":\"INPUT0\",\"shape\":[-1,4],\"datatype\":\"INT32\",\"data\":[1,2,3,4]}]}|must be a whole number from 0",
                "{\"inputs\":[{\"name\":\"INPUT0\",\"shape\":[2147483647,4],\"datatype\":\"INT32\",\"data\":[1,2]}]}|has 2 elements; the shape [2147483647, 4] wants 8589934588",
                "{\"inputs\":[{\"name\":\"INPUT0\",\"shape\":[1,4],\"datatype\":\"INT32\",\"data\":[1,2,3]}]}|has 3 elements",
                "{\"inputs\":[{\"name\":\"INPUT0\",\"shape\":[1,4],\"datatype\":\"INT32\",\"data\":[1,2,3,2147483648]}]}|`inputs[0].data[3]` must be a whole number from -2147483648 to 2147483647, was the number 2147483648",
                "{\"inputs\":[{\"name\":\"INPUT0\",\"shape\":[1,4],\"datatype\":\"INT32\",\"data\":[1,2,3,\"4\"]}]}|must be a whole number",
                "{\"inputs\":[{\"name\":\"INPUT0\",\"shape\":[1,4],\"datatype\":\"INT32\",\"data\":7}]}|`inputs[0].data` must be a list",
                "{\"inputs\":[{\"name\":\"INPUT0\",\"shape\":[1,4],\"datatype\":\"INT32\"}]}|needs either `data` or `parameters.binary_data_size`, and has neither",
                "{\"inputs\":[{\"shape\":[1,4],\"datatype\":\"INT32\",\"data\":[1,2,3,4]}]}|`inputs[0].name` is missing",
                "{\"inputs\":{}}|`inputs` must be a list",
                "{\"inputs\":[{\"name\":\"INPUT0\",\"shape\":[1,4],\"datatype\":\"INT32\",\"parameters\":{\"shared_memory_region\":\"r\"}}]}|shared memory is not supported",
                "{\"inputs\":[{\"name\":\"INPUT0\",\"shape\":[1,4],\"datatype\":\"INT32\",\"parameters\":{\"binary_data_size\":16}}]}|0 bytes are left behind the JSON",
                "[1]|must be a JSON object",
                "{\"inputs\":|ends too early"
            })
    void infer_wrong_isRefusedWithNameValueAndBound(String body, String message) {
        HttpResponse<String> answer = infer("simple", body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Json.of(answer).at("/error").asText()).contains(message);
    }

    @Test
    void infer_outputUnknownOrTwice_isRefused() {
        String begin = BOTH.substring(0, BOTH.length() - 1);
        for (String outputs : List.of("[{\"name\":\"NO\"}]", "[{\"name\":\"OUTPUT0\"},{\"name\":\"OUTPUT0\"}]")) {
            HttpResponse<String> answer = infer("simple", begin + ",\"outputs\":" + outputs + "}");
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("unexpected inference output");
        }
    }

    @ParameterizedTest
    @CsvSource({"abc", "-1", "99999", "4294967300"})
    void infer_headerLengthThatCannotBe_isRefused(String length) throws Exception {
        HttpResponse<byte[]> answer =
                bytes("simple", BOTH.getBytes(StandardCharsets.UTF_8), "Inference-Header-Content-Length", length);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("Inference-Header-Content-Length");
    }

    @Test
    void infer_stringsCutShort_areRefused() throws Exception {
        for (byte[] tail : List.of(new byte[] {1, 0, 0}, new byte[] {9, 0, 0, 0, 'a'}, new byte[] {0, 0, 0, -128})) {
            String head = "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,1],\"datatype\":\"BYTES\",\"parameters\":"
                    + "{\"binary_data_size\":" + tail.length + "}}]}";
            HttpResponse<byte[]> answer = bytes(
                    "echo_STRING",
                    joined(head, tail),
                    "Inference-Header-Content-Length",
                    Integer.toString(head.length()));
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("is cut short in string 0");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/v2/models/nobody, 404",
        "/v2/models/simple/versions/2, 404",
        "/v2/models/simple/nothing, 404",
        "/v2/models/, 404",
        "/v2/nothing, 404",
        "/v2/systemsharedmemory/status, 400",
        "/v2/cudasharedmemory/region/x/status, 400"
    })
    void get_whatIsNotThere_hasTheProtocolsError(String path, int status) {
        HttpResponse<String> answer = worker.get(path);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Json.of(answer).at("/error").isTextual()).isTrue();
    }

    private static byte[] joined(String head, byte[] tail) {
        byte[] json = head.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(json.length + tail.length)
                .put(json)
                .put(tail)
                .array();
    }

    private static byte[] ints(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        return bytes.array();
    }

    private static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }
}
