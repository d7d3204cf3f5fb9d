package phifleet.benchmark.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.benchmark.plan.BenchmarkModel;
import phifleet.benchmark.plan.BenchmarkSettings;
import phifleet.benchmark.plan.BenchmarkSettings.TestConfig;
import phifleet.benchmark.plan.Lengths;
import phifleet.benchmark.plan.Scenario;
import phifleet.benchmark.plan.Texts;
import phifleet.benchmark.targets.Dialect;
import phifleet.benchmark.targets.TargetSettings;

/** A run against a server of the test's own, which gives every text the vector [0.6, 0.8]. */
class BenchTest {
    private static final BenchmarkModel MODEL = new BenchmarkModel("m", "m", "a/m", "text_embedding", 256, 2, Map.of());
    private static final Scenario SCENARIO =
            new Scenario("s", 2, 20, 2, Optional.empty(), Optional.empty(), new Lengths.Exact(List.of(4)), 0);

    @TempDir
    private Path folder;

    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean embed = exchange.getRequestURI().getPath().equals("/embed");
            asked.addAndGet(embed ? 1 : 0);
            int texts = new JsonMapper().readTree(body).path("texts").size();
            String answer = embed
                    ? "{\"embeddings\":[" + "[0.6,0.8],".repeat(texts - 1) + "[0.6,0.8]]}"
                    : "{\"version\":\"7\"}";
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        Files.createDirectories(folder.resolve("models/m"));
        Files.writeString(
                folder.resolve("models/m/tokenizer.json"), "{\"model\":{\"vocab\":{\"apple\":2,\"pear\":4}}}");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Bench bench(int rounds, float second) throws IOException {
        TargetSettings target = new TargetSettings.Address(
                "t",
                Dialect.TEXTS,
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                "m");
        TestConfig test = new TestConfig(3, Optional.empty(), List.of(4), 5);
        Bench bench = new Bench(
                new BenchmarkSettings(test, rounds, List.of(SCENARIO), List.of(MODEL), List.of(target)),
                MODEL,
                List.of(target),
                Texts.of(folder.resolve("models/m/tokenizer.json"), test, folder),
                new Bench.Folders(folder, folder.resolve("models"), folder.resolve("results"), folder.resolve("logs")));
        for (Map.Entry<String, List<String>> one : bench.wantedTexts().entrySet()) {
            new Golden(folder.resolve("models/m")).texts(one.getKey(), one.getValue());
            ByteBuffer vectors = ByteBuffer.allocate(one.getValue().size() * 8).order(ByteOrder.LITTLE_ENDIAN);
            while (vectors.hasRemaining()) {
                vectors.putFloat(0.6f).putFloat(second);
            }
            Files.write(folder.resolve("models/m/texts-" + one.getKey() + ".f32"), vectors.array());
        }
        return bench;
    }

    private JsonNode result() throws IOException {
        return new JsonMapper().readTree(folder.resolve("results/m/t.json").toFile());
    }

    @Test
    void run_rightAnswers_everyRoundIsMeasured() throws Exception {
        bench(2, 0.8f).run(false, Duration.ofMillis(1));

        assertThat(asked).hasValue(2 * (3 + 20));
        assertThat(result().path("rounds").size()).isEqualTo(2);
        assertThat(result().path("rounds").path(0).path("mismatches").asInt(-1)).isZero();
        assertThat(result().path("rounds").path(0).path("requests").asInt()).isEqualTo(20);
        assertThat(result().path("info").path("version").asText()).isEqualTo("7");
        assertThat(result().path("model_load_time_ms").isNull()).isTrue();
        assertThat(result().path("peak_memory_mb").isNull()).isTrue();
    }

    @Test
    void run_again_onlyWhatIsMissing() throws Exception {
        bench(1, 0.8f).run(false, Duration.ofMillis(1));
        bench(1, 0.8f).run(false, Duration.ofMillis(1));
        assertThat(asked).hasValue(23);

        bench(3, 0.8f).run(true, Duration.ofMillis(1));
        assertThat(asked).hasValue(3 * 23);
    }

    @Test
    void run_wrongAnswers_doNotCount() throws Exception {
        boolean good = bench(1, 0.7f).run(false, Duration.ofMillis(1));

        assertThat(good).isFalse();
        assertThat(result().path("rounds").path(0).path("mismatches").asInt()).isEqualTo(20);
        assertThat(result().path("rounds").path(0).path("valid").asBoolean(true))
                .isFalse();
        assertThat(result().path("scenarios").isEmpty()).isTrue();
    }
}
