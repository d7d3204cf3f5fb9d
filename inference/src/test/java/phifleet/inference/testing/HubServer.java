package phifleet.inference.testing;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A hub as small as a test needs it: the list of a model's files, small files from itself, large ones by a redirect to a second
 * server, with ranges. It can do all of it badly.
 */
public final class HubServer implements AutoCloseable {
    /** What goes wrong with the next answer for a file. */
    public sealed interface Fault {
        /** The connection ends after so many bytes. */
        record BreaksAfter(int bytes) implements Fault {}

        /** Nothing comes any more after so many bytes, until the server closes. */
        record StallsAfter(int bytes) implements Fault {}

        /** A byte in the middle is another. */
        record Garbled() implements Fault {}

        /** All of it, though a part was asked for. */
        record IgnoresRange() implements Fault {}

        /** Another part than was asked for. */
        record WrongRange() implements Fault {}

        /** A status and its headers in place of an answer. */
        record Refused(int status, Map<String, String> headers) implements Fault {}

        /** To another address. */
        record LeadsTo(String location) implements Fault {}
    }

    /**
     * A request that came.
     *
     * @param from the first byte asked for
     * @param token what authorises it; empty for nothing
     */
    public record Asked(String path, long from, String token) {}

    /** The commit of every model's main branch. */
    public static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    private final HttpServer hub;
    private final HttpServer store;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Map<String, byte[]>> models = new ConcurrentHashMap<>();
    private final Map<String, Deque<Fault>> faults = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    public HubServer() throws IOException {
        hub = start(this::answer);
        store = start(this::answerLarge);
    }

    private HttpServer start(HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", handler);
        server.start();
        return server;
    }

