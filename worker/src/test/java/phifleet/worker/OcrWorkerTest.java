package phifleet.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.http.Json;
import phifleet.inference.model.ModelException;
import phifleet.inference.testing.Workbench;

/** Text in images, by graphs that read colours: found, turned, read, kept and found again. */
class OcrWorkerTest {
    @TempDir
    static Path folder;

    private static WorkerUnderTest worker;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        worker = start("b\nr", "index");
    }

    private static WorkerUnderTest start(String characters, String index) throws Exception {
        Path models = folder.resolve("models-" + index);
        OcrGraphs.detector(models.resolve("detector.onnx"));
        OcrGraphs.direction(models.resolve("direction.onnx"));
        OcrGraphs.recognizer(models.resolve("recognizer.onnx"), characters);
        ExampleGraphs.colours(models.resolve("encoder.onnx"));
        return WorkerUnderTest.start(
                Workbench.cache(),
                """
                models:
                  - {id: lines, path: %1$s/detector.onnx, task: text-detection}
                  - {id: ways, path: %1$s/direction.onnx, task: text-direction}
                  - {id: reader, path: %1$s/recognizer.onnx, task: text-recognition}
                  - {id: encoder, path: %1$s/encoder.onnx, task: image-encoding, preprocess: {like: imagenet}}
                """.formatted(models),
                Map.of("INGEST_FOLDER", folder.resolve(index).toString(), "INGEST_DETECTOR", "none"));
    }

    @AfterAll
    static void stop() {
        if (worker != null) {
            worker.close();
        }
    }

    private static byte[] png(BufferedImage picture) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", out);
        return out.toByteArray();
    }

    private static HttpResponse<String> send(String path, String type, byte[] body) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(worker.uri().resolve(path))
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.of(answer);
    }

    private static JsonNode ingest(String query, BufferedImage picture) throws Exception {
        return ok(send("/ingest" + query, "image/png", png(picture)));
    }

    private static JsonNode search(String json) throws Exception {
        return ok(send("/search", "application/json", json.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> texts(JsonNode lines) {
        return lines.findValuesAsText("text");
    }

    @Test
    void text_isReadLineByLine_turnedWhereItIsUpsideDown_andFoundAgain() throws Exception {
        JsonNode answer = ingest("?ocr=true", OcrGraphs.picture("rbrb", "brbrbr", "rb"));

        assertThat(answer.at("/indexed/ocr").asInt()).isEqualTo(3);
        JsonNode lines = answer.at("/images/0/ocr");
        // The second one's red is to the right of its blue.
        assertThat(texts(lines)).containsExactly("rbrb", "rbrbrb", "rb");
        assertThat(lines.at("/0/score").asDouble()).isBetween(0.5, 1.0);
        assertThat(lines.at("/1/corners")).hasSize(8);
        assertThat(lines.at("/1/corners/0").asDouble()).isBetween(80.0, 100.0);
        assertThat(lines.at("/1/corners/5").asDouble()).isBetween(170.0, 190.0);

        String image = answer.at("/images/0/image").asText();
        JsonNode known = Json.of(CLIENT.send(
                HttpRequest.newBuilder(worker.uri().resolve("/images/" + image)).build(),
                HttpResponse.BodyHandlers.ofString()));
        assertThat(texts(known.at("/ocr"))).containsExactly("rbrb", "rbrbrb", "rb");

        String other = ingest("?ocr=true", OcrGraphs.picture("rrr"))
                .at("/images/0/image")
                .asText();
        JsonNode found = search("{\"ocr_text\":\"RBRB, rb\"}");
        assertThat(found.at("/results").findValuesAsText("image"))
                .contains(image)
                .doesNotContain(other);
        assertThat(found.at("/results/0/match").asText()).isEqualTo("ocr");
        assertThat(search("{\"ocr_text\":\"r\"}").at("/results").findValuesAsText("image"))
                .contains(image, other);
        assertThat(search("{\"ocr_text\":\"bb\"}").at("/total").asInt()).isZero();
        JsonNode near = ok(send("/search?ocr_text=rbrb", "image/png", png(OcrGraphs.picture("rrr"))));
        assertThat(near.at("/results").findValuesAsText("image"))
                .contains(image)
                .doesNotContain(other);
        assertThat(near.at("/results/0/score").isNumber()).isTrue();
    }

    @Test
    void pictureWithoutText_hasNoLines_andOneThatNobodyReadHasNone() throws Exception {
        JsonNode blank = ingest("?ocr=true", OcrGraphs.picture());
        BufferedImage unread = OcrGraphs.picture("rbrbrbrb");
        JsonNode unasked = ingest("", unread);

        assertThat(blank.at("/indexed/ocr").asInt()).isZero();
        assertThat(blank.at("/images/0/ocr").isArray()).isTrue();
        assertThat(unasked.at("/images/0/ocr").isMissingNode()).isTrue();
        assertThat(search("{\"ocr_text\":\"rb\"}").at("/results").findValuesAsText("image"))
                .doesNotContain(unasked.at("/images/0/image").asText());
    }

    @Test
    void manyPicturesAtOnce_areReadInCommonBatches_eachAsItIs() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String line = "rb".repeat(1 + i % 3) + "rrr".substring(i / 4);
            wanted.add(line.replaceAll("r+", "r"));
            BufferedImage picture = OcrGraphs.picture(line);
            picture.setRGB(0, 0, i);
            answers.add(CLIENT.sendAsync(
                    HttpRequest.newBuilder(worker.uri().resolve("/ingest?ocr=true"))
                            .header("Content-Type", "image/png")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(png(picture)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString()));
        }

        for (int i = 0; i < answers.size(); i++) {
            assertThat(texts(ok(answers.get(i).join()).at("/images/0/ocr"))).containsExactly(wanted.get(i));
        }
    }

    @Test
    void picturesOfStrangeSizes_areTakenLikeOthers() throws Exception {
        for (int[] size : new int[][] {{1, 1}, {3000, 2}, {2, 3000}, {7, 40}}) {
            BufferedImage picture = new BufferedImage(size[0], size[1], BufferedImage.TYPE_INT_RGB);
            JsonNode answer = ingest("?ocr=true", picture);

            assertThat(answer.at("/errors_count").asInt()).as("%s", answer).isZero();
        }
    }

    @Test
    void recognizerOfOtherCharacters_isNotServed_andSaysWhy() {
        assertThatThrownBy(() -> start("a\nb\nc", "wrong").close())
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("reader: a text-recognizer gives");
    }
}
