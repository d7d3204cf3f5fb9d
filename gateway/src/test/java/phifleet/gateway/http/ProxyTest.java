package phifleet.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phifleet.common.FleetHeaders;

/** What passes the gateway, and how, while nothing fails. */
@Timeout(60)
class ProxyTest {
    private static GatewayFixture fixture;

    @BeforeAll
    static void start() {
        fixture = new GatewayFixture(3);
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    /** Sends bytes as they are and reads until the far side closes. */
    private static String raw(String request) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), fixture.port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static String head(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    @Test
    void post_smallBody_isAnsweredByAWorker() throws Exception {
        HttpResponse<String> answer = fixture.post("/embed", "{\"texts\":[\"a\"]}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(FakeWorker.answer("{\"texts\":[\"a\"]}".getBytes(StandardCharsets.UTF_8)));
        assertThat(answer.headers().firstValue(FleetHeaders.WORKER_ID))
                .get()
                .asString()
                .startsWith("w");
        assertThat(answer.headers().firstValue(FleetHeaders.REQUEST_ID)).isPresent();
    }

    @Test
    void post_bodyLongerThanTheBuffer_isStreamedWhole() throws Exception {
        byte[] body = new byte[3 * 1024 * 1024 + 17];
        body[body.length - 1] = 7;

        assertThat(fixture.post("/ingest", body).body()).isEqualTo(FakeWorker.answer(body));
    }

    @Test
    void post_chunkedBodyOfUnknownLength_arrivesWhole() throws Exception {
        byte[] body = new byte[2 * 1024 * 1024 + 5];
        HttpResponse<String> answer = fixture.client.send(
                fixture.request("/ingest")
                        .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.body()).isEqualTo(FakeWorker.answer(body));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 8_192, 40_000, 65_536, 65_537, 5_000_000})
    void get_answerOfAnyLength_arrivesWhole(int bytes) throws Exception {
        HttpResponse<byte[]> answer = fixture.client.send(
                fixture.request("/predict?bytes=" + bytes).build(), HttpResponse.BodyHandlers.ofByteArray());

        assertThat(answer.body()).isEqualTo(FakeWorker.pattern(bytes));
    }

