package phifleet.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import phifleet.inference.testing.Workbench;
import phifleet.inference.vision.ImageFiles;
import phifleet.worker.http.ApiDescription;

/**
 * Every mistake that can be made with a tensor or an image, sent to a whole worker with real graphs: it is refused with the name of
 * what is wrong, its value and the bound, and the next request is served.
 */
class HostileInputTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    private static Path folder;

    private static WorkerUnderTest worker;

    @BeforeAll
    static void start() throws Exception {
        ExampleGraphs.sum(folder.resolve("sum.onnx"));
        ExampleGraphs.echo(folder.resolve("floats.onnx"), ExampleGraphs.FP32);
        ExampleGraphs.echo(folder.resolve("halves.onnx"), ExampleGraphs.FP16);
        ExampleGraphs.echo(folder.resolve("words.onnx"), ExampleGraphs.STRING);
        ExampleGraphs.lookup(folder.resolve("lookup.onnx"));
        ExampleGraphs.anySum(folder.resolve("any-sum.onnx"));
        ExampleGraphs.product(folder.resolve("product.onnx"));
        ExampleGraphs.threes(folder.resolve("threes.onnx"));
        ExampleGraphs.colours(folder.resolve("colours.onnx"));
        Path labels = Files.writeString(folder.resolve("colours.txt"), "red\ngreen\nblue\n");
        Path list = Files.writeString(folder.resolve("models.yaml"), """
                models:
                  - {id: sum, path: sum.onnx}
                  - {id: floats, path: floats.onnx}
                  - {id: halves, path: halves.onnx}
                  - {id: words, path: words.onnx}
                  - {id: lookup, path: lookup.onnx}
                  - {id: any-sum, path: any-sum.onnx}
                  - {id: product, path: product.onnx, batch_size: 1}
                  - {id: threes, path: threes.onnx, batch_size: 1}
                  - {id: colours, path: colours.onnx, task: image-classification, labels: %s}
                """.formatted(labels.toAbsolutePath()));
        worker = WorkerUnderTest.start(Workbench.cache(), list, null, Map.of("HTTP_MAX_BODY_BYTES", "2000000"));
    }

    @AfterAll
    static void stop() {
        worker.close();
        CLIENT.close();
    }

    static List<Mistake> mistakes() {
        return Stream.of(TensorMistakes.all(), ImageMistakes.all())
                .flatMap(List::stream)
                .toList();
    }

    private static HttpResponse<String> send(String path, String header, String value, byte[] body) throws Exception {
        return ApiDescription.checked(CLIENT.send(
                HttpRequest.newBuilder(worker.uri().resolve(path))
                        .header(header, value)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString()));
    }

    private static void assertServes() throws Exception {
        byte[] body = ("{\"inputs\":[" + TensorMistakes.GOOD0 + "," + TensorMistakes.GOOD1 + "]}")
                .getBytes(StandardCharsets.UTF_8);
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
        assertThat(message).contains(mistake.words()).doesNotContain("Error code", ".cc:", ".h:");
        assertServes();
    }

    @Test
    void shapesThatDoNotMultiply_ofAModelWhoseExampleNeverRan_areTheCallersMistake() throws Exception {
        for (int round = 0; round < 2; round++) {
            HttpResponse<String> wrong = threes("[1,4]", "[1,2,3,4]");
            assertThat(wrong.statusCode()).as(wrong.body()).isEqualTo(400);
            assertThat(wrong.body()).contains("threes was given left [1, 4], right [3, 1]: ");
            HttpResponse<String> right = threes("[1,3]", "[1,2,3]");
            assertThat(right.statusCode()).as(right.body()).isEqualTo(200);
            assertThat(right.body()).contains("[6.0]");
        }
    }

    private static HttpResponse<String> threes(String shape, String left) throws Exception {
        String body = "{\"inputs\":[" + Mistake.input("left", shape, "FP32", left) + ","
                + Mistake.input("right", "[3,1]", "FP32", "[1,1,1]") + "]}";
        return send(
                "/v2/models/threes/infer", "Content-Type", "application/json", body.getBytes(StandardCharsets.UTF_8));
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
