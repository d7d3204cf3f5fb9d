package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.http.Json;
import phifleet.inference.Catalogue;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.Signature;
import phifleet.inference.model.Task;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorSet;
import phifleet.inference.tensor.ImageModel;
import phifleet.inference.tensor.ImageReading;
import phifleet.inference.vision.Preprocessings;
import phifleet.worker.http.state.WorkerState;

/** {@code /predict/{model}} with models that answer what a line of Java says. */
class PredictTest {
    private static TestWorker worker;

    @BeforeAll
    static void start() {
        worker = new TestWorker("http: {max-body-bytes: 2000000, max-text-characters: 100}");
        Signature signature = new Signature(
                List.of(new Signature.Value("x", ElementType.FP32, List.of(-1L, 2L))),
                List.of(
                        new Signature.Value("y", ElementType.FP32, List.of(-1L, 2L)),
                        new Signature.Value("z", ElementType.INT64, List.of(1L))));
        FakeTensors echo = new FakeTensors(
                "echo",
                new Task.Tensors(),
                signature,
                8,
                set -> new TensorSet(Map.of("y", set.tensors().get("x"), "z", Tensor.of(List.of(1L), 7L))));
        Signature image = new Signature(
                List.of(new Signature.Value("pixels", ElementType.FP32, List.of(-1L, 3L, 224L, 224L))),
                List.of(new Signature.Value("scores", ElementType.FP32, List.of(-1L, 3L))));
        // Says how red, green and blue the middle is.
        FakeTensors colours = new FakeTensors(
                "colours",
                new Task.ImageClassification(Preprocessings.IMAGENET, List.of("red", "green", "blue"), null),
                image,
                8,
                PredictTest::middle);
        worker.state.set(WorkerState.ready(new Catalogue(List.of(
                echo,
                new ImageModel(colours, Preprocessings.IMAGENET, new ImageReading.Classes("scores")),
                worker.encoder))));
    }

    @AfterAll
    static void stop() {
        worker.close();
    }

    private static TensorSet middle(TensorSet set) {
        var pixels = Objects.requireNonNull(set.get("pixels")).floats();
        int plane = 224 * 224;
        int at = 112 * 224 + 112;
        return new TensorSet(Map.of(
                "scores",
                Tensor.of(List.of(1L, 3L), pixels.get(at), pixels.get(plane + at), pixels.get(2 * plane + at))));
    }

    private static byte[] file(String format, int rgb) throws Exception {
        BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 30; y++) {
            for (int x = 0; x < 40; x++) {
                image.setRGB(x, y, rgb);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, format, out);
        return out.toByteArray();
    }

