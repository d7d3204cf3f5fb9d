package phifleet.webui.browser;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Another host with pictures, some of which pages may read, and some that are none. Thread-safe. */
final class PictureHost implements AutoCloseable {
    private static final int CHUNK_BYTES = 1024 * 1024;
    private static final int MOST_CHUNKS = 64;

    private final HttpServer server;
    private final int port;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch end = new CountDownLatch(1);
    private final byte[] picture;
    private final List<Headers> asked = new CopyOnWriteArrayList<>();

    PictureHost(Path picture) throws IOException {
        this.picture = Files.readAllBytes(picture);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
        port = server.getAddress().getPort();
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** The headers of every request so far. */
    List<Headers> asked() {
        return asked;
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestHeaders());
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (!path.equals("/closed.jpg")) {
                exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
            }
            switch (path) {
                case "/cat.jpg", "/closed.jpg" -> send(exchange, "image/jpeg", picture);
                case "/nameless" -> send(exchange, "application/octet-stream", picture);
                case "/elsewhere" -> {
                    exchange.getResponseHeaders().set("Location", "/cat.jpg");
                    exchange.sendResponseHeaders(302, -1);
                }
                case "/page" -> send(exchange, "text/html; charset=utf-8", text("<p>a page about a picture"));
                case "/liar.jpg" -> send(exchange, "image/jpeg", text("<svg onload='alert(1)'>"));
                case "/endless.jpg" -> endless(exchange);
                case "/slow.jpg" -> slow(exchange);
                case "/cut.jpg" -> {
                    exchange.getResponseHeaders().set("Content-Type", "image/jpeg");
                    exchange.sendResponseHeaders(200, picture.length);
                    exchange.getResponseBody().write(picture, 0, picture.length / 2);
                }
                default -> exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private static void send(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    /** Says no length, and goes on for longer than anybody should read. */
    private static void endless(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "image/jpeg");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            for (int i = 0; i < MOST_CHUNKS; i++) {
                out.write(new byte[CHUNK_BYTES]);
            }
        }
    }

    private void slow(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "image/jpeg");
        exchange.sendResponseHeaders(200, picture.length);
        exchange.getResponseBody().write(picture, 0, 1);
        exchange.getResponseBody().flush();
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
