package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.http.Json;
import phifleet.inference.engine.pytorch.TorchScriptArchive;
import phifleet.inference.testing.SharedFiles;
import phifleet.inference.testing.Workbench;
import phifleet.worker.WorkerUnderTest;

/** TorchScript that takes tensors or images, served as ONNX graphs are. */
@Tag("pytorch")
class TorchTensorsWorkerTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    private static Path folder;

    private static WorkerUnderTest worker;

    @BeforeAll
    static void start() throws Exception {
        new TorchScriptArchive("x: Tensor) -> Tensor:\n    return torch.matmul(x, self.w)")
                .tensor("w", new float[] {1, 2, 3, 4, 5, 6}, 2, 3)
                .write(folder.resolve("product.pt"));
        new TorchScriptArchive(
                        "a: Tensor,\n    b: Tensor) -> Dict[str, Tensor]:\n    return {\"sum\": torch.add(a, b)}")
                .tensor("w", new float[] {0}, 1)
                .write(Files.createDirectories(folder.resolve("sum")).resolve("model.pt"));
        Path models = SharedFiles.file("models/mobilenet_v2_fp32_traced.pt").resolveSibling("");
        worker = WorkerUnderTest.start(Workbench.cache(), """
                models:
                  - {id: product, path: %1$s/product.pt, inputs: [{name: x, datatype: FP32, shape: [-1, 2]}]}
                  - id: sum
                    path: %1$s/sum
                    inputs:
                      - {name: INPUT__0, datatype: INT64, shape: [-1, 2]}
                      - {name: INPUT__1, datatype: INT64, shape: [-1, 2]}
                  - {id: torch, path: %2$s/mobilenet_v2_fp32_traced.pt, task: image-classification, labels: imagenet-1k}
                  - {id: onnx, path: %2$s/mobilenet_v2_fp32.onnx, task: image-classification, labels: imagenet-1k}
                """.formatted(folder, models.toAbsolutePath()), Map.of());
    }

    @AfterAll
    static void stop() {
        if (worker != null) {
            worker.close();
        }
    }

    private static JsonNode send(String path, HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = ApiDescription.checked(
                CLIENT.send(request.uri(worker.uri().resolve(path)).build(), HttpResponse.BodyHandlers.ofString()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.of(answer);
    }

    private static JsonNode post(String path, String body) throws Exception {
        return send(
                path,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)));
    }

    @Test
    void openInference_showsWhatWasSaidAndWhatWasFound() throws Exception {
        JsonNode product = send("/v2/models/product", HttpRequest.newBuilder());
        assertThat(product.at("/platform").asText()).isEqualTo("pytorch_libtorch");
        assertThat(product.at("/inputs").toString())
                .isEqualTo("[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[-1,2]}]");
        assertThat(product.at("/outputs").toString())
                .isEqualTo("[{\"name\":\"OUTPUT__0\",\"datatype\":\"FP32\",\"shape\":[-1,3]}]");
        assertThat(send("/v2/models/product/config", HttpRequest.newBuilder())
                        .at("/max_batch_size")
                        .asInt())
                .isPositive();
        JsonNode sum = send("/v2/models/sum", HttpRequest.newBuilder());
        assertThat(sum.at("/outputs/0/name").asText()).isEqualTo("sum");
        assertThat(sum.at("/outputs/0/datatype").asText()).isEqualTo("INT64");
    }

    @Test
    void inference_byBothRoutes_isTorchs() throws Exception {
        JsonNode infer = post(
                "/v2/models/product/infer",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[2,2],\"datatype\":\"FP32\",\"data\":[1,0,0,1]}]}");
        assertThat(infer.at("/outputs/0/data").toString()).isEqualTo("[1.0,2.0,3.0,4.0,5.0,6.0]");
        JsonNode predict = post("/predict/sum", "{\"inputs\":{\"INPUT__0\":[[1,2]],\"INPUT__1\":[[10,20]]}}");
        assertThat(predict.at("/outputs/sum").toString()).isEqualTo("{\"shape\":[1,2],\"data\":[11,22]}");
    }

    @Test
    void image_isClassifiedAsByTheSameNetworkInOnnx() throws Exception {
        Path photo;
        try (var photos = Files.list(SharedFiles.file("data/photos"))) {
            photo = photos.filter(file -> file.toString().endsWith(".jpg"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
        JsonNode torch = classified("torch", photo);
        JsonNode onnx = classified("onnx", photo);
        assertThat(torch.size()).isEqualTo(3);
        for (int i = 0; i < 3; i++) {
            assertThat(torch.get(i).at("/label").asText())
                    .isEqualTo(onnx.get(i).at("/label").asText());
            assertThat(torch.get(i).at("/score").asDouble())
                    .isCloseTo(onnx.get(i).at("/score").asDouble(), within(1e-3));
        }
    }

    private static JsonNode classified(String model, Path photo) throws Exception {
        return send(
                        "/predict/" + model + "?top_k=3",
                        HttpRequest.newBuilder()
                                .header("Content-Type", "image/jpeg")
                                .POST(BodyPublishers.ofFile(photo)))
                .at("/predictions");
    }
}
