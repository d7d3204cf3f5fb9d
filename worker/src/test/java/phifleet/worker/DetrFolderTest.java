package phifleet.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.inference.testing.Workbench;

/** Folders of DETR's kin, whose images have sizes of their own and whose graphs ask for a mask. */
class DetrFolderTest {
    private static final String DETR = """
            {"image_processor_type": "DetrImageProcessor", "do_resize": true, "do_pad": true, "do_normalize": false,
             "resample": 2, "size": {"shortest_edge": 80, "longest_edge": 133}%s}""";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private @Nullable WorkerUnderTest worker;

    @AfterEach
    void stop() {
        if (worker != null) {
            worker.close();
        }
    }

    private void start(String preprocessor, int... sides) throws Exception {
        Files.writeString(folder.resolve("config.json"), """
                {"architectures": ["DetrForObjectDetection"], "model_type": "detr", "id2label": {"0": "red", "1": "green"}}""");
        Files.writeString(folder.resolve("preprocessor_config.json"), preprocessor);
        ExampleGraphs.detr(folder.resolve("onnx/model.onnx"), sides);
        worker = WorkerUnderTest.start(
                Workbench.cache(),
                "models: [{id: detr, path: " + folder + ", batch_size: 8, batch_timeout_ms: 200}]",
                Map.of());
    }

    private CompletableFuture<JsonNode> predict(int width, int height, Color colour) throws IOException {
        return send(width, height, colour).thenApply(answer -> {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            try {
                return new ObjectMapper().readTree(answer.body());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private CompletableFuture<HttpResponse<String>> send(int width, int height, Color colour) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return CLIENT.sendAsync(
                HttpRequest.newBuilder(Objects.requireNonNull(worker).uri().resolve("/predict/detr"))
                        .header("Content-Type", "image/png")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(png.toByteArray()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** The box is in the image's middle: half as wide and as high as it. */
    private static void assertBox(JsonNode answer, String label, double width, double height) {
        JsonNode found = answer.path("detections");
        assertThat(found).as(answer.toString()).hasSize(1);
        assertThat(found.path(0).path("label").asText()).isEqualTo(label);
        double[] wanted = {width / 4, 0, 3 * width / 4, height};
        for (int i = 0; i < 4; i++) {
            assertThat(found.path(0).path("box").path(i).asDouble())
                    .as("%s: %s", i, answer)
                    .isCloseTo(wanted[i], within(0.01 * Math.max(width, height)));
        }
    }

    @Test
    void predict_imagesOfManySizesInOneWindow_haveBoxesInTheirOwnPixels() throws Exception {
        start(DETR.formatted(""), -1, -1, -1, -1);
        int[][] sizes = {{640, 480}, {480, 640}, {300, 300}, {640, 480}, {400, 30}, {31, 900}, {480, 640}};
        List<CompletableFuture<JsonNode>> answers = new ArrayList<>();
        for (int i = 0; i < sizes.length; i++) {
            answers.add(predict(sizes[i][0], sizes[i][1], i % 2 == 0 ? Color.RED : Color.GREEN));
        }
        for (int i = 0; i < sizes.length; i++) {
            assertBox(answers.get(i).get(), i % 2 == 0 ? "red" : "green", sizes[i][0], sizes[i][1]);
        }
        assertThat(predict(64, 48, Color.BLUE).get().path("detections")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"30000, 2", "2, 30000", "1, 1"})
    void predict_extremeImage_isBounded(int width, int height) throws Exception {
        start(DETR.formatted(""), -1, -1, -1, -1);
        JsonNode answer = predict(width, height, Color.RED).get();
        assertThat(answer.path("width").asInt()).isEqualTo(width);
        assertThat(answer.path("detections")).hasSize(1);
    }

    /** The mask's mean is what of the input the image covers, and boxes are shares of the image alone. */
    @Test
    void predict_paddedToOneSize_isMaskedAndBoxesAreTheImages() throws Exception {
        start(DETR.formatted(", \"pad_size\": {\"height\": 160, \"width\": 160}"), -1, -1, -1, -1);
        JsonNode answer = predict(500, 500, Color.RED).get();
        // 80 x 80 of 160 x 160 pixels: a quarter of (0.5, 0.5, 0.5, 1).
        JsonNode box = answer.path("detections").path(0).path("box");
        double[] wanted = {31.25, 0, 93.75, 125};
        for (int i = 0; i < 4; i++) {
            assertThat(box.path(i).asDouble()).as(answer.toString()).isCloseTo(wanted[i], within(0.5));
        }
    }

    @Test
    void predict_graphOfOneSize_isPaddedTo() throws Exception {
        start(DETR.formatted(""), 160, 160, 160, 160);
        JsonNode box =
                predict(500, 500, Color.RED).get().path("detections").path(0).path("box");
        assertThat(box.path(0).asDouble()).isCloseTo(31.25, within(0.5));
        assertThat(box.path(3).asDouble()).isCloseTo(125, within(0.5));
    }

    @Test
    void load_graphOfOneSizeThatIsTooSmall_isRefusedWithBoth() {
        assertThatThrownBy(() -> start(DETR.formatted(""), 80, 133, 80, 133))
                .hasStackTraceContaining("images of up to 133 x 133 pixels are not padded to 133 x 80")
                .hasStackTraceContaining("pixel_values");
    }

    /** As transformers exported it for years: whatever the image's size, a mask of 64 x 64. */
    @Test
    void predict_maskOfASizeOfItsOwn_isAllOnes() throws Exception {
        start(DETR.formatted(""), -1, -1, 64, 64);
        assertBox(predict(640, 480, Color.GREEN).get(), "green", 640, 480);
        assertBox(predict(480, 640, Color.GREEN).get(), "green", 480, 640);
    }

    @Test
    void load_maskOfASizeOfItsOwnAndPaddedImages_isRefused() {
        assertThatThrownBy(() ->
                        start(DETR.formatted(", \"pad_size\": {\"height\": 160, \"width\": 160}"), -1, -1, 64, 64))
                .hasStackTraceContaining("images are padded, and the mask");
    }
}
