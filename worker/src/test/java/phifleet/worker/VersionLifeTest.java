package phifleet.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.inference.testing.Workbench;
import phifleet.worker.http.ApiDescription;
import phifleet.worker.residence.ModelFolders;

/** Models of which a version cannot be had. */
class VersionLifeTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String LOAD = "/v2/repository/models/many/load";

    @TempDir
    private Path folder;

    @AfterAll
    static void stop() {
        CLIENT.close();
    }

    private void garbage(String version) throws Exception {
        Path place = Files.createDirectories(folder.resolve("many").resolve(version));
        Files.writeString(place.resolve("model.onnx"), "no graph at all");
    }

    /** Its files are as they should be; only the engine finds that it cannot run them. */
    private void unknownOperator(String version) throws Exception {
        ExampleGraphs.unknownOperator(folder.resolve("many").resolve(version).resolve("model.onnx"));
    }

    private void good(String version) throws Exception {
        TinyGraph.write(folder.resolve("many").resolve(version).resolve("model.onnx"), Integer.parseInt(version));
    }

    private static HttpResponse<String> post(WorkerUnderTest worker, String path) throws Exception {
        return ApiDescription.checked(CLIENT.send(
                HttpRequest.newBuilder(worker.uri().resolve(path))
                        .header("Authorization", "Bearer topmost")
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString()));
    }

    /** A line for each version of the model, with the beginning of its reason. */
    private static List<String> lines(JsonNode list, String model) {
        List<String> lines = new ArrayList<>();
        for (JsonNode entry : list) {
            if (entry.path("name").asText().equals(model)) {
                lines.add(entry.path("version").asText() + " "
                        + entry.path("state").asText());
                assertThat(entry.path("reason").asText().isEmpty())
                        .as(entry.toString())
                        .isEqualTo(entry.path("state").asText().equals("READY"));
            }
        }
        return lines;
    }

    private static List<String> index(WorkerUnderTest worker) throws Exception {
        return lines(JSON.readTree(post(worker, "/v2/repository/index").body()), "many");
    }

    private static List<String> absent(WorkerUnderTest worker) throws Exception {
        HttpRequest info = HttpRequest.newBuilder(worker.uri().resolve("/info")).build();
        return lines(
                JSON.readTree(CLIENT.send(info, HttpResponse.BodyHandlers.ofString())
                                .body())
                        .path("absent"),
                "many");
    }

    private static void await(WorkerUnderTest worker, String... wanted) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        List<String> last = index(worker);
        while (!last.equals(List.of(wanted))) {
            assertThat(System.nanoTime())
                    .as("%s, still %s", List.of(wanted), last)
                    .isLessThan(end);
            Thread.sleep(20);
            last = index(worker);
        }
    }

    @Test
    void start_newestCannotBeLoadedOrRead_theOneBeforeServes() throws Exception {
        good("1");
        good("2");
        unknownOperator("3");
        Files.writeString(Files.createDirectories(folder.resolve("many/4")).resolve("notes.txt"), "to come");
        Path list = Files.writeString(folder.resolve("models.yaml"), "models: [{id: many, path: many}]");
        try (WorkerUnderTest worker =
                WorkerUnderTest.start(Workbench.cache(), list, null, Map.of("ADMIN_KEY", "topmost"))) {
            assertThat(index(worker)).containsExactly("2 READY", "4 UNAVAILABLE", "3 UNAVAILABLE");
            assertThat(absent(worker)).containsExactly("4 UNAVAILABLE", "3 UNAVAILABLE");

            HttpResponse<String> refused = post(worker, LOAD);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("load failed for model 'many': version 4: ");
            assertThat(index(worker)).contains("2 READY", "4 UNAVAILABLE");

            Files.delete(folder.resolve("many/4/notes.txt"));
            refused = post(worker, LOAD);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body())
                    .contains("load failed for model 'many': ")
                    .contains("NoSuchOperator");
            assertThat(index(worker)).contains("2 READY", "3 UNAVAILABLE");

            good("3");
            assertThat(post(worker, LOAD).statusCode()).isEqualTo(200);
            assertThat(index(worker)).containsExactly("3 READY");
            assertThat(absent(worker)).isEmpty();
        }
    }

    @Test
    void folder_newestThatCanBeHad_serves_andIsFollowed() throws Exception {
        good("1");
        garbage("2");
        try (WorkerUnderTest worker = WorkerUnderTest.start(
                Workbench.cache(),
                null,
                new ModelFolders(folder),
                Map.of("ADMIN_KEY", "topmost", "MODELS_DIR_POLL_MS", "50"))) {
            assertThat(index(worker)).containsExactly("1 READY", "2 UNAVAILABLE");
            good("2");
            await(worker, "2 READY");
            unknownOperator("3");
            await(worker, "2 READY", "3 UNAVAILABLE");
            Files.delete(folder.resolve("many/2/model.onnx"));
            await(worker, "1 READY", "3 UNAVAILABLE");
            good("3");
            await(worker, "3 READY");
        }
    }
}
