package phifleet.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phifleet.http.Json;
import phifleet.inference.testing.Workbench;

/** Text in images, by RapidOCR's models. They are fetched for who asks for the tag alone: scripts/checks-weekly/30-ocr. */
@Tag("ocr")
class RealOcrTest {
    private static final String[] LINES = {"Invoice No. 4711", "Total: 1,234.50 EUR"};

    @TempDir
    static Path folder;

    private static WorkerUnderTest worker;

    @BeforeAll
    static void start() throws Exception {
        ExampleGraphs.colours(folder.resolve("encoder.onnx"));
        worker = WorkerUnderTest.start(
                Workbench.cache(),
                """
                models:
                  - {id: lines, path: %1$s/ch_PP-OCRv4_det_infer.onnx, task: text-detection}
                  - {id: ways, path: %1$s/ch_ppocr_mobile_v2.0_cls_infer.onnx, task: text-direction}
                  - {id: reader, path: %1$s/ch_PP-OCRv4_rec_infer.onnx, task: text-recognition}
                  - {id: encoder, path: %2$s/encoder.onnx, task: image-encoding, preprocess: {like: imagenet}}
                """.formatted(System.getenv("PHI_TEST_OCR_MODELS"), folder),
                Map.of("INGEST_FOLDER", folder.resolve("index").toString(), "INGEST_DETECTOR", "none"));
    }

    @AfterAll
    static void stop() {
        if (worker != null) {
            worker.close();
        }
    }

    private static byte[] page(double degrees) throws Exception {
        BufferedImage page = new BufferedImage(700, 700, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = page.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, 700, 700);
        graphics.rotate(Math.toRadians(degrees), 350, 350);
        graphics.setColor(Color.BLACK);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 36));
        for (int i = 0; i < LINES.length; i++) {
            graphics.drawString(LINES[i], 140, 310 + 90 * i);
        }
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(page, "png", out);
        return out.toByteArray();
    }

    private static JsonNode send(String path, String type, byte[] body) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(worker.uri().resolve(path))
                                .header("Content-Type", type)
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.of(answer);
    }

    private static List<String> texts(JsonNode answer) {
        return answer.at("/images/0/ocr").findValuesAsText("text").stream()
                .map(text -> text.replace(" ", ""))
                .toList();
    }

    /** Networks are not sure of spaces. */
    private static String[] wanted() {
        return List.of(LINES).stream().map(line -> line.replace(" ", "")).toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 180, 8, -12})
    void page_isRead_howeverItLies(double degrees) throws Exception {
        assertThat(texts(send("/ingest?ocr=true", "image/png", page(degrees)))).containsExactlyInAnyOrder(wanted());
    }

    @Test
    void whatWasRead_isFoundByItsWords() throws Exception {
        byte[] page = page(3);
        send("/ingest?ocr=true", "image/png", page);

        JsonNode found =
                send("/search", "application/json", "{\"ocr_text\":\"4711\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(found.at("/total").asInt()).isPositive();
        assertThat(found.at("/results/0/match").asText()).isEqualTo("ocr");
    }
}