    @Test
    void get_slowReader_doesNotMakeTheGatewayHoldItAll() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), fixture.port)) {
            socket.getOutputStream()
                    .write("GET /predict?bytes=60000000 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            Thread.sleep(500);
            assertThat(fixture.inFlight()).isEqualTo(1);

            assertThat(in.readAllBytes().length).isGreaterThan(60_000_000);
        }
        GatewayFixture.await(() -> fixture.inFlight() == 0);
    }

    @Test
    void head_hasTheLengthAndNoBody() throws Exception {
        String answer = raw("HEAD /v2?bytes=10 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .containsIgnoringCase("content-length: 10")
                .endsWith("\r\n\r\n");
    }

    @Test
    void get_http10_isAnsweredWithoutChunks() throws Exception {
        String answer = raw("GET /x?chunks=2 HTTP/1.0\r\n\r\n");

        assertThat(answer)
                .contains("200 OK")
                .doesNotContainIgnoringCase("transfer-encoding")
                .contains("data: 2\n\ndata: 1");
    }

    @Test
    void status_ofTheWorker_passesAsItIs() throws Exception {
        assertThat(fixture.get("/x?status=418").statusCode()).isEqualTo(418);
        assertThat(fixture.get("/x?status=429").statusCode()).isEqualTo(429);
    }

    @Test
    void headers_ofOneHop_stopInBothDirections() throws Exception {
        String answer = raw(head(
                "GET /x HTTP/1.1",
                "Host: example.org",
                "Connection: close",
                "Connection: X-Mine",
                "X-Mine: hop",
                "Keep-Alive: timeout=5",
                "TE: trailers",
                "Proxy-Authorization: secret",
                "X-Other: end",
                "X-Forwarded-For: 10.1.1.1"));

        assertThat(answer).containsIgnoringCase("x-kept: end-to-end").doesNotContainIgnoringCase("x-secret");
        FakeWorker worker = fixture.workers.stream()
                .filter(candidate -> "end".equals(candidate.lastHeaders.get("X-Other")))
                .findFirst()
                .orElseThrow();
        assertThat(worker.lastHeaders.contains("X-Mine")).isFalse();
        assertThat(worker.lastHeaders.contains("Keep-Alive")).isFalse();
        assertThat(worker.lastHeaders.contains("TE")).isFalse();
        assertThat(worker.lastHeaders.contains("Proxy-Authorization")).isFalse();
        assertThat(worker.lastHeaders.get("X-Forwarded-For")).isEqualTo("10.1.1.1, 127.0.0.1");
        assertThat(worker.lastHeaders.get("X-Forwarded-Host")).isEqualTo("example.org");
        assertThat(worker.lastHeaders.get("X-Forwarded-Proto")).isEqualTo("http");
    }

    @Test
    void requestId_ofTheClient_reachesTheWorkerAndComesBack() throws Exception {
        HttpResponse<String> answer = fixture.post("/x", "", "X-Request-Id", "mine-1");

        assertThat(answer.headers().allValues("X-Request-Id")).containsExactly("mine-1");
        assertThat(fixture.workers).anyMatch(worker -> "mine-1".equals(worker.lastHeaders.get("X-Request-Id")));
    }

    @Test
    void expectContinue_isAnsweredBeforeTheBody() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), fixture.port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream()
                    .write(
                            "POST /x HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 3\r\nConnection: close\r\n\r\n"
                                    .getBytes(StandardCharsets.ISO_8859_1));
            byte[] first = socket.getInputStream().readNBytes("HTTP/1.1 100 Continue".length());
            assertThat(new String(first, StandardCharsets.ISO_8859_1)).isEqualTo("HTTP/1.1 100 Continue");
            socket.getOutputStream().write("abc".getBytes(StandardCharsets.ISO_8859_1));
            String rest = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(rest).contains("200 OK").endsWith(FakeWorker.answer("abc".getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void expectContinue_forABodyThatIsTooLong_isRefusedBeforeIt() throws Exception {
        String answer = raw(
                "POST /v1/embeddings HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 99999999\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 413")
                .contains("\"type\":\"invalid_request_error\"")
                .contains("8388608");
    }

    @Test
    void chunkedBody_thatTurnsOutTooLong_isRefused() throws Exception {
        HttpResponse<String> answer = fixture.client.send(
                fixture.request("/embed")
                        .POST(HttpRequest.BodyPublishers.ofInputStream(
                                () -> new ByteArrayInputStream(new byte[9 * 1024 * 1024])))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(413);
        GatewayFixture.await(() -> fixture.inFlight() == 0);
    }

    @Test
    void body_thatDoesNotCome_isGivenUp() throws Exception {
        String answer = raw("POST /v2/models/m/infer HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc");

        assertThat(answer).startsWith("HTTP/1.1 408").contains("{\"error\":\"");
    }

    @Test
    void post_workerAnswersBeforeItHasReadAFlowingBody_clientMaySendItAll() throws Exception {
        int length = 8 << 20;
        byte[] part = new byte[64 * 1024];
        try (Socket socket = new Socket()) {
            socket.setSendBufferSize(part.length);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), fixture.port));
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(head("POST /x?early=413 HTTP/1.1", "Host: x", "Content-Length: " + length)
                    .getBytes(StandardCharsets.ISO_8859_1));
            for (int sent = 0; sent < length; sent += part.length) {
                out.write(part);
            }
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .startsWith("HTTP/1.1 413 ")
                    .containsIgnoringCase("connection: close")
                    .endsWith("{\"error\":\"early\"}");
        }
    }

    @Test
    void websocket_isRefusedClearly() throws Exception {
        String answer = raw(head(
                        "GET /ws HTTP/1.1",
                        "Host: h",
                        "Connection: Upgrade",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")
                + head("GET /health/live HTTP/1.1", "Host: h", "Connection: close"));

        assertThat(answer).contains("501").contains("WebSocket");
    }

    @Test
    void events_ofAWorker_passAsTheyCome() throws Exception {
        long start = System.nanoTime();
        HttpResponse<InputStream> answer = fixture.client.send(
                fixture.request("/stream?chunks=10").build(), HttpResponse.BodyHandlers.ofInputStream());
        byte[] first = answer.body().readNBytes(10);
        long firstAfter = System.nanoTime() - start;
        answer.body().readAllBytes();
        long allAfter = System.nanoTime() - start;

        assertThat(new String(first, StandardCharsets.UTF_8)).startsWith("data: 10");
        assertThat(firstAfter).isLessThan(allAfter - 200_000_000);
    }

    @Test
    void h2c_withPriorKnowledge_isServed() throws Exception {
        var client = fixture.vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
        CompletableFuture<String> body = client.request(new RequestOptions()
                        .setHost("127.0.0.1")
                        .setPort(fixture.port)
                        .setMethod(HttpMethod.POST)
                        .setURI("/embed"))
                // On the client's loop: asked for from here, the body may be past.
                .compose(request ->
                        request.send("abc").compose(answer -> answer.body().map(text -> answer.version() + " " + text)))
                .toCompletionStage()
                .toCompletableFuture();

        assertThat(body.get()).isEqualTo("HTTP_2 " + FakeWorker.answer("abc".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void deadline_passes_is504AndTheWorkerHearsOfIt() throws Exception {
        int cancelled = fixture.workers.stream()
                .mapToInt(worker -> worker.cancelled.get())
                .sum();

        HttpResponse<String> answer = fixture.post("/x?delay=3000", "", "X-Request-Timeout-Ms", "200");

        assertThat(answer.statusCode()).isEqualTo(504);
        GatewayFixture.await(() -> fixture.workers.stream()
                        .mapToInt(worker -> worker.cancelled.get())
                        .sum()
                > cancelled);
        assertThat(fixture.inFlight()).isZero();
    }

    @Test
    void deadline_reachesTheWorkerLessTheTimeSpent() throws Exception {
        fixture.post("/x", "", "X-Request-Timeout-Ms", "7000", "X-Other", "deadline");

        FakeWorker worker = fixture.workers.stream()
                .filter(candidate -> "deadline".equals(candidate.lastHeaders.get("X-Other")))
                .findFirst()
                .orElseThrow();
        assertThat(Integer.parseInt(worker.lastHeaders.get("X-Request-Timeout-Ms")))
                .isBetween(5_000, 7_000);
    }

    @Test
    void client_thatHangsUp_cancelsTheWorkersRequest() throws Exception {
        int cancelled = fixture.workers.stream()
                .mapToInt(worker -> worker.cancelled.get())
                .sum();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), fixture.port)) {
            socket.getOutputStream()
                    .write("GET /x?delay=5000 HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            GatewayFixture.await(() -> fixture.inFlight() == 1);
        }
        GatewayFixture.await(() -> fixture.inFlight() == 0);
        GatewayFixture.await(() -> fixture.workers.stream()
                        .mapToInt(worker -> worker.cancelled.get())
                        .sum()
                > cancelled);
    }

    @Test
    void workers_path_goesToThatOne() throws Exception {
        for (int i = 0; i < 6; i++) {
            HttpResponse<String> answer = fixture.get("/workers/w1/x?bytes=3");
            assertThat(answer.headers().firstValue(FleetHeaders.WORKER_ID)).contains("w1");
            assertThat(answer.body()).hasSize(3);
        }
        assertThat(fixture.get("/workers/nobody/info").statusCode()).isEqualTo(404);
    }

    @Test
    void invalidHttp_isRefusedAndOthersAreServed() throws Exception {
        assertThat(raw("NONSENSE\r\n\r\n")).contains(" 400 ");
        assertThat(raw("GET / HTTP/1.1\r\nHost: h\r\nX: " + "a".repeat(100_000) + "\r\n\r\n"))
                .contains(" 431 ");
        assertThat(fixture.get("/x").statusCode()).isEqualTo(200);
    }
}
