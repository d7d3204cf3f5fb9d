package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phifleet.http.Json;
import phifleet.http.RawClient;
import phifleet.inference.Catalogue;
import phifleet.inference.gpu.GpuReading;
import phifleet.inference.lane.Priority;
import phifleet.worker.http.state.WorkerState;

/** What every answer has, whatever was asked. */
class EdgeTest {
    private static TestWorker worker;

    @BeforeAll
    static void start() {
        worker = new TestWorker("http: {cors-origins: ['https://a.example'], event-loops: 2}");
    }

    @AfterAll
    static void stop() {
        worker.close();
    }

    @AfterEach
    void readyAgain() {
        worker.encoder.answer();
        worker.state.set(WorkerState.ready(new Catalogue(List.of(worker.encoder))));
    }

    @Test
    void requestId_wellFormed_comesBack() {
        for (String path : List.of("/health", "/nothing", "/embed")) {
            assertThat(worker.get(path, "X-Request-Id", "abc-~!1").headers().firstValue("X-Request-Id"))
                    .contains("abc-~!1");
            assertThat(worker.get(path).headers().firstValue("X-Worker-Id")).contains("worker-a");
        }
    }

    @Test
    void requestId_absentOrUnfit_isMadeAndUnique() {
        List<String> made = List.of(
                id(worker.get("/health")),
                id(worker.get("/health")),
                id(worker.get("/health", "X-Request-Id", "")),
                id(worker.get("/health", "X-Request-Id", "two words")),
                id(worker.get("/health", "X-Request-Id", "x".repeat(129))));
        assertThat(made).doesNotHaveDuplicates().allMatch(id -> id.startsWith("worker-a-"));
    }

