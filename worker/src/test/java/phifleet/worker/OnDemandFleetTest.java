package phifleet.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import phifleet.inference.testing.Workbench;
import phifleet.worker.http.GatewayBefore;

/** Models on demand in a fleet of two workers behind two gateways. */
@Timeout(120)
class OnDemandFleetTest {
    private static final int MODELS = 4;

    private static long loads(HttpClient client, WorkerUnderTest worker) throws Exception {
        String metrics = client.send(
                        HttpRequest.newBuilder(worker.uri().resolve("/metrics")).build(), BodyHandlers.ofString())
                .body();
        return metrics.lines()
                .filter(line -> line.startsWith("model_loads_total{"))
                .mapToLong(line -> Math.round(Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))))
                .sum();
    }

    @Test
    void requests_atTwoGateways_loadEachModelOnceInTheFleet(@TempDir Path folder) throws Exception {
        StringBuilder models = new StringBuilder("models:\n");
        for (int i = 0; i < MODELS; i++) {
            TinyGraph.write(folder.resolve("m" + i + ".onnx"), i);
            models.append("  - {id: m").append(i).append(", path: m").append(i).append(".onnx, load: demand}\n");
        }
        Path list = Files.writeString(folder.resolve("models.yaml"), models);
        try (WorkerUnderTest first = WorkerUnderTest.start(Workbench.cache(), list, null, Map.of());
                WorkerUnderTest second = WorkerUnderTest.start(Workbench.cache(), list, null, Map.of());
                GatewayBefore one = GatewayBefore.of(null, null, first.uri(), second.uri());
                GatewayBefore other = GatewayBefore.of(null, null, first.uri(), second.uri());
                HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            List<Integer> sums = new ArrayList<>();
            for (int i = 0; i < 4 * MODELS; i++) {
                int port = (i / MODELS) % 2 == 0 ? one.port() : other.port();
                HttpRequest request = HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + port + "/predict/m" + i % MODELS))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"inputs\": {\"x\": [[1]]}}"))
                        .build();
                answers.add(client.sendAsync(request, BodyHandlers.ofString()));
                sums.add(1 + i % MODELS);
            }
            for (int i = 0; i < answers.size(); i++) {
                HttpResponse<String> answer = answers.get(i).get();
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                assertThat(answer.body()).contains("\"data\":[" + sums.get(i));
            }
            assertThat(loads(client, first) + loads(client, second)).isEqualTo(MODELS);
        }
    }
}