    /** What HF_ENDPOINT is to be. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + hub.getAddress().getPort());
    }

    public void add(String id, String path, byte[] content) {
        models.computeIfAbsent(id, name -> Collections.synchronizedMap(new TreeMap<>()))
                .put(path, content);
    }

    /** All files of a folder. */
    public void add(String id, Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                add(id, folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
    }

    /** What the next answers for a path will suffer, one each. A path is a file's, or a model's name for its list. */
    public void spoil(String path, Fault... next) {
        faults.computeIfAbsent(path, key -> new ArrayDeque<>()).addAll(List.of(next));
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.startsWith("/api/models/")) {
                String[] parts = path.substring("/api/models/".length()).split("/revision/", 2);
                list(exchange, parts[0], parts.length > 1 ? parts[1] : "main");
                return;
            }
            String[] parts = path.substring(1).split("/resolve/", 2);
            String file = parts.length < 2 ? "" : parts[1].substring(parts[1].indexOf('/') + 1);
            byte[] content = models.getOrDefault(parts[0], Map.of()).get(file);
            if (content == null) {
                refuse(exchange, 404, Map.of("X-Error-Code", "EntryNotFound"));
                return;
            }
            exchange.getResponseHeaders().set("X-Repo-Commit", COMMIT);
            if (isLarge(file)) {
                note(exchange, file);
                exchange.getResponseHeaders().set("X-Linked-Size", Integer.toString(content.length));
                exchange.getResponseHeaders().set("X-Linked-Etag", '"' + sha256(content) + '"');
                exchange.getResponseHeaders()
                        .set(
                                "Location",
                                "http://127.0.0.1:" + store.getAddress().getPort() + "/" + parts[0] + "/" + file);
                exchange.sendResponseHeaders(302, -1);
                return;
            }
            exchange.getResponseHeaders().set("ETag", '"' + gitSum(content) + '"');
            send(exchange, file, content);
        }
    }

    private void answerLarge(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring(1);
            for (Map.Entry<String, Map<String, byte[]>> model : models.entrySet()) {
                String file = path.startsWith(model.getKey() + "/")
                        ? path.substring(model.getKey().length() + 1)
                        : "";
                byte[] content = model.getValue().get(file);
                if (content != null) {
                    send(exchange, file, content);
                    return;
                }
            }
            refuse(exchange, 404, Map.of());
        }
    }

    private void list(HttpExchange exchange, String id, String revision) throws IOException {
        note(exchange, id);
        if (spoiled(exchange, next(id))) {
            return;
        }
        Map<String, byte[]> files = models.get(id);
        if (files == null) {
            refuse(exchange, 401, Map.of("X-Error-Code", "RepoNotFound"));
            return;
        }
        if (!List.of("main", "v1", COMMIT).contains(revision)) {
            refuse(exchange, 404, Map.of("X-Error-Code", "RevisionNotFound"));
            return;
        }
        ObjectNode answer = new JsonMapper().createObjectNode();
        answer.put("id", id).put("sha", COMMIT);
        ArrayNode siblings = answer.putArray("siblings");
        synchronized (files) {
            files.forEach((path, content) -> {
                ObjectNode file = siblings.addObject();
                file.put("rfilename", path).put("size", content.length).put("blobId", gitSum(content));
                if (isLarge(path)) {
                    file.putObject("lfs")
                            .put("sha256", sha256(content))
                            .put("size", content.length)
                            .put("pointerSize", 130);
                }
            });
        }
        byte[] json = answer.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, json.length);
        exchange.getResponseBody().write(json);
    }

    private void send(HttpExchange exchange, String file, byte[] content) throws IOException {
        note(exchange, file);
        @Nullable Fault fault = next(file);
        if (spoiled(exchange, fault)) {
            return;
        }
        long from = fault instanceof Fault.IgnoresRange ? 0 : from(exchange);
        byte[] sent = content.clone();
        if (fault instanceof Fault.Garbled && sent.length > 0) {
            sent[sent.length / 2] ^= 1;
        }
        int length = sent.length - (int) from;
        if (from > 0) {
            long said = fault instanceof Fault.WrongRange ? 0 : from;
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + said + "-" + (sent.length - 1) + "/" + sent.length);
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(length));
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, length == 0 ? -1 : length);
        OutputStream out = exchange.getResponseBody();
        int most = switch (fault) {
            case Fault.BreaksAfter(int bytes) -> Math.min(bytes, length);
            case Fault.StallsAfter(int bytes) -> Math.min(bytes, length);
            case null, default -> length;
        };
        out.write(sent, (int) from, most);
        out.flush();
        if (fault instanceof Fault.StallsAfter) {
            awaitEnd();
        }
        if (most < length) {
            // Or the server would wait for the rest.
            throw new IOException("broken off, as the test wants it");
        }
    }

    private void awaitEnd() {
        while (!closed) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private boolean spoiled(HttpExchange exchange, @Nullable Fault fault) throws IOException {
        switch (fault) {
            case Fault.Refused(int status, Map<String, String> headers) -> refuse(exchange, status, headers);
            case Fault.LeadsTo(String location) -> refuse(exchange, 307, Map.of("Location", location));
            case null, default -> {
                return false;
            }
        }
        return true;
    }

    private @Nullable Fault next(String path) {
        Deque<Fault> next = faults.get(path);
        if (next == null) {
            return null;
        }
        synchronized (next) {
            return next.poll();
        }
    }

    private static void refuse(HttpExchange exchange, int status, Map<String, String> headers) throws IOException {
        headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        exchange.sendResponseHeaders(status, -1);
    }

    private void note(HttpExchange exchange, String path) {
        String token = exchange.getRequestHeaders().getFirst("Authorization");
        asked.add(new Asked(path, from(exchange), token == null ? "" : token));
    }

    private static long from(HttpExchange exchange) {
        String range = exchange.getRequestHeaders().getFirst("Range");
        return range == null ? 0 : Long.parseLong(range.replaceAll("bytes=(\\d+)-.*", "$1"));
    }

    /** Whether a file is one that the Hub keeps elsewhere. */
    private static boolean isLarge(String path) {
        return path.matches(".*\\.(onnx|safetensors|bin|pt)|.*onnx_data|.*tokenizer\\.json");
    }

    private static String sha256(byte[] content) {
        return HexFormat.of().formatHex(digest("SHA-256").digest(content));
    }

    private static String gitSum(byte[] content) {
        MessageDigest digest = digest("SHA-1");
        digest.update(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(digest.digest(content));
    }

    private static MessageDigest digest(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        closed = true;
        hub.stop(0);
        store.stop(0);
        threads.shutdownNow();
    }
}
