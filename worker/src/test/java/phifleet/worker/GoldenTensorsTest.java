package phifleet.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.inference.testing.Workbench;

/** Models of tensors with known answers. */
class GoldenTensorsTest {
    @TempDir
    private Path folder;

    private WorkerUnderTest start(String sum) throws Exception {
        ExampleGraphs.sum(folder.resolve("sum.onnx"));
        Path golden = Files.writeString(folder.resolve("golden.json"), """
                [{"inputs": {"INPUT0": [[1, 2, 3, 4]], "INPUT1": [[1, 1, 1, 1]]}, "outputs": {"OUTPUT0": %s}}]""".formatted(sum));
        return WorkerUnderTest.start(
                Workbench.cache(),
                "models: [{id: sum, path: " + folder.resolve("sum.onnx") + ", golden: " + golden + "}]",
                Map.of());
    }

    @Test
    void load_answersAsKnown_servesAndTellsItsDrift() throws Exception {
        try (WorkerUnderTest worker = start("[[2, 3, 4, 5]]")) {
            HttpResponse<String> metrics = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(worker.uri().resolve("/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(metrics.body().lines())
                    .anyMatch(line ->
                            line.startsWith("embedding_drift_cosine{") && line.contains("sum") && line.endsWith(" 1.0"))
                    .anyMatch(line -> line.startsWith("embedding_drift_cosine_least{")
                            && line.contains("sum")
                            && line.endsWith(" 0.9999"));
        }
    }

    @Test
    void load_anotherAnswer_isRefused() {
        assertThatThrownBy(() -> start("[[2, 3, 4, 6]]"))
                .hasStackTraceContaining("sum fails its golden check: the output OUTPUT0 of entry 0");
    }
}
