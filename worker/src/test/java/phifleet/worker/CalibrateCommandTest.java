package phifleet.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.inference.testing.Workbench;
import phifleet.worker.phi.PhiMain;

/** From texts to the bounds of a model's numbers, and from these to vectors of bytes. */
class CalibrateCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MODEL = "all-minilm-l6-v2";

    @TempDir
    private Path folder;

    private static HttpResponse<String> post(WorkerUnderTest worker, String body) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(worker.uri().resolve("/embed"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static JsonNode vector(WorkerUnderTest worker, String more) throws Exception {
        HttpResponse<String> answer = post(worker, "{\"texts\":[\"a boat\"]" + more + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).at("/embeddings/0");
    }

    private Path calibrated() throws Exception {
        Path texts = Files.writeString(folder.resolve("texts.txt"), "a boat\n\nthe harbour\n" + "stones\n".repeat(70));
        try (WorkerUnderTest worker = WorkerUnderTest.start(Workbench.cache(), Map.of())) {
            assertThat(PhiMain.run("calibrate", "--url", worker.uri().toString(), MODEL, texts.toString()))
                    .isZero();
            assertThat(PhiMain.run("calibrate", "--url", worker.uri().toString(), "nobody", texts.toString()))
                    .isEqualTo(1);
            HttpResponse<String> unmeasured = post(worker, "{\"texts\":[\"a\"],\"output_dtype\":\"int8\"}");
            assertThat(unmeasured.statusCode()).isEqualTo(400);
            assertThat(unmeasured.body()).contains("scripts/phi calibrate");
        }
        return folder.resolve("calibration.json");
    }

    private static WorkerUnderTest start(Path calibration) throws Exception {
        return WorkerUnderTest.start(
                Workbench.cache(), "models: [{id: " + MODEL + ", calibration: " + calibration + "}]", Map.of());
    }

    @Test
    void calibrate_thenEmbed_givesStepsBetweenTheBounds() throws Exception {
        Path file = calibrated();
        JsonNode bounds = JSON.readTree(file.toFile());
        assertThat(bounds.get("texts").asInt()).isEqualTo(72);
        assertThat(bounds.get("least")).hasSize(384);
        try (WorkerUnderTest worker = start(file)) {
            JsonNode floats = vector(worker, "");
            JsonNode unsigned = vector(worker, ",\"output_dtype\":\"uint8\"");
            JsonNode signed = vector(worker, ",\"output_dtype\":\"int8\"");
            boolean reachesBoth = false;
            for (int i = 0; i < 384; i++) {
                double least = bounds.at("/least/" + i).asDouble();
                double greatest = bounds.at("/greatest/" + i).asDouble();
                double place = 255 * (floats.get(i).asDouble() - least) / (greatest - least);
                assertThat(unsigned.get(i).asDouble())
                        .isBetween(Math.max(0, place - 1.01), Math.min(255, place + 0.01));
                assertThat(signed.get(i).asInt() + 128 - unsigned.get(i).asInt())
                        .isBetween(0, 1);
                reachesBoth |= unsigned.get(i).asInt() > 250;
            }
            assertThat(reachesBoth).isTrue();
            HttpResponse<String> cut = post(worker, "{\"texts\":[\"a\"],\"output_dtype\":\"int8\",\"dimensions\":64}");
            assertThat(cut.statusCode()).isEqualTo(400);
            assertThat(cut.body()).contains("not of others by `dimensions` or `normalize`");
            assertThat(post(worker, "{\"texts\":[\"a\"],\"output_dtype\":\"int8\",\"normalize\":false}")
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void start_boundsThatDoNotFit_areRefused() throws Exception {
        Path other = Files.writeString(folder.resolve("other.json"), "{\"least\":[0,0],\"greatest\":[1,1]}");
        assertThatThrownBy(() -> start(other))
                .hasMessageContaining("calibration is of 2 numbers, and its vectors have 384");
        for (String wrong : new String[] {
            "{\"least\":[0],\"greatest\":[1,1]}",
            "{\"least\":[2],\"greatest\":[1]}",
            "{\"least\":[\"a\"],\"greatest\":[1]}",
            "{}"
        }) {
            Path file = Files.writeString(folder.resolve("wrong.json"), wrong);
            assertThatThrownBy(() -> start(file)).hasMessageContaining("calibration");
        }
        assertThatThrownBy(() -> start(folder.resolve("nowhere.json"))).hasMessageContaining("calibration");
    }
}
