package phifleet.benchmark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.benchmark.plan.BenchmarkModel;
import phifleet.benchmark.targets.Dialect;
import phifleet.benchmark.targets.TargetSettings;

/** Servers of the test's own, each of which gives every text one vector. */
class ValidationTest {
    private static final BenchmarkModel MODEL = new BenchmarkModel("m", "m", "a/m", "text_embedding", 256, 2, Map.of());
    private static final List<String> TEXTS =
            IntStream.range(0, 19).mapToObj(i -> "text " + i).toList();

    @TempDir
    private Path folder;

    private final List<HttpServer> servers = new ArrayList<>();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    private TargetSettings target(String name, String vector, int tooFew) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            List<String> vectors = new ArrayList<>();
            for (JsonNode text : new JsonMapper().readTree(body).path("texts")) {
                asked.add(name + ": " + text.asText());
                vectors.add(vector);
            }
            int count = Math.max(0, vectors.size() - tooFew);
            byte[] bytes = ("{\"embeddings\":[" + String.join(",", vectors.subList(0, count)) + "]}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        servers.add(server);
        return new TargetSettings.Address(
                name,
                Dialect.TEXTS,
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                "m");
    }

    private boolean validate(TargetSettings... targets) throws Exception {
        return new Validation(MODEL, new Bench.Folders(folder, folder, folder, folder)).run(List.of(targets), TEXTS);
    }

    private JsonNode written() throws IOException {
        return new JsonMapper().readTree(folder.resolve("m/validation.json").toFile());
    }

    @Test
    void run_nearVectors_everyPairIsWrittenAndGood() throws Exception {
        boolean good =
                validate(target("a", "[0.6,0.8]", 0), target("b", "[0.6001,0.8]", 0), target("c", "[0.6,0.8]", 0));

        assertThat(good).isTrue();
        assertThat(asked).hasSize(3 * TEXTS.size()).contains("a: text 0", "b: text 18", "c: text 7");
        assertThat(written().path("texts").asInt()).isEqualTo(TEXTS.size());
        assertThat(written().path("pairs"))
                .extracting(
                        pair -> pair.path("one").asText() + pair.path("other").asText())
                .containsExactly("ab", "ac", "bc");
        JsonNode first = written().path("pairs").path(0);
        assertThat(first.path("max_difference").asDouble()).isBetween(0.99e-4, 1.01e-4);
        assertThat(first.path("min_cosine").asDouble()).isBetween(0.9999, 0.9999999999);
        assertThat(written().path("pairs").path(1).path("max_difference").asDouble())
                .isZero();
    }

    @Test
    void run_oneIsFarFromTheOthers_notGood() throws Exception {
        boolean good = validate(target("a", "[0.6,0.8]", 0), target("b", "[0.6,0.8]", 0), target("c", "[0.8,0.6]", 0));

        assertThat(good).isFalse();
        assertThat(written().path("pairs").path(0).path("min_cosine").asDouble())
                .isGreaterThan(0.9999);
        assertThat(written().path("pairs").path(2).path("min_cosine").asDouble())
                .isBetween(0.959, 0.961);
    }

    @Test
    void run_vectorsThatAreNoNumbers_notGood() throws Exception {
        assertThat(validate(target("a", "[0.6,0.8]", 0), target("b", "[0,0]", 0)))
                .isFalse();
    }

    @Test
    void run_tooFewVectors_failsWithTheirNumber() throws Exception {
        TargetSettings one = target("a", "[0.6,0.8]", 1);

        assertThatThrownBy(() -> validate(one)).isInstanceOf(IOException.class).hasMessage("a gave 7 vectors for 8");
    }

    @Test
    void run_otherDimensions_failsWithBoth() throws Exception {
        TargetSettings two = target("a", "[0.6,0.8]", 0);
        TargetSettings three = target("b", "[0.6,0.8,0]", 0);

        assertThatThrownBy(() -> validate(two, three))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("2 numbers")
                .hasMessageContaining("3");
    }
}
