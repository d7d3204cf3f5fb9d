package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import phifleet.http.Json;
import phifleet.worker.http.state.WorkerIdentity;
import phifleet.worker.http.state.WorkerState;

/** A worker with models that see colours, and an index in a folder. */
final class IndexUnderTest implements AutoCloseable {
    final TestWorker worker;

    IndexUnderTest(Path folder) {
        this(new TestWorker("http: {max-body-bytes: 2000000}\ningest: {folder: " + folder
                + ", max-file-bytes: 300000, in-hand: 4}"));
    }

    /** With settings of its own, and so much memory for all bodies together. */
    IndexUnderTest(String yaml, long bodyBytes) {
        this(new TestWorker(yaml, 0, bodyBytes));
    }

    /** One of several, with settings of its own. */
    IndexUnderTest(String yaml, WorkerIdentity identity) {
        this(new TestWorker(yaml, 0, 64 << 20, identity));
    }

    private IndexUnderTest(TestWorker worker) {
        this.worker = worker;
        worker.state.set(WorkerState.ready(SeeingModels.catalogue()));
    }

    HttpResponse<String> send(String path, byte[] body, String type) {
        return worker.send(worker.request(path, "Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build());
    }

    JsonNode ingested(String query, byte[] body, String type) {
        HttpResponse<String> answer = send("/ingest" + query, body, type);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.of(answer);
    }

    JsonNode ingest(byte[] image) {
        return ingested("", image, "image/png");
    }

    JsonNode search(String json) {
        HttpResponse<String> answer = worker.post("/search", json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.of(answer);
    }

    long images() {
        return Json.of(worker.get("/index")).at("/images").asLong();
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public void close() {
        worker.close();
    }
}
