package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.http.Json;
import phifleet.inference.testing.SharedFiles;
import phifleet.inference.testing.Workbench;
import phifleet.worker.WorkerUnderTest;

/** Faces, vehicles and people of photographs, by real models. */
class SharedFacesTest {
    @TempDir
    static Path folder;

    private static Path photos;
    private static WorkerUnderTest worker;

    @BeforeAll
    static void start() throws Exception {
        Path models = SharedFiles.file("models/ultraface_rfb_320.onnx").resolveSibling("");
        photos = SharedFiles.file("data/photos");
        worker = WorkerUnderTest.start(
                Workbench.cache(), """
                models:
                  - id: faces
                    path: %1$s/ultraface_rfb_320.onnx
                    task: detection
                    labels: face
                    preprocess: {resize: stretch, size: [320, 240], scale: 0.0078125,
                        mean: [0.9921875, 0.9921875, 0.9921875], std: [1, 1, 1]}
                  - {id: detector, path: %1$s/yolox_nano_640_v8head.onnx, task: detection, labels: coco-80}
                  - {id: encoder, path: %1$s/mobilenet_v2_pca512_256.onnx, task: image-encoding}
                """.formatted(models.toAbsolutePath()), Map.of("INGEST_FOLDER", folder.toString()));
    }

    @AfterAll
    static void stop() {
        if (worker != null) {
            worker.close();
        }
    }

    private static JsonNode ingest(String photo) throws Exception {
        return answer(HttpRequest.newBuilder(worker.uri().resolve("/ingest?faces=true&vehicles=true&people=true"))
                .header("Content-Type", "image/jpeg")
                .POST(HttpRequest.BodyPublishers.ofFile(photos.resolve(photo))));
    }

    private static JsonNode answer(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.of(answer);
    }

    @Test
    void photographs_haveTheirFacesPeopleAndVehicles() throws Exception {
        JsonNode astronaut = ingest("astronaut.jpg");
        JsonNode cup = ingest("coffee.jpg");
        JsonNode street = ingest("dog_bike_truck.jpg");

        assertThat(astronaut.at("/indexed/faces").asInt()).isEqualTo(1);
        JsonNode face = astronaut.at("/images/0/faces/0/box");
        // Of 512 x 512 pixels.
        assertThat((face.get(0).asDouble() + face.get(2).asDouble()) / 2).isBetween(200.0, 250.0);
        assertThat((face.get(1).asDouble() + face.get(3).asDouble()) / 2).isBetween(90.0, 150.0);
        assertThat(astronaut.at("/indexed/people").asInt()).isPositive();
        assertThat(cup.at("/images/0/faces")).isEmpty();
        assertThat(cup.at("/indexed/people").asInt()).isZero();
        assertThat(street.at("/indexed/vehicles").asInt()).isGreaterThan(1);

        JsonNode vehicles = answer(HttpRequest.newBuilder(worker.uri().resolve("/search"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"labels\":[\"bicycle\"],\"index\":\"vehicles\"}")));
        assertThat(vehicles.at("/results").findValuesAsText("image"))
                .containsOnly(street.at("/images/0/image").asText());
    }
}
