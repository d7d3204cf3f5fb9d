package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import phifleet.http.Json;
import phifleet.inference.testing.SharedFiles;
import phifleet.inference.testing.Workbench;
import phifleet.worker.WorkerUnderTest;

/** Folders of ../shared/models/heads whose models see images, each named by its path alone, against what transformers gave. */
class SharedImageFoldersTest {
    /** Of scores: pixels are resampled elsewhere. */
    private static final double SCORE = 0.02;

    private static final double PIXELS = 1;

    private static WorkerUnderTest worker;

    @BeforeAll
    static void start() throws Exception {
        String models = Stream.of("vit-image-classifier", "convnext-crop-pct", "yolos-detector")
                .map(name -> "  - {id: " + name + ", path: "
                        + SharedFiles.file("models/heads/" + name).toAbsolutePath() + "}")
                .collect(Collectors.joining("\n", "models:\n", "\n"));
        worker = WorkerUnderTest.start(Workbench.cache(), models, Map.of());
    }

    @AfterAll
    static void stop() {
        if (worker != null) {
            worker.close();
        }
    }

    private static JsonNode predict(String model, Path image, String query) throws Exception {
        String type = image.toString().endsWith("png") ? "image/png" : "image/jpeg";
        HttpRequest request = HttpRequest.newBuilder(worker.uri().resolve("/predict/" + model + query))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofFile(image))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.of(answer);
    }

    private static JsonNode cases(String model) throws Exception {
        return new ObjectMapper()
                .readTree(SharedFiles.file("models/heads/" + model + "/golden.json")
                        .toFile())
                .path("cases");
    }

    private static void classifies(String model) throws Exception {
        for (JsonNode one : cases(model)) {
            Path image = SharedFiles.file(
                    "models/heads/" + model + "/" + one.at("/request/image").asText());
            JsonNode expected = one.path("expected");
            // Turned as the camera says, as transformers' pipeline does.
            JsonNode scores = expected.path(expected.has("pipeline_scores") ? "pipeline_scores" : "scores");
            JsonNode found = predict(model, image, "?top_k=100").path("predictions");
            Map<String, Double> byLabel = StreamSupport.stream(found.spliterator(), false)
                    .collect(Collectors.toMap(
                            score -> score.path("label").asText(),
                            score -> score.path("score").asDouble()));
            for (JsonNode score : scores) {
                assertThat(byLabel.get(score.path("label").asText()))
                        .as("%s of %s", score.path("label"), image)
                        .isCloseTo(score.path("score").asDouble(), within(SCORE));
            }
        }
    }

    @Test
    void vit_byItsPathAlone_classifies() throws Exception {
        classifies("vit-image-classifier");
    }

    @Test
    void convnext_byItsPathAlone_classifies() throws Exception {
        classifies("convnext-crop-pct");
    }

    @Test
    void yolos_byItsPathAlone_detects() throws Exception {
        int compared = 0;
        for (JsonNode one : cases("yolos-detector")) {
            if (one.path("id").asText().equals("turned")) {
                // Known as it is stored, and here it is turned first.
                continue;
            }
            Path image = SharedFiles.file(
                    "models/heads/yolos-detector/" + one.at("/request/image").asText());
            JsonNode found = predict("yolos-detector", image, "?threshold=0").path("detections");
            JsonNode expected = one.at("/expected/detections");
            assertThat(found).hasSize(expected.size());
            for (JsonNode wanted : expected) {
                assertThat(found).as("%s in %s", wanted, image).anyMatch(detection -> isSame(detection, wanted));
                compared++;
            }
        }
        assertThat(compared).isPositive();
    }

    private static boolean isSame(JsonNode found, JsonNode wanted) {
        if (!found.path("label").equals(wanted.path("label"))
                || Math.abs(found.path("score").asDouble()
                                - wanted.path("score").asDouble())
                        > SCORE) {
            return false;
        }
        for (int i = 0; i < 4; i++) {
            if (Math.abs(found.path("box").path(i).asDouble()
                            - wanted.path("box").path(i).asDouble())
                    > PIXELS) {
                return false;
            }
        }
        return true;
    }
}
