package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import phifleet.inference.testing.SharedFiles;
import phifleet.inference.testing.Workbench;
import phifleet.worker.WorkerUnderTest;

/**
 * A worker with tiny models of shared/models/heads, and what the usual libraries gave for the same requests. Tests are skipped, and say
 * so, where that folder is not beside the checkout.
 */
record HeadsUnderTest(Path folder, WorkerUnderTest worker) implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** @param ids folders, in the order of the settings */
    static HeadsUnderTest start(List<String> ids) throws Exception {
        return start(SharedFiles.file("models/heads"), ids);
    }

    /** @param folder of models and their answers */
    static HeadsUnderTest start(Path folder, List<String> ids) throws Exception {
        String models = ids.stream()
                .map(id -> "  - {id: " + id + ", path: "
                        + folder.resolve(id).toAbsolutePath().normalize() + "}\n")
                .collect(Collectors.joining());
        return new HeadsUnderTest(folder, WorkerUnderTest.start(Workbench.cache(), "models:\n" + models, Map.of()));
    }

    List<JsonNode> cases(String id) throws Exception {
        List<JsonNode> cases = new ArrayList<>();
        JSON.readTree(folder.resolve(id).resolve("golden.json").toFile())
                .at("/cases")
                .forEach(cases::add);
        assertThat(cases).hasSizeGreaterThan(5);
        return cases;
    }

    CompletableFuture<HttpResponse<String>> send(String path, JsonNode body) {
        HttpRequest request = HttpRequest.newBuilder(worker.uri().resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        return CLIENT.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenApply(ApiDescription::checked);
    }

    JsonNode get(String path) throws Exception {
        return JSON.readTree(CLIENT.send(
                        HttpRequest.newBuilder(worker.uri().resolve(path)).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body());
    }

    JsonNode post(String path, JsonNode body) throws Exception {
        HttpResponse<String> answer = send(path, body).get();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    @Override
    public void close() {
        worker.close();
    }
}
