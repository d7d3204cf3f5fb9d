package phifleet.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.common.WorkerCard;
import phifleet.inference.testing.Workbench;
import phifleet.worker.http.GatewayBefore;

/** A worker that joins a fleet whose models were changed before it was there. */
class LateWorkerTest {
    private static final Map<String, String> SETTINGS = Map.of("ADMIN_KEY", "topmost");

    private static WorkerCard card(String id, WorkerUnderTest worker) {
        return new WorkerCard(id, worker.uri(), List.of(), "1.2.3", "cpu");
    }

    private static HttpResponse<String> send(HttpClient client, URI uri, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(uri)
                        .header("Authorization", "Bearer topmost")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void worker_thatJoinsLater_holdsWhatWasLoadedByRequest(@TempDir Path folder) throws Exception {
        Path list = Files.writeString(folder.resolve("models.yaml"), """
            models:
              - {id: stays, path: one.onnx}
              - {id: goes, path: one.onnx}
            """);
        TinyGraph.write(folder.resolve("one.onnx"), 1);
        TinyGraph.write(folder.resolve("two.onnx"), 2);
        try (WorkerUnderTest first = WorkerUnderTest.start(Workbench.cache(), list, null, SETTINGS);
                WorkerUnderTest late = WorkerUnderTest.start(Workbench.cache(), list, null, SETTINGS);
                GatewayBefore gateway = GatewayBefore.of(null, "topmost", first.uri());
                HttpClient client = HttpClient.newHttpClient()) {
            URI base = URI.create("http://127.0.0.1:" + gateway.port());
            String config = "{\"parameters\":{\"config\":\"{\\\"path\\\":\\\"two.onnx\\\"}\"}}";
            assertThat(send(client, base.resolve("/v2/repository/models/two/load"), config)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(send(client, base.resolve("/v2/repository/models/goes/unload"), "")
                            .statusCode())
                    .isEqualTo(200);
            String input = "{\"inputs\":{\"x\":[[1]]}}";
            assertThat(send(client, late.uri().resolve("/predict/two"), input).statusCode())
                    .isEqualTo(404);
            gateway.members(List.of(card("worker-a", first), card("worker-b", late)));
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (send(client, late.uri().resolve("/predict/two"), input).statusCode() != 200
                    || send(client, late.uri().resolve("/predict/goes"), input).statusCode() != 404) {
                assertThat(System.nanoTime()).as("time").isLessThan(end);
                Thread.sleep(20);
            }
            assertThat(send(client, late.uri().resolve("/predict/two"), input).body())
                    .contains("\"data\":[3");
            assertThat(send(client, late.uri().resolve("/predict/stays"), input).body())
                    .contains("\"data\":[2");
        }
    }
}
