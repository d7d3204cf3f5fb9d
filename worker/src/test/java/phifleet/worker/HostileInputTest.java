package phifleet.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import phifleet.inference.testing.Workbench;
import phifleet.inference.vision.ImageFiles;

/**
 * Every mistake that can be made with a tensor or an image, sent to a whole worker with real graphs: it is refused with the name of
 * what is wrong, its value and the bound, and the next request is served.
 */
class HostileInputTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String LENGTH = "Inference-Header-Content-Length";

    @TempDir
    private static Path folder;

    private static WorkerUnderTest worker;

    @BeforeAll
    static void start() throws Exception {
        ExampleGraphs.sum(folder.resolve("sum.onnx"));
        ExampleGraphs.echo(folder.resolve("floats.onnx"), ExampleGraphs.FP32);
        ExampleGraphs.echo(folder.resolve("halves.onnx"), ExampleGraphs.FP16);
        ExampleGraphs.echo(folder.resolve("words.onnx"), ExampleGraphs.STRING);
        ExampleGraphs.colours(folder.resolve("colours.onnx"));
        Path labels = Files.writeString(folder.resolve("colours.txt"), "red\ngreen\nblue\n");
        Path list = Files.writeString(folder.resolve("models.yaml"), """
                models:
                  - {id: sum, path: sum.onnx}
                  - {id: floats, path: floats.onnx}
                  - {id: halves, path: halves.onnx}
                  - {id: words, path: words.onnx}
                  - {id: colours, path: colours.onnx, task: image-classification, labels: %s}
                """.formatted(labels.toAbsolutePath()));
        worker = WorkerUnderTest.start(Workbench.cache(), list, null, Map.of("HTTP_MAX_BODY_BYTES", "2000000"));
    }

    @AfterAll
    static void stop() {
        worker.close();
        CLIENT.close();
    }

    /** A request that is refused, and what is said of it. */
    record Mistake(
            String name, String path, String header, String value, ByteBuffer body, int status, List<String> words) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Mistake json(String name, String path, String body, int status, String... words) {
        return new Mistake(
                name,
                path,
                "Content-Type",
                "application/json",
                ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)),
                status,
                List.of(words));
    }

    private static Mistake infer(String name, String inputs, String... words) {
        return json(name, "/v2/models/sum/infer", "{\"inputs\":[" + inputs + "]}", 400, words);
    }

    private static String input(String name, String shape, String type, String data) {
        return "{\"name\":\"" + name + "\",\"shape\":" + shape + ",\"datatype\":\"" + type + "\",\"data\":" + data
                + "}";
    }

    /** A tensor's bytes behind the JSON that tells of them. */
    private static Mistake binary(
            String name, String model, String shape, String type, int size, byte[] tail, String... words) {
        String head = "{\"inputs\":[{\"name\":\"x\",\"shape\":" + shape + ",\"datatype\":\"" + type
                + "\",\"parameters\":{\"binary_data_size\":" + size + "}}]}";
        ByteBuffer body = ByteBuffer.allocate(head.length() + tail.length)
                .put(head.getBytes(StandardCharsets.UTF_8))
                .put(tail);
        return new Mistake(
                name,
                "/v2/models/" + model + "/infer",
                LENGTH,
                Integer.toString(head.length()),
                body,
                400,
                List.of(words));
    }

    private static Mistake image(String name, byte[] file, int status, String... words) {
        return new Mistake(
                name, "/predict/colours", "Content-Type", "image/png", ByteBuffer.wrap(file), status, List.of(words));
    }

    private static final String GOOD0 = input("INPUT0", "[1,4]", "INT32", "[1,2,3,4]");
    private static final String GOOD1 = input("INPUT1", "[1,4]", "INT32", "[1,2,3,4]");

    static List<Mistake> mistakes() {
        List<Mistake> all = new ArrayList<>(tensors());
        all.addAll(bytes());
        all.addAll(predictions());
        all.addAll(images());
        return all;
    }

    private static List<Mistake> tensors() {
        return List.of(
                infer(
                        "no inputs",
                        "",
                        "expected 2 inputs but got 0 inputs for model 'sum'",
                        "missing required input(s) ['INPUT0','INPUT1']"),
                infer(
                        "an input is missing",
                        GOOD0,
                        "expected 2 inputs but got 1",
                        "Got input(s) ['INPUT0'], but missing required input(s) ['INPUT1']"),
                infer("an input is twice there", GOOD0 + "," + GOOD0, "'INPUT0' is there twice"),
                infer("too many inputs", GOOD0 + "," + GOOD1 + "," + GOOD0, "expected 2 inputs but got 3"),
                infer(
                        "an unknown input",
                        GOOD0 + "," + input("INPUT2", "[1,4]", "INT32", "[1,2,3,4]"),
                        "unexpected inference input 'INPUT2' for model 'sum'",
                        "[INPUT0, INPUT1]"),
                infer(
                        "another type",
                        GOOD0 + "," + input("INPUT1", "[1,4]", "FP32", "[1,2,3,4]"),
                        "'INPUT1' data-type is 'FP32', but model 'sum' expects 'INT32'"),
                infer(
                        "no type at all",
                        GOOD0 + "," + input("INPUT1", "[1,4]", "INT33", "[1,2,3,4]"),
                        "`inputs[1].datatype` must be one of BOOL",
                        "INT33"),
                infer(
                        "another rank",
                        GOOD0 + "," + input("INPUT1", "[4]", "INT32", "[1,2,3,4]"),
                        "'INPUT1'",
                        "Expected [-1, 4], got [4]"),
                infer(
                        "another size",
                        GOOD0 + "," + input("INPUT1", "[1,5]", "INT32", "[1,2,3,4,5]"),
                        "'INPUT1'",
                        "Expected [-1, 4], got [1, 5]"),
                infer(
                        "too few elements",
                        GOOD0 + "," + input("INPUT1", "[1,4]", "INT32", "[1,2,3]"),
                        "`inputs[1].data` has 3 elements; the shape [1, 4] wants 4"),
                infer(
                        "too many elements",
                        GOOD0 + "," + input("INPUT1", "[1,4]", "INT32", "[1,2,3,4,5]"),
                        "`inputs[1].data` has 5 elements; the shape [1, 4] wants 4"),
                infer(
                        "a negative size",
                        GOOD0 + "," + input("INPUT1", "[-1,4]", "INT32", "[1,2,3,4]"),
                        "`inputs[1].shape[0]` must be a whole number from 0 to 2147483647, was the number -1"),
                infer(
                        "a size beyond 32 bits",
                        GOOD0 + "," + input("INPUT1", "[99999999999,4]", "INT32", "[]"),
                        "`inputs[1].shape[0]` must be a whole number from 0 to 2147483647, was the number 99999999999"),
                infer(
                        "sizes whose product is beyond 64 bits",
                        GOOD0 + "," + input("INPUT1", "[" + "2147483647,".repeat(8) + "4]", "INT32", "[1]"),
                        "`inputs[1].data` has 1 elements",
                        "2147483647, 4] wants"),
                infer(
                        "more axes than are taken",
                        GOOD0 + "," + input("INPUT1", "[" + "1,".repeat(70) + "4]", "INT32", "[1]"),
                        "`inputs[1].shape`",
                        "at most 64"),
                infer(
                        "no list of sizes",
                        GOOD0 + "," + input("INPUT1", "4", "INT32", "[1,2,3,4]"),
                        "`inputs[1].shape` must be a list of sizes, was the number 4"),
                infer(
                        "a fraction among whole numbers",
                        GOOD0 + "," + input("INPUT1", "[1,4]", "INT32", "[1,2,3,4.5]"),
                        "`inputs[1].data[3]` must be a whole number from -2147483648 to 2147483647, was the number 4.5"),
                infer(
                        "a number beyond its type",
                        GOOD0 + "," + input("INPUT1", "[1,4]", "INT32", "[1,2,3,2147483648]"),
                        "`inputs[1].data[3]`",
                        "was the number 2147483648"),
                infer(
                        "a text among numbers",
                        GOOD0 + "," + input("INPUT1", "[1,4]", "INT32", "[1,2,3,\"4\"]"),
                        "`inputs[1].data[3]`",
                        "was the string \"4\""),
                infer(
                        "null for an element",
                        GOOD0 + "," + input("INPUT1", "[1,4]", "INT32", "[1,2,3,null]"),
                        "`inputs[1].data[3]`",
                        "was null"),
                infer(
                        "an output that there is not",
                        GOOD0 + "," + GOOD1 + "],\"outputs\":[{\"name\":\"OUTPUT9\"}",
                        "unexpected inference output 'OUTPUT9' for model 'sum'",
                        "[OUTPUT0]"),
                infer(
                        "a negative count of classes",
                        GOOD0 + "," + GOOD1
                                + "],\"outputs\":[{\"name\":\"OUTPUT0\",\"parameters\":{\"classification\":-1}}",
                        "classification",
                        "-1"),
                json(
                        "NaN, which JSON has not",
                        "/v2/models/floats/infer",
                        "{\"inputs\":[" + input("x", "[1,2]", "FP32", "[1,NaN]") + "]}",
                        400,
                        "`inputs[0].data[1]` must be a finite number, was the number NaN"),
                json(
                        "infinity, which JSON has not",
                        "/v2/models/floats/infer",
                        "{\"inputs\":[" + input("x", "[1,2]", "FP32", "[-Infinity,1]") + "]}",
                        400,
                        "`inputs[0].data[0]` must be a finite number, was the number -Infinity"),
                json(
                        "a number beyond 32-bit floats",
                        "/v2/models/floats/infer",
                        "{\"inputs\":[" + input("x", "[1,2]", "FP32", "[1,1e39]") + "]}",
                        400,
                        "`inputs[0].data[1]`",
                        "at most 3.4028235E38",
                        "1e39"),
                json(
                        "a model that there is not",
                        "/v2/models/nobody/infer",
                        "{\"inputs\":[" + GOOD0 + "]}",
                        404,
                        "'nobody' does not exist",
                        "sum"));
    }

    private static List<Mistake> bytes() {
        byte[] two = {1, 0, 0, 0, 'a', 1, 0, 0, 0, 'b'};
        List<Mistake> all = new ArrayList<>(List.of(
                binary(
                        "fewer bytes than elements",
                        "floats",
                        "[1,2]",
                        "FP32",
                        7,
                        new byte[7],
                        "input 'x' has 7 bytes; FP32 of shape [1, 2] wants 8"),
                binary(
                        "bytes that nobody sent",
                        "floats",
                        "[1,2]",
                        "FP32",
                        8,
                        new byte[3],
                        "input 'x' has binary_data_size 8, and 3 bytes are left behind the JSON"),
                binary(
                        "bytes that belong to nobody",
                        "floats",
                        "[1,2]",
                        "FP32",
                        8,
                        new byte[11],
                        "3 bytes behind the JSON belong to no input"),
                binary(
                        "an element cut short, of 16 bits",
                        "halves",
                        "[1,2]",
                        "FP16",
                        3,
                        new byte[3],
                        "input 'x' has 3 bytes; FP16 of shape [1, 2] wants 4"),
                binary(
                        "a negative count of bytes",
                        "floats",
                        "[1,2]",
                        "FP32",
                        -8,
                        new byte[8],
                        "binary_data_size",
                        "-8"),
                binary(
                        "a string's length cut short",
                        "words",
                        "[1,2]",
                        "BYTES",
                        7,
                        Arrays.copyOf(two, 7),
                        "input 'x' is cut short in string 1: its length wants 4 bytes"),
                binary(
                        "a string cut short",
                        "words",
                        "[1,2]",
                        "BYTES",
                        9,
                        Arrays.copyOf(two, 9),
                        "input 'x' is cut short in string 1: its length is 1, and 0 bytes are left"),
                binary(
                        "a string of 4 GB",
                        "words",
                        "[1,2]",
                        "BYTES",
                        5,
                        new byte[] {-1, -1, -1, -1, 'a'},
                        "input 'x' is cut short in string 0: its length is 4294967295, and 1 bytes are left"),
                binary("too few strings", "words", "[2,2]", "BYTES", 10, two, "input 'x' has 2 strings", "wants 4"),
                binary(
                        "a string that is no text",
                        "words",
                        "[1,2]",
                        "BYTES",
                        10,
                        new byte[] {1, 0, 0, 0, (byte) 0xff, 1, 0, 0, 0, 'b'},
                        "input 'x' is not UTF-8 in string 0")));
        for (String length : List.of("9999", "-1", "x", "4294967300")) {
            all.add(new Mistake(
                    "a head of " + length + " bytes",
                    "/v2/models/floats/infer",
                    LENGTH,
                    length,
                    ByteBuffer.wrap("{\"inputs\":[]}".getBytes(StandardCharsets.UTF_8)),
                    400,
                    List.of(LENGTH, "0 to the body's 13 bytes", "'" + length + "'")));
        }
        all.add(new Mistake(
                "raw bytes that make no row",
                "/v2/models/floats/infer",
                LENGTH,
                "0",
                ByteBuffer.wrap(new byte[5]),
                400,
                List.of("input 'x' has 5 bytes")));
        all.add(new Mistake(
                "raw bytes for two inputs",
                "/v2/models/sum/infer",
                LENGTH,
                "0",
                ByteBuffer.wrap(new byte[16]),
                400,
                List.of("model 'sum' has 2")));
        all.add(new Mistake(
                "a body beyond its limit",
                "/v2/models/floats/infer",
                LENGTH,
                "0",
                ByteBuffer.wrap(new byte[2_000_001]),
                413,
                List.of("2000000")));
        return all;
    }

    private static List<Mistake> predictions() {
        return List.of(
                json(
                        "no inputs, named",
                        "/predict/sum",
                        "{}",
                        400,
                        "`inputs.INPUT0` is missing: INT32 of shape [-1, 4]"),
                json(
                        "an unknown input, named",
                        "/predict/sum",
                        "{\"inputs\":{\"INPUT7\":[[1,2,3,4]]}}",
                        400,
                        "the model has no input 'INPUT7'; it has [INPUT0, INPUT1]"),
                json(
                        "another rank, nested",
                        "/predict/floats",
                        "{\"inputs\":{\"x\":[1,2]}}",
                        400,
                        "`inputs.x` must have the shape [-1, 2], where -1 is any size; it has [2]"),
                json(
                        "rows of two lengths",
                        "/predict/floats",
                        "{\"inputs\":{\"x\":[[1,2],[3]]}}",
                        400,
                        "`inputs.x` is not the same along its axis 1: first 2 entries, then 1 entries"),
                json(
                        "NaN, nested",
                        "/predict/floats",
                        "{\"inputs\":{\"x\":[[1,NaN]]}}",
                        400,
                        "`inputs.x[1]` must be a finite number, was the number NaN"),
                json(
                        "an image for tensors",
                        "/predict/floats",
                        "{\"image\":\"AAAA\"}",
                        400,
                        "`image` is no field of a request to this model"));
    }

    private static List<Mistake> images() {
        byte[] jpeg = ImageFiles.bytes("baseline.jpg");
        byte[] png = ImageFiles.bytes("rgb.png");
        return List.of(
                image(
                        "10,000 by 10,000 pixels",
                        ImageFiles.emptyPng(10_000, 10_000),
                        413,
                        "PNG of 10000 x 10000 = 100000000 pixels: at most 50000000 are allowed"),
                image(
                        "50,000 by 50,000 pixels in a hundred bytes",
                        ImageFiles.emptyPng(50_000, 50_000),
                        413,
                        "PNG of 50000 x 50000 pixels: a side may have at most 30000"),
                image("no pixel", ImageFiles.emptyPng(0, 5), 400, "PNG of 0 x 5 pixels has none"),
                image("a JPEG cut short", Arrays.copyOf(jpeg, jpeg.length / 2), 400, "JPEG", "cut short"),
                image("a PNG cut short", Arrays.copyOf(png, png.length / 2), 400, "PNG", "cut short"),
                image("a JPEG of its first bytes", Arrays.copyOf(jpeg, 2), 415, "a file that begins with ff d8"),
                image("nothing", new byte[0], 400, "empty"),
                image("a PDF", "%PDF-1.7 and so on".getBytes(StandardCharsets.UTF_8), 415, "PDF"),
                image("a text", "hello".getBytes(StandardCharsets.UTF_8), 415, "JPEG", "PNG"),
                image("a body beyond its limit", new byte[2_000_001], 413, "2000000"),
                json(
                        "base64 that is none",
                        "/predict/colours",
                        "{\"image\":\"AA*=\"}",
                        400,
                        "`image` is no base64",
                        "2a"),
                json(
                        "a data URL without base64",
                        "/predict/colours",
                        "{\"image\":\"data:image/png,x\"}",
                        400,
                        "`image`"),
                json("top_k beyond its bound", "/predict/colours?top_k=0", "{\"image\":\"\"}", 400, "top_k"),
                json(
                        "a share beyond 1",
                        "/predict/colours?threshold=1.5",
                        "{\"image\":\"\"}",
                        400,
                        "threshold",
                        "1.5"));
    }

    private static HttpResponse<String> send(String path, String header, String value, byte[] body) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(worker.uri().resolve(path))
                        .header(header, value)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static void assertServes() throws Exception {
        byte[] body = ("{\"inputs\":[" + GOOD0 + "," + GOOD1 + "]}").getBytes(StandardCharsets.UTF_8);
        HttpResponse<String> answer = send("/v2/models/sum/infer", "Content-Type", "application/json", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("[2,4,6,8]");
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistake_isRefusedWithNameValueAndBound_andTheNextRequestIsServed(Mistake mistake) throws Exception {
        HttpResponse<String> answer = send(
                mistake.path(),
                mistake.header(),
                mistake.value(),
                mistake.body().array());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(mistake.status());
        JsonNode error = JSON.readTree(answer.body()).path("error");
        // The Open Inference Protocol has a text there, all other paths an object.
        String message = mistake.path().startsWith("/v2/")
                ? error.asText()
                : error.path("message").asText();
        assertThat(message).contains(mistake.words());
        assertServes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cmyk.jpg", "rgba16.png", "animated.gif", "animated.webp", "bilevel.png", "exif6.jpg"})
    void image_thatIsOddAndWhole_isServed(String name) throws Exception {
        HttpResponse<String> answer = send("/predict/colours", "Content-Type", "image/png", ImageFiles.bytes(name));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(JSON.readTree(answer.body()).path("predictions")).hasSize(3);
        assertServes();
    }
}
