package phifleet.benchmark.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import phifleet.benchmark.LoadDriver;
import phifleet.benchmark.LoadReport;
import phifleet.benchmark.Workload;

/**
 * Every dialect against a server that is as strict as the real one: it knows only that one's paths, refuses a body that lacks a
 * field, and answers as that one does, with more around the vectors than is needed.
 */
class AddressedTargetTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<Sample> SAMPLES =
            List.of(new Sample("first", new float[] {0.6f, 0.8f}), new Sample("second", new float[] {0.8f, -0.6f}));

    private final AtomicInteger looks = new AtomicInteger();
    private volatile boolean swapped;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Target target(Dialect dialect) {
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (path.equals(healthOf(dialect))) {
                // Not at once: it loads its model first.
                answer(exchange, looks.incrementAndGet() < 3 ? 503 : 200, "{}");
            } else if (path.equals(pathOf(dialect))) {
                List<String> texts = textsOf(dialect, JSON.readTree(body));
                answer(exchange, texts.isEmpty() ? 422 : 200, texts.isEmpty() ? "{}" : answerOf(dialect, texts));
            } else {
                answer(exchange, 404, "{}");
            }
        });
        return new AddressedTarget(new TargetSettings.Address(
                "t",
                dialect,
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                "a-model"));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String pathOf(Dialect dialect) {
        return switch (dialect) {
            case TEXTS, TEI -> "/embed";
            case OPENAI -> "/v1/embeddings";
            case INFINITY -> "/embeddings";
            case OLLAMA -> "/api/embed";
            case TRITON -> "/v2/models/a-model/infer";
        };
    }

    private static String healthOf(Dialect dialect) {
        return switch (dialect) {
            case TEXTS, TEI, INFINITY -> "/health";
            case OPENAI -> "/v1/models";
            case OLLAMA -> "/api/version";
            case TRITON -> "/v2/health/ready";
        };
    }

    /** None where the body is not one of the dialect. */
    private static List<String> textsOf(Dialect dialect, JsonNode body) {
        JsonNode texts = switch (dialect) {
            case TEXTS -> body.path("texts");
            case TEI -> body.path("inputs");
            case OPENAI, INFINITY, OLLAMA ->
                body.path("model").asText().equals("a-model") ? body.path("input") : body.path("nothing");
            case TRITON -> {
                JsonNode input = body.path("inputs").path(0);
                boolean right = input.path("name").asText().equals("text")
                        && input.path("datatype").asText().equals("BYTES")
                        && input.path("shape").path(0).asInt()
                                == input.path("data").size();
                yield right ? input.path("data") : body.path("nothing");
            }
        };
        List<String> found = new ArrayList<>();
        texts.forEach(text -> found.add(text.asText()));
        return found;
    }

    private String answerOf(Dialect dialect, List<String> texts) {
        List<String> vectors = texts.stream()
                .map(text -> text.equals("first") != swapped ? "0.6,0.8" : "0.8,-0.6")
                .toList();
        String nested = "[[" + String.join("],[", vectors) + "]]";
        return switch (dialect) {
            case TEXTS -> "{\"embeddings\":" + nested + ",\"dimension\":2,\"took_ms\":1.5}";
            case TEI -> nested;
            case OPENAI, INFINITY -> {
                List<String> data = new ArrayList<>();
                for (String vector : vectors) {
                    data.add("{\"object\":\"embedding\",\"index\":" + data.size() + ",\"embedding\":[" + vector + "]}");
                }
                yield "{\"object\":\"list\",\"data\":[" + String.join(",", data)
                        + "],\"model\":\"a-model\",\"usage\":{\"prompt_tokens\":4,\"total_tokens\":4}}";
            }
            case OLLAMA ->
                "{\"model\":\"a-model\",\"embeddings\":" + nested + ",\"total_duration\":14143917,\"load_duration\":1}";
            case TRITON ->
                "{\"model_name\":\"a-model\",\"model_version\":\"1\",\"outputs\":[{\"name\":\"embedding\",\"datatype\":\"FP32\","
                        + "\"shape\":[" + vectors.size() + ",2],\"data\":[" + String.join(",", vectors) + "]}]}";
        };
    }

    private LoadReport load(Target target) throws InterruptedException {
        Workload workload = Workload.inTurn(List.of(target.call(SAMPLES, Map.of("X-Priority", "batch"))));
        return new LoadDriver(target.url(), 2).run(workload, 6);
    }

    @ParameterizedTest
    @EnumSource
    void call_eachDialect_isUnderstoodAndItsAnswerChecked(Dialect dialect) throws Exception {
        LoadReport report = load(target(dialect));

        assertThat(report.samples()).isEmpty();
        assertThat(report.succeeded()).isEqualTo(6);
        assertThat(report.mismatches()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void call_vectorsOfTheOtherText_areWrongAnswers(Dialect dialect) throws Exception {
        swapped = true;

        assertThat(load(target(dialect)).mismatches()).isEqualTo(6);
    }

    @ParameterizedTest
    @EnumSource
    void awaitReady_eachDialect_asksUntilItIs(Dialect dialect) throws Exception {
        target(dialect).awaitReady(Duration.ofSeconds(20));

        assertThat(looks).hasValue(3);
    }

    @ParameterizedTest
    @EnumSource
    void embed_eachDialect_aVectorAText(Dialect dialect) throws Exception {
        assertThat(target(dialect).embed(List.of("second", "first", "second")))
                .containsExactly(new float[] {0.8f, -0.6f}, new float[] {0.6f, 0.8f}, new float[] {0.8f, -0.6f});
    }

    @Test
    void awaitReady_neverReady_failsInItsTime() {
        looks.set(Integer.MIN_VALUE);

        assertThatThrownBy(() -> target(Dialect.TEI).awaitReady(Duration.ofMillis(50)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("t is not ready");
    }

    @Test
    void usage_runsElsewhere_cannotBeSeen() throws Exception {
        try (Target target = target(Dialect.OLLAMA)) {
            target.start();
            assertThat(target.usage()).isEmpty();
            assertThat(target.ended()).isFalse();
        }
    }
}