    private static HttpResponse<String> send(String path, byte[] body, String type) throws Exception {
        HttpRequest request = worker.request(path, "Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void tensors_byNameOrAlone_answerFlatBesideTheirShape() {
        for (String inputs : List.of("{\"x\":[[1,2.5],[3,4]]}", "[[1,2.5],[3,4]]")) {
            JsonNode json = Json.of(worker.post("/predict/echo", "{\"inputs\":" + inputs + "}"));
            assertThat(json.at("/model").asText()).isEqualTo("echo");
            assertThat(json.at("/outputs/y").toString()).isEqualTo("{\"shape\":[2,2],\"data\":[1.0,2.5,3.0,4.0]}");
            assertThat(json.at("/outputs/z/data").toString()).isEqualTo("[7]");
        }
        JsonNode one = Json.of(worker.post("/predict/echo", "{\"inputs\":[[1,2]],\"outputs\":[\"z\"]}"));
        assertThat(one.at("/outputs").size()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}|400|`inputs.x` is missing: FP32 of shape [-1, 2]",
                "{\"inputs\":{\"w\":[[1,2]]}}|400|the model has no input 'w'; it has [x]",
                "{\"inputs\":[1,2]}|400|must have the shape [-1, 2], where -1 is any size; it has [2]",
                "{\"inputs\":[[1,2,3]]}|400|it has [1, 3]",
                "{\"inputs\":[[1,2],[3]]}|400|is not the same along its axis 1: first 2 entries, then 1 entries",
                "{\"inputs\":[[1,2],3]}|400|is not the same along its axis 1",
                "{\"inputs\":[[1,[2]]]}|400|is not the same along its axis 2",
                "{\"inputs\":[[1,\"a\"]]}|400|`inputs[1]` must be a finite number, was the string",
                "{\"inputs\":[[1,1e300]]}|400|a number of 32-bit floats",
                "{\"inputs\":[[1,NaN]]}|400|`inputs[1]` must be a finite number, was the number NaN",
                "{\"inputs\":[[1,2]],\"image\":\"\"}|400|`image` is no field of a request to this model",
                "{\"inputs\":[[1,2]],\"outputs\":[\"q\"]}|400|`outputs[0]` must be one of [y, z], each once"
            })
    void tensors_wrong_areRefusedWithFieldValueAndBound(String body, int status, String message) {
        HttpResponse<String> answer = worker.post("/predict/echo", body);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Json.of(answer).at("/error/message").asText()).contains(message);
    }

    @Test
    void texts_toAnEncoder_areEmbeddedAsAtItsOwnRoute() {
        JsonNode embedded = Json.of(worker.post("/embed", "{\"texts\":[\"a\",\"bc\"],\"dimensions\":2}"));
        for (String field : List.of("texts", "inputs")) {
            JsonNode many =
                    Json.of(worker.post("/predict/fake-model", "{\"" + field + "\":[\"a\",\"bc\"],\"dimensions\":2}"));
            assertThat(many.at("/embeddings")).isEqualTo(embedded.at("/embeddings"));
            assertThat(many.at("/tokens")).isEqualTo(embedded.at("/tokens"));
        }
        for (String field : List.of("text", "inputs")) {
            JsonNode one = Json.of(worker.post("/predict/fake-model", "{\"" + field + "\":\"bc\",\"dimensions\":2}"));
            assertThat(one.at("/embedding")).isEqualTo(embedded.at("/embeddings/1"));
            assertThat(one.at("/model").asText()).isEqualTo("fake-model");
            assertThat(one.at("/dimension").asInt()).isEqualTo(2);
        }
        assertRefused(worker.post("/predict/fake-model", "{}"), 400, "missing_field");
        assertRefused(worker.post("/predict/fake-model", "{\"text\":\"a\",\"top_k\":1}"), 400, "unknown_field");
        assertRefused(
                worker.post("/predict/fake-model", "{\"text\":\"" + "a".repeat(101) + "\"}"), 413, "text_too_long");
        assertRefused(
                worker.post("/predict/fake-model", "{\"text\":\"a\",\"prompt_name\":\"x\"}"), 400, "unknown_prompt");
        worker.awaitIdle();
    }

    @Test
    void image_everyWayToSendIt_isClassified() throws Exception {
        byte[] png = file("png", 0x00ff00);
        String base64 = Base64.getEncoder().encodeToString(png);
        List<JsonNode> answers = List.of(
                Json.of(send("/predict/colours?top_k=2", png, "image/png")),
                Json.of(send("/predict/colours?top_k=2", file("jpg", 0x00ff00), "image/jpeg")),
                Json.of(send("/predict/colours?top_k=2", file("gif", 0x00ff00), "application/octet-stream")),
                Json.of(worker.post("/predict/colours", "{\"image\":\"" + base64 + "\",\"top_k\":2}")),
                Json.of(worker.post(
                        "/predict/colours?top_k=2",
                        "{\"image\":\"" + base64.replaceAll("(.{40})", "$1\\\\r\\\\n") + "\"}")),
                Json.of(worker.post(
                        "/predict/colours?top_k=2", "{\"image\":\"data:image/png;base64," + base64 + "\"}")),
                Json.of(send("/predict/colours?top_k=2", form(png), "multipart/form-data; boundary=XX")));
        for (JsonNode json : answers) {
            assertThat(json.at("/predictions").size()).as(json.toString()).isEqualTo(2);
            assertThat(json.at("/predictions/0/label").asText()).isEqualTo("green");
            assertThat(json.at("/predictions/0/index").asInt()).isEqualTo(1);
            assertThat(json.at("/width").asInt()).isEqualTo(40);
        }
    }

    private static byte[] form(byte[] file) throws Exception {
        String head = """
                --XX
                Content-Disposition: form-data; name="note"

                hello
                --XX
                Content-Disposition: form-data; name="image"; filename="a.png"
                Content-Type: image/png

                """;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(head.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        out.write(file);
        out.write("\r\n--XX--\r\n".getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    @Test
    void image_modelTakesTensorsToo() {
        String plane = "[" + "0,".repeat(223) + "0]";
        String planes = "[" + (plane + ",").repeat(223) + plane + "]";
        JsonNode json = Json.of(
                worker.post("/predict/colours", "{\"inputs\":[[" + planes + "," + planes + "," + planes + "]]}"));
        assertThat(json.at("/outputs/scores/shape").toString()).isEqualTo("[1,3]");
    }

    @Test
    void image_thatIsNone_isRefusedAsWhatItIs() throws Exception {
        byte[] png = file("png", 0xff0000);
        assertRefused(send("/predict/colours", new byte[0], "image/png"), 400, "invalid_image");
        assertRefused(send("/predict/colours", Arrays.copyOf(png, 60), "image/png"), 400, "invalid_image");
        assertRefused(
                send("/predict/colours", "%PDF-1.7".getBytes(StandardCharsets.UTF_8), "image/png"),
                415,
                "unsupported_image");
        assertRefused(worker.post("/predict/colours", "{\"image\":\"!!!\"}"), 400, "invalid_value");
        assertRefused(worker.post("/predict/colours", "{\"image\":\"data:image/png,x\"}"), 400, "invalid_value");
        assertRefused(worker.post("/predict/colours", "{}"), 400, "missing_field");
        assertRefused(send("/predict/colours?top_k=0", png, "image/png"), 400, "invalid_value");
        assertRefused(send("/predict/colours?threshold=2", png, "image/png"), 400, "invalid_value");
        assertRefused(send("/predict/colours", form(png), "multipart/form-data"), 400, "invalid_form");
        assertRefused(send("/predict/colours", new byte[2_000_001], "image/png"), 413, "body_too_large");
        assertRefused(send("/predict/echo", png, "image/png"), 415, "unsupported_media_type");
        assertRefused(send("/predict/nobody", png, "image/png"), 404, "model_not_found");
        assertRefused(send("/predict/fake-model", png, "image/png"), 415, "unsupported_media_type");
        assertThat(send("/predict/colours", png, "image/png").statusCode()).isEqualTo(200);
        worker.awaitIdle();
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(Json.of(answer).at("/error/code").asText()).as(answer.body()).isEqualTo(code);
    }
}
