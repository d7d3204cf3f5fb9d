package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import phifleet.benchmark.AnswerCheck;
import phifleet.benchmark.Call;
import phifleet.benchmark.LoadDriver;
import phifleet.benchmark.LoadReport;
import phifleet.benchmark.Workload;
import phifleet.http.Json;
import phifleet.inference.testing.SharedFiles;
import phifleet.inference.testing.Workbench;
import phifleet.worker.WorkerUnderTest;

/** Tensors of many clients, in one batch. */
class SharedBatchTest {
    private static final int CLIENTS = 64;
    private static final int TENSOR_BYTES = 4 * 3 * 224 * 224;

    /** A busy machine must not have it refuse what would take too long. */
    private static final Map<String, String> PATIENT = Map.of("BATCHING_QUEUE_MS", "600000");

    @Test
    void infer_manyClientsAndATimeToWaitForCompany_batchesOfEightAndMore() throws Exception {
        String yaml = "models: [{id: net, path: " + SharedFiles.file("models/mobilenet_v2_fp32.onnx")
                + ", batch-size: 16, batch-timeout-ms: 5}]";
        // One tensor's bytes and no JSON.
        Call call = Call.of(
                "infer",
                "POST",
                "/v2/models/net/infer",
                Map.of("Inference-Header-Content-Length", "0"),
                new byte[TENSOR_BYTES],
                AnswerCheck.anything());
        try (WorkerUnderTest worker = WorkerUnderTest.start(Workbench.cache(), yaml, PATIENT)) {
            LoadReport report = new LoadDriver(worker.uri(), CLIENTS).run(Workload.inTurn(List.of(call)), 3 * CLIENTS);

            assertThat(report.lost()).as(report.table()).isZero();
            String metrics = get(worker, "/metrics").body();
            assertThat(count(metrics, "batch_size_bucket{model=\"net\",le=\"16.0\"}"))
                    .as("batches of up to 16, which is all of them")
                    .isEqualTo(count(metrics, "batch_size_count{model=\"net\"}"));
            assertThat(count(metrics, "batch_size_bucket{model=\"net\",le=\"16.0\"}"))
                    .as("batches of up to 16, against those of up to 8\n" + metrics)
                    .isGreaterThan(count(metrics, "batch_size_bucket{model=\"net\",le=\"8.0\"}"));
            JsonNode sizes = Json.of(get(worker, "/v2/models/net/stats")).at("/model_stats/0/batch_stats");
            assertThat(sizes.valueStream()
                            .mapToLong(size -> size.at("/batch_size").asLong()
                                    * size.at("/compute_infer/count").asLong())
                            .sum())
                    .as("requests in all batches")
                    .isEqualTo(3L * CLIENTS);
        }
    }

    private static HttpResponse<String> get(WorkerUnderTest worker, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return ApiDescription.checked(client.send(
                    HttpRequest.newBuilder(worker.uri().resolve(path)).build(), HttpResponse.BodyHandlers.ofString()));
        }
    }

    private static double count(String metrics, String series) {
        return metrics.lines()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + series + " in\n" + metrics));
    }
}
