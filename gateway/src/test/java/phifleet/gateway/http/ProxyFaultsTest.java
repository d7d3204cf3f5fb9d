package phifleet.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phifleet.common.FleetHeaders;
import phifleet.common.WorkerCard;
import phifleet.common.WorkerCard.HeldModel;
import phifleet.gateway.balance.DirectorySettings;
import phifleet.gateway.balance.EjectionRule;
import phifleet.gateway.balance.WorkerState;

/** What becomes of requests when workers fail, leave, freeze or vanish. */
@Timeout(60)
class ProxyFaultsTest {
    private static String workerOf(HttpResponse<?> answer) {
        return answer.headers().firstValue(FleetHeaders.WORKER_ID).orElse("none");
    }

    @Test
    void workerThatDiesBeforeItsHead_isReplacedByAnother() throws Exception {
        try (GatewayFixture fixture = new GatewayFixture(2)) {
            for (int i = 0; i < 20; i++) {
                HttpResponse<String> answer = fixture.post("/x?die=head&only=w0", "abc");
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(workerOf(answer)).isEqualTo("w1");
            }
            assertThat(fixture.inFlight()).isZero();
        }
    }

    @Test
    void workerWithTooMuchToDo_isPassedOver_andItsRefusalGoesOutWhereNoOtherIs() throws Exception {
        try (GatewayFixture fixture = new GatewayFixture(2)) {
            for (int i = 0; i < 20; i++) {
                HttpResponse<String> answer = fixture.post("/x?status=429&only=w0", "abc");
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(workerOf(answer)).isEqualTo("w1");
            }
            assertThat(fixture.post("/x?status=429", "abc").statusCode()).isEqualTo(429);
            assertThat(fixture.post("/workers/w0/x?status=429", "abc").statusCode())
                    .isEqualTo(429);
            assertThat(fixture.inFlight()).isZero();
        }
        try (GatewayFixture alone = new GatewayFixture(1)) {
            assertThat(alone.post("/x?status=429", "abc").statusCode()).isEqualTo(429);
        }
    }

    @Test
    void workerThatDiesWithinAShortAnswer_isReplacedByAnother() throws Exception {
        try (GatewayFixture fixture = new GatewayFixture(2)) {
            for (int i = 0; i < 20; i++) {
                HttpResponse<String> answer = fixture.post("/x?die=body&only=w0", "abc");
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(workerOf(answer)).isEqualTo("w1");
            }
            assertThat(fixture.post("/workers/w0/x?die=body", "abc").statusCode())
                    .isEqualTo(502);
            assertThat(fixture.inFlight()).isZero();
        }
    }

    @Test
    void workerThatDiesWithinALongAnswer_breaksTheConnectionRatherThanPretend() {
        try (GatewayFixture fixture = new GatewayFixture(2)) {
            assertThatThrownBy(() -> fixture.get("/x?die=body&bytes=1000000")).isInstanceOf(IOException.class);
            assertThat(fixture.inFlight()).isZero();
        }
    }

