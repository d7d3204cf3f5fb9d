package phifleet.worker.fuzz;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are HTTP/1.1, or nearly. Whatever they are, at least one answer comes before the connection ends: when the bytes
 * asked for none, to a request that is sent behind them.
 */
record FramingTarget(String name, int port, int threads) implements Target {
    /** So long an answer may take; bodies that do not come are given up well before. */
    private static final int PATIENCE_MS = 30_000;

    private static final int SOON_MS = 250;
    private static final byte[] LAST =
            bytes("\r\n\r\nGET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    private static final List<String> METHODS =
            List.of("POST", "POST", "POST", "GET", "HEAD", "OPTIONS", "PUT", "CONNECT", "PRI", "get", "P(ST", "");
    private static final List<String> TARGETS = List.of(
            "/embed",
            "/embed",
            "/v1/embeddings",
            "/validate",
            "/health",
            "/",
            "/nothing",
            "*",
            "",
            "/%",
            "/%zz",
            "//",
            "/a b",
            "http://x/embed",
            "/embed?x=%00",
            "/../..",
            "/workers/x/embed",
            "/workers/",
            "/v1/models/%2f",
            "/assets/../x",
            "/embed#f",
            "/\u00e9",
            "/" + "a".repeat(20_000));
    private static final List<String> VERSIONS = List.of(
            "HTTP/1.1",
            "HTTP/1.1",
            "HTTP/1.1",
            "HTTP/1.0",
            "HTTP/2.0",
            "HTTP/0.9",
            "HTTP/9.9",
            "HTTP/1.1 ",
            "http/1.1",
            "");
    private static final List<String> HEADERS = List.of(
            "Content-Length: 15",
            "Content-Length: 15",
            "Content-Length: 14",
            "Content-Length: 0",
            "Content-Length: -1",
            "Content-Length: +15",
            "Content-Length: 15, 15",
            "Content-Length: 0x0f",
            "Content-Length: 99999999999999999999",
            "Content-Length: 16777216",
            "Content-Length: ",
            "Transfer-Encoding: chunked",
            "Transfer-Encoding: chunked",
            "Transfer-Encoding: chunked, identity",
            "Transfer-Encoding: gzip, chunked",
            "Transfer-Encoding: identity",
            "Transfer-Encoding : chunked",
            "Transfer-Encoding:\tchunked",
            "Content-Type: application/json",
            "Content-Type: application/json",
            "Content-Type: text/plain",
            "Content-Type: application/json; charset=latin1",
            "Content-Encoding: gzip",
            "Content-Encoding: deflate",
            "Content-Encoding: br",
            "Expect: 100-continue",
            "Expect: x",
            "Connection: close",
            "Connection: keep-alive, Host, Content-Length",
            "Connection: upgrade",
            "Upgrade: websocket",
            "Upgrade: h2c",
            "HTTP2-Settings: AAMAAABkAAQAAP__",
            "Sec-WebSocket-Key: x",
            "Host: y",
            "host:",
            "Origin: null",
            "X-Request-Id: \u0001",
            "X-Request-Timeout-Ms: 0",
            "X-Phi-Priority: batch",
            "Authorization: Bearer",
            " folded: x",
            "\tfolded",
            "no colon",
            ": no name",
            "X-Nul: a\u0000b",
            "X-Cr: a\rb",
            "X-Long: " + "x".repeat(40_000),
            "Accept-Encoding: gzip",
            "Accept-Encoding: *;q=nan",
            "TE: trailers",
            "Trailer: x",
            "Range: bytes=0-");
    private static final List<String> BODIES = List.of(
            "{\"texts\":[\"a\"]}",
            "{\"texts\":[\"a\"]}",
            "f\r\n{\"texts\":[\"a\"]}\r\n0\r\n\r\n",
            "f;e=1\r\n{\"texts\":[\"a\"]}\r\n0\r\nT: x\r\n\r\n",
            "F\n{\"texts\":[\"a\"]}\n0\n\n",
            "100000000f\r\n{\"texts\":[\"a\"]}\r\n0\r\n\r\n",
            "-1\r\n",
            "0x0f\r\n",
            "7fffffff\r\n",
            "ffffffffffffffff\r\n",
            "0\r\n\r\n",
            "0\r\nX: " + "x".repeat(40_000) + "\r\n\r\n",
            "2\r\n{}0\r\n\r\n",
            "\r\n",
            "",
            "GET /health HTTP/1.1\r\nHost: x\r\n\r\n",
            "\u001f\u008b\u0008\u0000\u0000\u0000\u0000\u0000",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

    @Override
    public @Nullable String attack(SplittableRandom random) throws IOException {
        byte[] input = input(random);
        String complaint = outcome(input, random);
        return complaint == null ? null : complaint + "\n" + Mutations.shown(input);
    }

    private static byte[] input(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        for (int requests = random.nextInt(8) == 0 ? 1 + random.nextInt(4) : 1; requests > 0; requests--) {
            text.append(Mutations.one(METHODS, random)).append(' ').append(Mutations.one(TARGETS, random));
            text.append(' ').append(Mutations.one(VERSIONS, random)).append("\r\n");
            if (random.nextInt(8) > 0) {
                text.append("Host: x\r\n");
            }
            for (int headers = random.nextInt(6); headers > 0; headers--) {
                text.append(Mutations.one(HEADERS, random)).append(random.nextInt(20) == 0 ? "\n" : "\r\n");
            }
            text.append("\r\n").append(Mutations.one(BODIES, random));
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        return random.nextInt(5) < 2 ? Mutations.of(bytes, random) : bytes;
    }

    private @Nullable String outcome(byte[] input, RandomGenerator random) throws IOException {
        if (new String(input, StandardCharsets.ISO_8859_1).startsWith("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")) {
            return null; // The rest of the connection is HTTP/2, and its answers are frames.
        }
        try (Wire wire = new Wire(port, SOON_MS)) {
            send(wire, input, random);
            Wire.Head head;
            try {
                head = wire.head();
            } catch (SocketTimeoutException nothingYet) {
                wire.patience(PATIENCE_MS);
                quietly(wire, LAST);
                head = wire.head();
            }
            return head.status() >= 500 && !honest(head.status()) ? "status " + head.status() : null;
        } catch (SocketTimeoutException e) {
            return "no answer within " + PATIENCE_MS + " ms";
        } catch (ProtocolException e) {
            return "an answer that is no HTTP: " + e.getMessage();
        } catch (EOFException | SocketException e) {
            return "closed without an answer: " + e.getMessage();
        }
    }

    /** 501 is for WebSockets, 505 for another HTTP. */
    static boolean honest(int status) {
        return status == 503 || status == 504 || status == 501 || status == 505;
    }

    private static void send(Wire wire, byte[] input, RandomGenerator random) {
        int cut = random.nextInt(4) == 0 ? random.nextInt(input.length + 1) : input.length;
        quietly(wire, java.util.Arrays.copyOf(input, cut));
        quietly(wire, java.util.Arrays.copyOfRange(input, cut, input.length));
    }

    /** A server that has answered may close while the rest is sent. */
    private static void quietly(Wire wire, byte[] bytes) {
        try {
            wire.send(bytes);
        } catch (IOException e) {
            // The answer, if there is one, is read next.
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