    @Test
    void health_everyPhase_answersItsStatus() {
        HttpResponse<String> ok = worker.get("/health");
        assertThat(ok.statusCode()).isEqualTo(200);
        assertThat(ok.body()).isEqualTo("{\"status\":\"ok\",\"service\":\"phi-worker\",\"version\":\"1.2.3\"}");
        worker.state.set(new WorkerState(WorkerState.Phase.STARTING, "loading x", Catalogue.empty()));
        HttpResponse<String> starting = worker.get("/health");
        assertThat(starting.statusCode()).isEqualTo(503);
        assertThat(Json.of(starting).at("/status").asText()).isEqualTo("starting");
        assertThat(Json.of(starting).at("/reason").asText()).isEqualTo("loading x");
        assertThat(worker.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(worker.get("/health/ready").statusCode()).isEqualTo(503);
        worker.state.set(new WorkerState(WorkerState.Phase.DRAINING, "", new Catalogue(List.of(worker.encoder))));
        assertThat(Json.of(worker.get("/health/ready")).at("/status").asText()).isEqualTo("draining");
        HttpResponse<String> refused = worker.post("/embed", "{\"texts\":[\"a\"]}");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(Json.of(refused).at("/error/code").asText()).isEqualTo("draining");
        assertThat(refused.headers().firstValue("connection")).contains("close");
    }

    @Test
    void info_withAGpu_answersEverythingTheContractNames() {
        worker.gpu.set(Optional.of(new GpuReading("T4", "GPU-1", 100L, 5L, 37.5, null, 9.1)));
        JsonNode info = Json.of(worker.get("/info"));
        worker.gpu.set(Optional.empty());
        assertThat(info.at("/worker_id").asText()).isEqualTo("worker-a");
        assertThat(info.at("/node").asText()).isEqualTo("machine-7");
        assertThat(info.at("/device").asText()).isEqualTo("cpu");
        assertThat(info.at("/status").asText()).isEqualTo("ready");
        assertThat(info.at("/version").asText()).isEqualTo("1.2.3");
        assertThat(info.at("/started_at").asText()).isEqualTo(TestWorker.STARTED_AT.toString());
        assertThat(info.at("/engines").toString()).isEqualTo("[{\"name\":\"Fake\",\"version\":\"0.1\"}]");
        assertThat(info.at("/gpu/memory_used_bytes").asLong()).isEqualTo(5);
        assertThat(info.at("/gpu/utilization_percent").asDouble()).isEqualTo(37.5);
        assertThat(info.at("/gpu").has("temperature_celsius")).isFalse();
        assertThat(info.at("/models/0/name").asText()).isEqualTo("fake-model");
        assertThat(info.at("/models/0/kind").asText()).isEqualTo("sentence-encoder");
        assertThat(info.at("/models/0/dimension").asInt()).isEqualTo(4);
        assertThat(info.at("/models/0/max_tokens").asInt()).isEqualTo(16);
        assertThat(info.at("/queue/depth").asInt()).isEqualTo(1);
        assertThat(info.at("/queue/in_flight").asInt()).isEqualTo(3);
        assertThat(info.at("/queue/models/0/limit_tokens").asInt()).isEqualTo(1000);
        assertThat(info.at("/limits/max_texts").asInt()).isEqualTo(2048);
        assertThat(Json.of(worker.get("/info")).has("gpu")).isFalse();
    }

    @Test
    void info_modelOnAnotherDeviceThanExpected_saysWhereItIs() {
        assertThat(TestWorker.identity().expectedDevice()).isEqualTo("cuda:0");
        worker.state.set(new WorkerState(WorkerState.Phase.STARTING, "loading", Catalogue.empty()));
        JsonNode before = Json.of(worker.get("/info"));
        worker.state.set(WorkerState.ready(new Catalogue(List.of(worker.encoder))));
        JsonNode after = Json.of(worker.get("/info"));
        assertThat(before.at("/device").asText()).isEqualTo("cuda:0");
        assertThat(before.at("/engines")).isEmpty();
        assertThat(after.at("/device").asText()).isEqualTo("cpu");
        assertThat(after.at("/models/0/device").asText()).isEqualTo("cpu");
    }

    @Test
    void urgency_ofTheHeaders_reachesTheLane() throws Exception {
        worker.encoder.submissions.clear();
        long before = System.nanoTime();
        worker.post("/embed", "{\"texts\":[\"a\"]}", "X-Request-Timeout-Ms", "1500", "X-Priority", "batch");
        worker.post("/embed", "{\"texts\":[\"a\"]}");
        long after = System.nanoTime();
        FakeEncoder.Submission batch = worker.encoder.submissions.take();
        assertThat(batch.priority()).isEqualTo(Priority.BATCH);
        assertThat(batch.deadlineNanos()).isBetween(before + 1_500_000_000L, after + 1_500_000_000L);
        FakeEncoder.Submission plain = worker.encoder.submissions.take();
        assertThat(plain.priority()).isEqualTo(Priority.INTERACTIVE);
        assertThat(plain.deadlineNanos()).isBetween(before + 60_000_000_000L, after + 60_000_000_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/embed", "/v1/embeddings", "/tokenize", "/similarity", "/decode", "/rerank"})
    void otherMethods_onPostPaths_are405WithAllow(String path) {
        HttpResponse<String> response = worker.get(path);
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("POST, OPTIONS");
        assertThat(response.body()).contains("this path does not take GET but POST");
    }

    @Test
    void otherMethods_onGetPaths_are405WithAllow() {
        HttpResponse<String> response = worker.post("/health", "{}");
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
        assertThat(Json.of(worker.post("/v1/models", "{}")).at("/error/type").asText())
                .isEqualTo("invalid_request_error");
    }

    @Test
    void unknownPath_is404() {
        HttpResponse<String> response = worker.get("/nothing-here");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(Json.of(response).at("/error/code").asText()).isEqualTo("not_found");
    }

    @Test
    void head_onGetPaths_answersWithoutABody() {
        try (RawClient client = worker.raw()) {
            client.send("HEAD /health HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 200 ");
            client.send("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.answer()).startsWith("HTTP/1.1 200 ").endsWith("{\"status\":\"live\"}");
        }
    }

    @Test
    void cors_allowedOrigin_mayReadAndPreflight() {
        HttpResponse<String> plain = worker.get("/health", "Origin", "https://a.example");
        assertThat(plain.headers().firstValue("Access-Control-Allow-Origin")).contains("https://a.example");
        assertThat(plain.headers().firstValue("Access-Control-Expose-Headers"))
                .get()
                .asString()
                .contains("X-Request-Id");
        assertThat(plain.headers().firstValue("Vary")).contains("Origin");
        HttpResponse<String> preflight = worker.send(
                worker.request("/embed", "Origin", "https://a.example", "Access-Control-Request-Method", "POST")
                        .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                        .build());
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods"))
                .get()
                .asString()
                .contains("POST");
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
                .get()
                .asString()
                .contains("Authorization")
                .contains("Content-Type");
    }

    @Test
    void cors_preflight_allowsWhatIsAskedForWithinABound() {
        assertThat(allowed("x-stainless-os, x-stainless-lang")).endsWith("x-stainless-os, x-stainless-lang");
        assertThat(allowed("x".repeat(5_000))).doesNotContain("xxx");
        assertThat(allowed("a b")).doesNotContain("a b");
    }

    private static String allowed(String asked) {
        return worker.send(worker.request(
                                "/embed",
                                "Origin",
                                "https://a.example",
                                "Access-Control-Request-Method",
                                "POST",
                                "Access-Control-Request-Headers",
                                asked)
                        .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                        .build())
                .headers()
                .firstValue("Access-Control-Allow-Headers")
                .orElseThrow();
    }

    @Test
    void compressedBodies_areInflatedWithinTheBodyLimit() throws Exception {
        byte[] json = "{\"texts\":[\"a\"]}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        assertThat(sendGzip(json).statusCode()).isEqualTo(200);
        HttpResponse<String> bomb = sendGzip(new byte[20 * 1024 * 1024]);
        assertThat(bomb.statusCode()).isEqualTo(413);
        assertThat(bomb.body()).contains("inflated");
        assertThat(worker.post("/embed", "{}", "Content-Encoding", "gzip").statusCode())
                .isEqualTo(400);
        HttpResponse<String> other = worker.post("/embed", "{}", "Content-Encoding", "br");
        assertThat(other.statusCode()).isEqualTo(415);
        assertThat(other.headers().firstValue("Accept-Encoding")).contains("gzip, deflate, identity");
        worker.awaitIdle();
    }

    private static HttpResponse<String> sendGzip(byte[] plain) throws java.io.IOException {
        java.io.ByteArrayOutputStream zipped = new java.io.ByteArrayOutputStream();
        try (java.util.zip.GZIPOutputStream out = new java.util.zip.GZIPOutputStream(zipped)) {
            out.write(plain);
        }
        return worker.send(worker.request("/embed", "Content-Type", "application/json", "Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(zipped.toByteArray()))
                .build());
    }

    @Test
    void cors_otherOrigin_isServedWithoutThePermission() {
        HttpResponse<String> response = worker.get("/health", "Origin", "https://b.example");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void laneThrows_is500WithoutAWordOfItToTheClient() {
        worker.encoder.lane((submission, outcome) -> {
            throw new IllegalStateException("secret detail");
        });
        HttpResponse<String> response = worker.post("/embed", "{\"texts\":[\"a\"]}");
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).doesNotContain("secret").contains("\"internal\"");
        worker.awaitIdle();
    }

    @Test
    void laneThrows_onALargeRequest_is500Too() {
        worker.encoder.lane((submission, outcome) -> {
            throw new IllegalStateException("secret detail");
        });
        String text = "a ".repeat(5000);
        assertThat(worker.post("/embed", "{\"texts\":[\"" + text + "\"]}").statusCode())
                .isEqualTo(500);
        worker.awaitIdle();
    }

    @Test
    void portTaken_isSaidClearly() {
        assertThatThrownBy(() -> new TestWorker("http: {port: " + worker.port + "}", worker.port))
                .hasRootCauseInstanceOf(java.io.IOException.class)
                .hasStackTraceContaining("cannot listen on 127.0.0.1:" + worker.port + ": the port is taken");
    }

    private static String id(HttpResponse<String> response) {
        return response.headers().firstValue("X-Request-Id").orElseThrow();
    }
}