    @Test
    void killedWorker_losesNothingAndIsPassedOver() throws Exception {
        try (GatewayFixture fixture = new GatewayFixture(3);
                ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
            AtomicBoolean over = new AtomicBoolean();
            AtomicInteger answered = new AtomicInteger();
            List<Future<List<Integer>>> statuses = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                statuses.add(users.submit(() -> {
                    List<Integer> bad = new ArrayList<>();
                    while (!over.get()) {
                        int status = fixture.post("/x?delay=5", "abc").statusCode();
                        answered.incrementAndGet();
                        if (status != 200) {
                            bad.add(status);
                        }
                    }
                    return bad;
                }));
            }
            GatewayFixture.await(() -> answered.get() > 300);
            fixture.workers.get(0).kill();
            int atKill = answered.get();
            GatewayFixture.await(() -> answered.get() > atKill + 600);
            over.set(true);
            for (Future<List<Integer>> one : statuses) {
                assertThat(one.get()).isEmpty();
            }
            assertThat(fixture.directory.find("w0").orElseThrow().state()).isEqualTo(WorkerState.EJECTED);
            assertThat(fixture.inFlight()).isZero();
        }
    }

    @Test
    void drainingWorker_thatStillGetsARequest_handsItOn() throws Exception {
        try (GatewayFixture fixture = new GatewayFixture(2)) {
            fixture.workers.get(0).status = "draining";
            for (int i = 0; i < 10; i++) {
                HttpResponse<String> answer = fixture.post("/x", "abc");
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(workerOf(answer)).isEqualTo("w1");
            }
        }
    }

    @Test
    void workerThatLeaves_finishesWhatItHas() throws Exception {
        try (GatewayFixture fixture = new GatewayFixture(2)) {
            CompletableFuture<HttpResponse<String>> slow = fixture.client.sendAsync(
                    fixture.request("/workers/w0/x?delay=1500").build(), HttpResponse.BodyHandlers.ofString());
            GatewayFixture.await(() -> fixture.inFlight() == 1);

            fixture.announce(fixture.workers.get(1));

            assertThat(fixture.directory.find("w0").orElseThrow().state()).isEqualTo(WorkerState.DRAINING);
            assertThat(workerOf(fixture.get("/x"))).isEqualTo("w1");
            assertThat(slow.get().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void frozenWorker_isPassedOverAndItsRequestsAreReplayed() throws Exception {
        DirectorySettings quick = new DirectorySettings(
                EjectionRule.DEFAULT, 256, Duration.ofMillis(1_500), Duration.ofSeconds(60), Duration.ofSeconds(30), 0);
        try (GatewayFixture fixture = new GatewayFixture(2, GatewayFixture.PROXY, null, quick)) {
            FakeWorker frozen = fixture.workers.get(0);
            frozen.frozen = true;
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(fixture.client.sendAsync(
                        fixture.request("/x?delay=20").build(), HttpResponse.BodyHandlers.ofString()));
            }
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                assertThat(answer.get().statusCode()).isEqualTo(200);
                assertThat(workerOf(answer.get())).isEqualTo("w1");
            }
            assertThat(fixture.directory.find("w0").orElseThrow().state()).isEqualTo(WorkerState.EJECTED);

            frozen.frozen = false;
            GatewayFixture.await(
                    () -> fixture.directory.find("w0").orElseThrow().state() == WorkerState.READY);
        }
    }

    @Test
    void serverErrorsInARow_ejectAtMostHalf() throws Exception {
        try (GatewayFixture fixture = new GatewayFixture(2)) {
            for (int i = 0; i < 40; i++) {
                assertThat(fixture.get("/x?status=500").statusCode()).isEqualTo(500);
            }
            assertThat(fixture.directory.snapshot().workers().stream()
                            .filter(worker -> worker.state() == WorkerState.EJECTED))
                    .hasSize(1);
        }
    }

    @Test
    void allVanishAtOnce_theLastOnesAreKept() throws Exception {
        try (GatewayFixture fixture = new GatewayFixture(2)) {
            fixture.announce();
            Thread.sleep(300);
            assertThat(fixture.get("/x").statusCode()).isEqualTo(200);
            assertThat(fixture.directory.snapshot().panic()).isTrue();
        }
    }

    @Test
    void noWorkerAtAll_waitsAndThenSaysSoInTheDialect() throws Exception {
        try (GatewayFixture fixture = new GatewayFixture(0)) {
            long start = System.nanoTime();
            HttpResponse<String> answer = fixture.post("/v1/embeddings", "{}");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
            assertThat(answer.body()).contains("\"type\":\"server_error\"").contains("no worker is ready");
            assertThat(System.nanoTime() - start).isGreaterThan(500_000_000);
        }
    }

    @Test
    void noWorkerAtAll_behindAProxyWithAFallback_hangsUpSoThatTheRequestMovesOn() throws Exception {
        try (GatewayFixture fixture = new GatewayFixture(0)) {
            assertThatThrownBy(() -> fixture.post("/embed", "{}", FleetHeaders.FALLBACK, "yes"))
                    .isInstanceOf(IOException.class);
            assertThat(fixture.post("/embed", "{}").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void workerThatComesWhileARequestWaits_takesIt() throws Exception {
        try (GatewayFixture fixture = new GatewayFixture(0)) {
            CompletableFuture<HttpResponse<String>> waiting =
                    fixture.client.sendAsync(fixture.request("/x").build(), HttpResponse.BodyHandlers.ofString());
            Thread.sleep(200);
            fixture.announce(FakeWorker.start(fixture.vertx, "late"));

            assertThat(waiting.get().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void everyWorkerRefusesConnections_theRequestWaitsForOneThatTakesIt() throws Exception {
        try (GatewayFixture fixture = new GatewayFixture(
                2, GatewayFixture.waiting(Duration.ofSeconds(15)), null, DirectorySettings.DEFAULT)) {
            fixture.workers.forEach(FakeWorker::kill);
            List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                waiting.add(
                        fixture.client.sendAsync(fixture.request("/x").build(), HttpResponse.BodyHandlers.ofString()));
            }
            // Longer than five tries at either would take.
            Thread.sleep(2_500);
            assertThat(waiting).noneMatch(CompletableFuture::isDone);
            fixture.announce(FakeWorker.start(fixture.vertx, "late"));

            for (CompletableFuture<HttpResponse<String>> answer : waiting) {
                assertThat(answer.get().statusCode()).isEqualTo(200);
            }
            assertThat(fixture.inFlight()).isZero();
        }
    }

    @Test
    void everyWorkerRefusesConnections_whoeverWaitedLongEnoughIsTold() throws Exception {
        try (GatewayFixture fixture = new GatewayFixture(2)) {
            fixture.workers.forEach(FakeWorker::kill);
            HttpResponse<String> answer = fixture.post("/x", "abc");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("no_worker");
            assertThatThrownBy(() -> fixture.post("/embed", "{}", FleetHeaders.FALLBACK, "yes"))
                    .isInstanceOf(IOException.class);
            assertThat(fixture.inFlight()).isZero();
        }
    }

    @Test
    void model_isServedByAWorkerThatHoldsIt() throws Exception {
        try (GatewayFixture fixture = new GatewayFixture(0)) {
            FakeWorker text = FakeWorker.start(fixture.vertx, "text");
            FakeWorker image = FakeWorker.start(fixture.vertx, "image");
            fixture.directory.members(List.of(
                    text.card(new HeldModel("mini", "sentence-encoder")),
                    image.card(new HeldModel("yolo", "detector"))));
            GatewayFixture.await(() -> fixture.ready() == 2);
            for (int i = 0; i < 8; i++) {
                assertThat(workerOf(fixture.post("/predict/yolo", "x"))).isEqualTo("image");
                assertThat(workerOf(fixture.get("/v2/models/mini/ready"))).isEqualTo("text");
                assertThat(workerOf(fixture.post("/v1/embeddings", "{\"input\":\"a\",\"model\":\"mini\"}")))
                        .isEqualTo("text");
                assertThat(workerOf(fixture.post("/embed", "{\"texts\":[\"a\"]}")))
                        .isEqualTo("text");
            }
            assertThat(fixture.post("/predict/nobody-knows-it", "x").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void equalWorkers_serveEvenly() throws Exception {
        try (GatewayFixture fixture = new GatewayFixture(3);
                ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
            AtomicInteger left = new AtomicInteger(1_500);
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                running.add(users.submit(() -> {
                    while (left.getAndDecrement() > 0) {
                        fixture.post("/x?delay=4", "abc");
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
            Map<String, Integer> seen = new HashMap<>();
            fixture.workers.forEach(worker -> seen.put(worker.id, worker.seen.get()));
            int most = seen.values().stream().max(Integer::compare).orElseThrow();
            int least = seen.values().stream().min(Integer::compare).orElseThrow();
            assertThat(most).as("%s", seen).isLessThanOrEqualTo((int) (1.15 * least));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 999999 Odd\r\nContent-Length: 2\r\n\r\nhi",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n",
                "HTTP/1.1 600 Odd\r\nContent-Length: 2\r\n\r\nhi",
                "HTTP/1.1 000 Odd\r\nContent-Length: 2\r\n\r\nhi",
                "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nhi",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nhi",
                "nonsense\r\n\r\n",
            })
    void workerWhoseAnswerIsNoHttp_isA502AtOnce(String answer) throws Exception {
        try (ServerSocket odd = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                GatewayFixture fixture = new GatewayFixture(0)) {
            Thread.ofVirtual().start(() -> answerAll(odd, answer));
            fixture.directory.members(List.of(new WorkerCard(
                    "odd", URI.create("http://127.0.0.1:" + odd.getLocalPort()), List.of(), "0.1.0", "cpu")));
            GatewayFixture.await(() -> fixture.ready() == 1);

            HttpResponse<String> got = fixture.post("/workers/odd/embed", "{}");

            assertThat(got.statusCode()).isEqualTo(502);
            assertThat(fixture.inFlight()).isZero();
        }
    }

    /** Says at {@code /info} that all is well, and at every other path the same bytes. */
    private static void answerAll(ServerSocket server, String answer) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> {
                    try (socket) {
                        byte[] head = new byte[4096];
                        int read = socket.getInputStream().read(head);
                        String asked = new String(head, 0, Math.max(read, 0), StandardCharsets.ISO_8859_1);
                        boolean probe = asked.startsWith("GET /info");
                        String said =
                                probe ? "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}" : answer;
                        socket.getOutputStream().write(said.getBytes(StandardCharsets.ISO_8859_1));
                        Thread.sleep(probe ? 0 : 2_000);
                    } catch (IOException | InterruptedException gone) {
                        // The gateway hangs up on what it does not understand.
                    }
                });
            } catch (IOException closed) {
                return;
            }
        }
    }

    @Test
    void bodiesThatTrickle_holdNoWorker() throws Exception {
        try (GatewayFixture fixture = new GatewayFixture(1)) {
            List<Socket> slow = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), fixture.port);
                slow.add(socket);
                socket.getOutputStream()
                        .write("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 4000000\r\n\r\n{"
                                .getBytes(StandardCharsets.ISO_8859_1));
            }
            assertThat(fixture.post("/x", "abc").statusCode()).isEqualTo(200);
            assertThat(fixture.inFlight()).isZero();
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }
}
