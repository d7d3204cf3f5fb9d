package phifleet.benchmark;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * A worker that takes a known time for each request and serves one after the other, without using a processor: what is measured
 * with it is how requests were spread, whatever else the machine does. Ends with {@link #close}.
 */
final class PacedWorker implements AutoCloseable {
    private static final byte[] INFO = "{\"status\":\"ready\"}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] ANSWER = "{\"embeddings\":[[0.5]]}".getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore turn = new Semaphore(1, true);
    private final Duration time;

    private PacedWorker(Duration time) throws IOException {
        this.time = time;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.setExecutor(threads);
        server.createContext("/info", exchange -> answer(exchange, INFO));
        server.createContext("/", this::serve);
    }

    static PacedWorker start(Duration time) throws IOException {
        PacedWorker worker = new PacedWorker(time);
        worker.server.start();
        return worker;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    String id() {
        return "paced-" + server.getAddress().getPort();
    }

    private void serve(HttpExchange exchange) throws IOException {
        turn.acquireUninterruptibly();
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            turn.release();
        }
        answer(exchange, ANSWER);
    }

    private void answer(HttpExchange exchange, byte[] body) {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("X-Worker-Id", id());
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
