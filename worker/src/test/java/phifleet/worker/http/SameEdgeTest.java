package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phifleet.common.WorkerCard;
import phifleet.gateway.balance.DirectorySettings;
import phifleet.gateway.balance.LeastConnections;
import phifleet.gateway.balance.WorkerDirectory;
import phifleet.gateway.balance.WorkerState;
import phifleet.gateway.http.GatewayServer;
import phifleet.gateway.http.ProxySettings;
import phifleet.http.ApiKey;
import phifleet.http.EdgeSettings;
import phifleet.http.RawClient;

/** The same bad request gets the same status, headers and body from a worker and from a gateway before it. */
class SameEdgeTest {
    private static final String KEY = "Authorization: Bearer k\r\n";
    private static final int MAX_BODY = 300_000;
    private static TestWorker worker;
    private static Vertx vertx;
    private static int gateway;

    @BeforeAll
    static void start() throws InterruptedException {
        worker = new TestWorker(
                "{api-key: k, http: {max-body-bytes: 300000, body-timeout-ms: 400, cors-origins: ['https://a.example']}}");
        vertx = Vertx.vertx();
        WorkerDirectory directory = new WorkerDirectory(DirectorySettings.DEFAULT, System::nanoTime);
        EdgeSettings edge = new EdgeSettings(
                new ApiKey("k"),
                List.of("https://a.example"),
                MAX_BODY,
                Duration.ofMillis(400),
                4096,
                Duration.ofSeconds(60),
                Duration.ofSeconds(600));
        GatewayServer server = new GatewayServer(
                vertx,
                directory,
                new GatewayServer.Settings(
                        "127.0.0.1", 0, 1, edge, "k", 0.2, 10, ProxySettings.DEFAULT, LeastConnections::new),
                "gateway-a",
                "1.2.3");
        server.prepare().await();
        gateway = server.listen().await();
        directory.members(List.of(
                new WorkerCard("worker-a", URI.create("http://127.0.0.1:" + worker.port), List.of(), "1.2.3", "cpu")));
        while (directory.snapshot().workers().stream().noneMatch(one -> one.state() == WorkerState.READY)) {
            Thread.sleep(5);
        }
    }

    @AfterAll
    static void stop() {
        vertx.close().await();
        worker.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/embed",
                "/",
                "/v1/embeddings",
                "/embeddings",
                "/similarity",
                "/tokenize",
                "/decode",
                "/rerank",
                "/predict",
                "/embed_all",
                "/embed_sparse",
                "/validate",
                "/validate/batch",
                "/v2/models/x/infer",
                "/nothing"
            })
    void badRequests_areRefusedAlikeOnEachPath(String path) {
        String json = "Content-Type: application/json\r\n";
        String good = "Content-Length: 2\r\n\r\n{}";
        same(401, "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + json + good);
        same(401, "POST " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer no\r\n" + json + good);
        same(400, "POST " + path + " HTTP/1.1\r\nHost: x\r\nHost: y\r\n" + KEY + json + good);
        same(400, "POST " + path + " HTTP/1.1\r\n" + KEY + json + good);
        if (!path.equals("/nothing") && !path.startsWith("/v2")) {
            same(413, "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + KEY + json + "Content-Length: 999999\r\n\r\n");
        }
        same(-1, "DELETE " + path + " HTTP/1.1\r\nHost: x\r\n" + KEY + "\r\n");
        same(-1, "POST " + path + " HTTP/1.1\r\nHost: x\r\nauthorization: bEARER k\r\n" + json + good);
        same(-1, "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + KEY + "Content-Type: text/plain\r\n" + good);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "0", "-5", "600001", "99999999999999999999", "1.5", ""})
    void deadlineThatIsNone_is400FromBothInTheDialectOfTheBody(String value) {
        for (String body : List.of("{\"texts\":[\"a\"]}", "{\"inputs\":\"a\"}")) {
            for (String path : List.of("/embed", "/v1/embeddings", "/validate", "/similarity")) {
                String answer = same(
                        -1,
                        "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + KEY
                                + "Content-Type: application/json\r\nX-Request-Timeout-Ms: " + value
                                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
                assertThat(answer).contains("a whole number from 1 to 600000").matches("(?s)HTTP/1.1 4(00|22) .*");
            }
        }
    }

    @Test
    void bodyThatDoesNotCome_is408FromBoth() {
        same(
                408,
                "POST /embed HTTP/1.1\r\nHost: x\r\n" + KEY
                        + "Content-Type: application/json\r\nContent-Length: 20\r\n\r\n{\"inp");
    }

    /** Asks both; the answers but for the time and whose they are must be equal. */
    private static String same(int status, String request) {
        String marked =
                request.replaceFirst("HTTP/1.1\r\n", "HTTP/1.1\r\nX-Request-Id: same\r\nOrigin: https://a.example\r\n");
        String one = ask(worker.port, marked);
        String other = ask(gateway, marked);
        assertThat(other).as(request).isEqualTo(one);
        if (status > 0) {
            assertThat(one).as(request).startsWith("HTTP/1.1 " + status + " ");
        }
        return one;
    }

    private static String ask(int port, String request) {
        try (RawClient client = new RawClient(port)) {
            String answer = client.send(request).answer();
            int end = answer.indexOf("\r\n\r\n");
            TreeMap<String, String> headers = new TreeMap<>();
            String[] lines = answer.substring(0, end).split("\r\n", -1);
            for (int i = 1; i < lines.length; i++) {
                String name = lines[i].substring(0, lines[i].indexOf(':')).toLowerCase(Locale.ROOT);
                if (!name.equals("x-worker-id") && !name.equals("date") && !name.equals("connection")) {
                    headers.put(name, lines[i].substring(name.length() + 1).strip());
                }
            }
            return lines[0] + "\n" + headers + "\n" + answer.substring(end + 4);
        }
    }
}
