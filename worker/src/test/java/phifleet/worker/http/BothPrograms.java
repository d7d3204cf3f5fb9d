package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import phifleet.common.WorkerCard;
import phifleet.gateway.http.proxy.ProxySettings;
import phifleet.http.EdgeSettings;
import phifleet.http.RawClient;
import phifleet.http.caller.ApiKey;

/** A worker with a fake encoder and a gateway before it, with the same settings at their edges. */
final class BothPrograms implements AutoCloseable {
    static final String KEY = "Authorization: Bearer k\r\n";

    final TestWorker worker = new TestWorker(
            "{api-key: k, grpc: {port: 0}, http: {max-body-bytes: 300000, body-timeout-ms: 400, cors-origins:"
                    + " ['https://a.example']}}");
    private final GatewayBefore gateway;

    BothPrograms() {
        EdgeSettings edge = new EdgeSettings(
                new ApiKey("k"),
                null,
                List.of("https://a.example"),
                300_000,
                Duration.ofMillis(400),
                4096,
                Duration.ofSeconds(60),
                Duration.ofSeconds(600));
        ProxySettings usual = ProxySettings.DEFAULT;
        ProxySettings proxy = new ProxySettings(
                usual.bufferBytes(),
                usual.holdBytes(),
                Duration.ofMillis(300),
                usual.connectTimeout(),
                usual.keepAlive(),
                usual.attempts());
        gateway = new GatewayBefore(edge, "k", proxy, URI.create("http://127.0.0.1:" + worker.port));
    }

    int gateway() {
        return gateway.port();
    }

    /** Where both take gRPC calls. */
    List<Integer> callPorts() {
        return List.of(worker.server.grpcPort(), gateway.grpcPort());
    }

    List<Integer> ports() {
        return List.of(worker.port, gateway.port());
    }

    /** Who the gateway is told is in the fleet. */
    void members(List<WorkerCard> cards) {
        gateway.members(cards);
    }

    /** Asks both; the answers but for the time and whose they are must be equal. */
    String same(int status, String request) {
        String marked =
                request.replaceFirst("HTTP/1.1\r\n", "HTTP/1.1\r\nX-Request-Id: same\r\nOrigin: https://a.example\r\n");
        String one = ask(worker.port, marked);
        String other = ask(gateway.port(), marked);
        assertThat(other).as(request).isEqualTo(one);
        if (status > 0) {
            assertThat(one).as(request).startsWith("HTTP/1.1 " + status + " ");
        }
        return one;
    }

    /** The answer with its headers in order, but for those that differ by nature. */
    static String ask(int port, String request) {
        try (RawClient client = new RawClient(port)) {
            String answer = client.send(request).answer();
            int end = answer.indexOf("\r\n\r\n");
            assertThat(end).as(request).isPositive();
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

    @Override
    public void close() {
        gateway.close();
        worker.close();
    }
}
