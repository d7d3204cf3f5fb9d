package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import phifleet.http.Json;
import phifleet.inference.engine.pytorch.MiniLmTorchScript;
import phifleet.inference.testing.Workbench;
import phifleet.worker.WorkerUnderTest;

/** A worker with a folder of TorchScript, understood without further settings. */
@Tag("pytorch")
class TorchWorkerTest {
    private static WorkerUnderTest worker;
    private static HttpClient client;

    @BeforeAll
    static void start() throws Exception {
        worker = WorkerUnderTest.start(
                Workbench.cache(), "minilm-torch", MiniLmTorchScript.folder(Workbench.cache()), Map.of());
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        client.close();
        worker.close();
    }

    private static JsonNode send(String path, HttpRequest.Builder request) throws Exception {
        return Json.of(ApiDescription.checked(
                client.send(request.uri(worker.uri().resolve(path)).build(), BodyHandlers.ofString())));
    }

    @Test
    void embed_text_hasTheVectorOfSentenceTransformers() throws Exception {
        JsonNode answer = send(
                "/embed",
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"texts\":[\"hello world\"]}")));
        assertThat(answer.at("/dimension").asInt()).isEqualTo(384);
        assertThat(answer.at("/model").asText()).isEqualTo("minilm-torch");
        // The first two values of sentence-transformers' own answer, to four places.
        assertThat(answer.at("/embeddings/0/0").asDouble()).isCloseTo(-0.0345, within(0.0001));
        assertThat(answer.at("/embeddings/0/1").asDouble()).isCloseTo(0.0310, within(0.0001));
    }

    @Test
    void info_namesTheEngineOfTheModel() throws Exception {
        JsonNode info = send("/info", HttpRequest.newBuilder());
        assertThat(info.at("/device").asText()).isEqualTo("cpu");
        assertThat(info.at("/engines")).hasSize(1);
        assertThat(info.at("/engines/0/name").asText()).isEqualTo("PyTorch");
        assertThat(info.at("/engines/0/version").asText()).startsWith("2.");
        assertThat(info.at("/models/0/engine").asText()).isEqualTo("PyTorch");
        assertThat(info.at("/models/0/precision").asText()).isEqualTo("fp32");
        assertThat(info.at("/models/0/max_tokens").asInt()).isEqualTo(256);
        assertThat(info.at("/models/0/reproducible").asBoolean()).isFalse();
    }
}
