package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import phifleet.http.Json;
import phifleet.inference.testing.SharedFiles;
import phifleet.inference.testing.Workbench;
import phifleet.worker.WorkerUnderTest;

/**
 * Real models over HTTP, against what Pillow and ONNX Runtime in Python gave for the same photographs. Decoders and resampling give
 * the same samples, so what is left is the rounding of the golden file.
 */
class SharedVisionTest {
    /** Of probabilities, which have 4 digits there, and of entries of vectors of length one, which have 5. */
    private static final double EXACT = 0.0001;

    /** Of a detector's scores, which have 3. */
    private static final double SCORE = 0.0006;

    /** Of boxes, which are cut to whole numbers. */
    private static final double PIXELS = 1.01;

    private static Path photos;
    private static JsonNode golden;
    private static WorkerUnderTest worker;

    @BeforeAll
    static void start() throws Exception {
        Path models = SharedFiles.file("models/mobilenet_v2_fp32.onnx").resolveSibling("");
        photos = SharedFiles.file("data/photos");
        golden = new ObjectMapper()
                .readTree(SharedFiles.file("data/golden-vision.json").toFile());
        worker = WorkerUnderTest.start(Workbench.cache(), """
                models:
                  - {id: classifier, path: %1$s/mobilenet_v2_fp32.onnx, task: image-classification, labels: imagenet-1k}
                  - {id: detector, path: %1$s/yolox_nano_640_v8head.onnx, task: detection, labels: coco-80}
                  - {id: encoder, path: %1$s/mobilenet_v2_pca512_256.onnx, task: image-encoding}
                """.formatted(models.toAbsolutePath()), Map.of());
    }

    @AfterAll
    static void stop() {
        if (worker != null) {
            worker.close();
        }
    }

    private static JsonNode predict(String model, String photo, String query) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(worker.uri().resolve("/predict/" + model + query))
                .header("Content-Type", "image/jpeg")
                .POST(HttpRequest.BodyPublishers.ofFile(photos.resolve(photo)))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.of(answer);
    }

    /** What is known of those photographs that are there. */
    private static List<Map.Entry<String, JsonNode>> photographs(String what) {
        List<Map.Entry<String, JsonNode>> there = golden.at(what).properties().stream()
                .filter(photo -> Files.exists(photos.resolve(photo.getKey())))
                .toList();
        assertThat(there).hasSizeGreaterThan(3);
        return there;
    }

    @Test
    void classifier_photographs_haveTheirLikeliestClasses() throws Exception {
        for (Map.Entry<String, JsonNode> photo : photographs("/classifier/top5")) {
            JsonNode found = predict("classifier", photo.getKey(), "?top_k=5").at("/predictions");
            assertThat(found.size()).as(photo.getKey()).isEqualTo(5);
            for (int i = 0; i < 5; i++) {
                JsonNode wanted = photo.getValue().get(i);
                assertThat(found.get(i).at("/index").asInt())
                        .as("%s %s", photo.getKey(), found)
                        .isEqualTo(wanted.get(0).asInt());
                assertThat(found.get(i).at("/label").asText())
                        .isEqualToIgnoringCase(wanted.get(1).asText().replace('_', ' '));
                assertThat(found.get(i).at("/score").asDouble())
                        .as("%s %s", photo.getKey(), found)
                        .isCloseTo(wanted.get(2).asDouble(), within(EXACT));
            }
        }
    }

    @Test
    void detector_photographs_haveTheirBoxes() throws Exception {
        for (Map.Entry<String, JsonNode> photo : photographs("/detector/detections")) {
            JsonNode found =
                    predict("detector", photo.getKey(), "?threshold=0.5").at("/detections");
            assertThat(found.size())
                    .as(photo.getKey())
                    .isEqualTo(photo.getValue().size());
            for (int i = 0; i < found.size(); i++) {
                JsonNode wanted = photo.getValue().get(i);
                assertThat(found.get(i).at("/label").asText())
                        .as(photo.getKey())
                        .isEqualTo(wanted.at("/cls").asText().replace('_', ' '));
                assertThat(found.get(i).at("/score").asDouble())
                        .as(photo.getKey())
                        .isCloseTo(wanted.at("/conf").asDouble(), within(SCORE));
                for (int k = 0; k < 4; k++) {
                    assertThat(found.get(i).at("/box").get(k).asDouble())
                            .as(photo.getKey())
                            .isCloseTo(wanted.at("/box").get(k).asDouble(), within(PIXELS));
                }
            }
        }
    }

    @Test
    void encoder_photographs_haveTheirVectors() throws Exception {
        for (Map.Entry<String, JsonNode> photo : photographs("/mobilenet_v2_pca512_256/first8")) {
            JsonNode vector = predict("encoder", photo.getKey(), "").at("/embedding");
            assertThat(vector.size()).isEqualTo(512);
            for (int i = 0; i < 8; i++) {
                assertThat(vector.get(i).asDouble())
                        .as(photo.getKey())
                        .isCloseTo(photo.getValue().get(i).asDouble(), within(EXACT));
            }
        }
    }
}
