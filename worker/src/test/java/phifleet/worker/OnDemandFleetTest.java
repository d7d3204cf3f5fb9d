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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import phifleet.gateway.demand.DemandSettings;
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

    private static boolean holds(HttpClient client, WorkerUnderTest worker) throws Exception {
        return client.send(HttpRequest.newBuilder(worker.uri().resolve("/info")).build(), BodyHandlers.ofString())
                .body()
                .contains("\"state\":\"ready\"");
    }

    private static void awaitHolders(HttpClient client, int holders, WorkerUnderTest... workers) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        int found = -1;
        while (found != holders) {
            assertThat(System.nanoTime()).as(found + " hold it").isLessThan(end);
            Thread.sleep(50);
            found = 0;
            for (WorkerUnderTest worker : workers) {
                found += holds(client, worker) ? 1 : 0;
            }
        }
    }

    private static void predict(HttpClient client, GatewayBefore gateway) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/predict/m"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"inputs\": {\"x\": [[1]]}}"))
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void modelOfTwoCopies_isHeldByTwoOfThree_asSoonAsTheyAreThere_andByNoMore(@TempDir Path folder) throws Exception {
        TinyGraph.write(folder.resolve("m.onnx"), 1);
        Path list = Files.writeString(
                folder.resolve("models.yaml"), "models:\n  - {id: m, path: m.onnx, load: demand, min-copies: 2}\n");
        try (WorkerUnderTest first = WorkerUnderTest.start(Workbench.cache(), list, null, Map.of());
                WorkerUnderTest second = WorkerUnderTest.start(Workbench.cache(), list, null, Map.of());
                WorkerUnderTest third = WorkerUnderTest.start(Workbench.cache(), list, null, Map.of());
                GatewayBefore one = GatewayBefore.of(null, null, first.uri(), second.uri(), third.uri());
                GatewayBefore other = GatewayBefore.of(null, null, first.uri(), second.uri(), third.uri());
                HttpClient client = HttpClient.newHttpClient()) {
            awaitHolders(client, 2, first, second, third);
            for (int i = 0; i < 10; i++) {
                predict(client, i % 2 == 0 ? one : other);
            }
            Thread.sleep(3_000);
            awaitHolders(client, 2, first, second, third);
            assertThat(loads(client, first) + loads(client, second) + loads(client, third))
                    .isEqualTo(2);
        }
    }

    @Test
    void modelThatIsAskedForMoreThanOneCopyGives_isHeldTwice_untilItIsNoMore(@TempDir Path folder) throws Exception {
        TinyGraph.write(folder.resolve("m.onnx"), 1);
        Path list = Files.writeString(
                folder.resolve("models.yaml"), "models:\n  - {id: m, path: m.onnx, load: demand, max-copies: 2}\n");
        // One copy is to give next to nothing of its device, so that little is too much for it.
        DemandSettings demand = new DemandSettings(
                1,
                4,
                1e-6,
                Duration.ofSeconds(10),
                Duration.ofSeconds(4),
                Duration.ofMinutes(15),
                Duration.ofSeconds(9));
        try (WorkerUnderTest first = WorkerUnderTest.start(Workbench.cache(), list, null, Map.of());
                WorkerUnderTest second = WorkerUnderTest.start(Workbench.cache(), list, null, Map.of());
                WorkerUnderTest third = WorkerUnderTest.start(Workbench.cache(), list, null, Map.of());
                GatewayBefore gateway = GatewayBefore.sizing(demand, first.uri(), second.uri(), third.uri());
                HttpClient client = HttpClient.newHttpClient()) {
            for (int i = 0; i < 20; i++) {
                predict(client, gateway);
            }
            awaitHolders(client, 2, first, second, third);
            predict(client, gateway);
            awaitHolders(client, 1, first, second, third);
            predict(client, gateway);
        }
    }
}
