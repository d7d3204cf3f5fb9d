package phifleet.benchmark.targets;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phifleet.benchmark.LoadDriver;
import phifleet.benchmark.LoadReport;
import phifleet.benchmark.Workload;

class VectorCheckTest {
    private final AtomicReference<String> answer = new AtomicReference<>("");
    private HttpServer server;
    private Target target;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/embed", exchange -> {
            byte[] bytes = answer.get().getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        target = new AddressedTarget(
                "t", URI.create("http://127.0.0.1:" + server.getAddress().getPort()), Dialect.TEXTS, "m");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private LoadReport ask(String given) throws InterruptedException {
        answer.set(given);
        Sample sample = new Sample("a", new float[] {0.6f, 0.8f});
        return new LoadDriver(target.url(), 1).run(Workload.inTurn(List.of(target.call(List.of(sample), Map.of()))), 1);
    }

    @Test
    void mismatch_rightVector_none() throws Exception {
        assertThat(ask("{\"embeddings\":[[0.6,0.8]]}").mismatches()).isZero();
    }

    @Test
    void mismatch_wrongOnes_saysWhat() throws Exception {
        assertThat(ask("{\"embeddings\":[[0.6,0.8],[0.6,0.8]]}").samples().getFirst())
                .contains("2 vectors came for 1 texts");
        assertThat(ask("{\"embeddings\":[[1]]}").samples().getFirst()).contains("has 1 numbers, and must have 2");
        assertThat(ask("{\"embeddings\":[[3.0,4.0]]}").samples().getFirst()).contains("norm is 5.0");
        assertThat(ask("{\"embeddings\":[[0.8,0.6]]}").samples().getFirst()).contains("a cosine is 0.960000");
        assertThat(ask("{\"embeddings\":[[NaN,0.6]]}").mismatches()).isEqualTo(1);
        assertThat(ask("nonsense").mismatches()).isEqualTo(1);
    }
}
