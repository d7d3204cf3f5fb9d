package phifleet.worker.http;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import phifleet.common.settings.SettingsReader;
import phifleet.inference.Catalogue;
import phifleet.worker.http.state.WorkerState;

/**
 * What the HTTP layer costs by itself: one client, one text a request, an encoder of 384 dimensions that answers at once. Prints the
 * round trip and the event loop's CPU time a request, for each form of answer.
 */
final class HttpLayerBench {
    private static final int WARM_UP = 30_000;
    private static final int REQUESTS = 30_000;
    private static final String TEXT = "The quick brown fox jumps over the lazy dog, as in every test.";

    private HttpLayerBench() {}

    public static void main(String[] arguments) throws Exception {
        HttpSettings settings = HttpSettings.read(
                SettingsReader.ofYaml("bench", "http: {port: 0, host: 127.0.0.1, event-loops: 1}", "", Map.of())
                        .root(),
                2);
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        FakeEncoder encoder = new FakeEncoder(384, "fake");
        encoder.lane((submission, outcome) -> {
            encoder.submissions.clear();
            outcome.accept(submission.completed());
            return new phifleet.inference.lane.Admission.Accepted(() -> {});
        });
        WorkerState state = WorkerState.ready(new Catalogue(List.of(encoder)));
        Vertx vertx = WorkerVertx.create(settings, registry);
        try (WorkerServer server = new WorkerServer(
                vertx, settings, TestWorker.view(() -> state), Optional::empty, new HttpMetrics(registry))) {
            int port = TestWorker.await(server.start());
            measure("health", port, "GET /health HTTP/1.1\r\nHost: x\r\n\r\n");
            measure("native", port, post("/embed", "{\"texts\":[\"" + TEXT + "\"]}"));
            measure(
                    "openai base64",
                    port,
                    post("/v1/embeddings", "{\"input\":\"" + TEXT + "\",\"encoding_format\":\"base64\"}"));
        } finally {
            TestWorker.await(vertx.close());
        }
    }

    private static String post(String path, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    private static void measure(String name, int port, String request) throws IOException {
        byte[] bytes = request.getBytes(StandardCharsets.UTF_8);
        byte[] buffer = new byte[64 * 1024];
        long[] nanos = new long[REQUESTS];
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            for (int i = 0; i < WARM_UP; i++) {
                roundTrip(bytes, buffer, in, out);
            }
            long cpu = eventLoopNanos();
            for (int i = 0; i < REQUESTS; i++) {
                long start = System.nanoTime();
                roundTrip(bytes, buffer, in, out);
                nanos[i] = System.nanoTime() - start;
            }
            cpu = eventLoopNanos() - cpu;
            Arrays.sort(nanos);
            System.out.printf(
                    "%-14s round trip p50 %.1f us, p99 %.1f us; event loop %.1f us of CPU a request%n",
                    name, nanos[REQUESTS / 2] / 1e3, nanos[REQUESTS * 99 / 100] / 1e3, cpu / 1e3 / REQUESTS);
        }
    }

    private static void roundTrip(byte[] request, byte[] buffer, InputStream in, OutputStream out) throws IOException {
        out.write(request);
        int size = 0;
        int end = -1;
        while (end < 0 || size < end) {
            int read = in.read(buffer, size, buffer.length - size);
            if (read < 0) {
                throw new IOException("the server closed the connection");
            }
            size += read;
            if (end < 0) {
                end = endOfAnswer(buffer, size);
            }
        }
    }

    /** -1 while the head is not whole. */
    private static int endOfAnswer(byte[] buffer, int size) {
        String head = new String(buffer, 0, Math.min(size, 1024), StandardCharsets.ISO_8859_1);
        int body = head.indexOf("\r\n\r\n");
        if (body < 0) {
            return -1;
        }
        int from = head.indexOf("content-length: ") + "content-length: ".length();
        return body + 4 + Integer.parseInt(head, from, head.indexOf("\r\n", from), 10);
    }

    private static long eventLoopNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (long id : threads.getAllThreadIds()) {
            var info = threads.getThreadInfo(id);
            if (info != null && info.getThreadName().startsWith("vert.x-eventloop")) {
                sum += threads.getThreadCpuTime(id);
            }
        }
        return sum;
    }
}
