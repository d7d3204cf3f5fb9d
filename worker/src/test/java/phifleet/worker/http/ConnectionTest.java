package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import phifleet.http.RawClient;
import phifleet.inference.lane.Admission;

/** What clients do to their connections, and what becomes of the worker then. */
class ConnectionTest {
    private static final String JSON_POST = "POST /embed HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
    private static final byte[] GOOD = "{\"texts\":[\"a\"]}".getBytes(StandardCharsets.UTF_8);
    private static TestWorker worker;

    @BeforeAll
    static void start() {
        worker = new TestWorker("http: {max-body-bytes: 300000, body-timeout-ms: 300}", 0, 4 * 1024 * 1024);
    }

    @AfterAll
    static void stop() {
        worker.close();
    }

    @AfterEach
    void nothingLeaks_andTheNextRequestIsServed() {
        worker.encoder.answer();
        assertThat(worker.post("/embed", "{\"texts\":[\"a\"]}").statusCode()).isEqualTo(200);
        worker.awaitIdle();
    }

    @Test
    void slowBody_is408AfterTheTimeout_andTheConnectionCloses() {
        try (RawClient client = worker.raw()) {
            client.send(JSON_POST + "Content-Length: 20\r\n\r\n{\"te");
            String answer = client.answer();
            assertThat(answer)
                    .startsWith("HTTP/1.1 408 ")
                    .contains("\"body_timeout\"")
                    .contains("connection: close");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void bodyThatTrickles_is408AllTheSame() throws Exception {
        try (RawClient client = worker.raw()) {
            client.send(JSON_POST + "Transfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 4; i++) {
                client.send("1\r\n{\r\n");
                Thread.sleep(100);
            }
            assertThat(client.answer()).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void bodyAnnouncedTooLarge_is413BeforeAnyOfIt() {
        try (RawClient client = worker.raw()) {
            client.send(JSON_POST + "Content-Length: 300001\r\n\r\n");
            assertThat(client.answer())
                    .startsWith("HTTP/1.1 413 ")
                    .contains("the body has 300001 bytes, at most 300000 are taken");
        }
    }

    @Test
    void bodyAnnouncedAbsurd_is413() {
        try (RawClient client = worker.raw()) {
            client.send(JSON_POST + "Content-Length: 999999999999999999\r\n\r\n");
            assertThat(client.answer()).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void chunkedBodyTooLarge_is413AtTheFirstByteOver() {
        try (RawClient client = worker.raw()) {
            client.send(
                    JSON_POST + "Transfer-Encoding: chunked\r\n\r\n493e0\r\n" + " ".repeat(300_000) + "\r\n1\r\n \r\n");
            assertThat(client.answer())
                    .startsWith("HTTP/1.1 413 ")
                    .contains("more than 300000 bytes, at most 300000 are taken");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void bodyOfExactlyTheLimit_isTaken() {
        byte[] body = ("{\"texts\":[\"a\"]}" + " ".repeat(300_000 - GOOD.length)).getBytes(StandardCharsets.UTF_8);
        try (RawClient client = worker.raw()) {
            assertThat(client.post("/embed", body).answer()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void expectContinue_isAnsweredOnlyIfTheBodyMayCome() {
        try (RawClient client = worker.raw()) {
            client.send(JSON_POST + "Expect: 100-continue\r\nContent-Length: " + GOOD.length + "\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 100 ");
            assertThat(client.send(GOOD).answer()).startsWith("HTTP/1.1 200 ");
            client.send(JSON_POST + "Expect: 100-continue\r\nContent-Length: 300001\r\n\r\n");
            assertThat(client.answer()).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void noBodyAtAll_isAnEmptyOne() {
        try (RawClient client = worker.raw()) {
            assertThat(client.send(JSON_POST + "\r\n").answer())
                    .startsWith("HTTP/1.1 400 ")
                    .contains("the body is empty");
        }
    }

    @Test
    void emptyBody_is400() {
        try (RawClient client = worker.raw()) {
            assertThat(client.post("/embed", new byte[0]).answer())
                    .startsWith("HTTP/1.1 400 ")
                    .contains("the body is empty");
        }
    }

    @Test
    void clientGoneInItsBody_leavesNothingBehind() {
        try (RawClient client = worker.raw()) {
            client.send(JSON_POST + "Content-Length: 200000\r\n\r\n" + "x".repeat(100_000));
            while (worker.server.requestsInFlight() == 0) {
                Thread.onSpinWait();
            }
        }
        worker.awaitIdle();
    }

    @Test
    void clientGoneInTheQueue_cancelsItsWork() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        worker.encoder.lane((submission, outcome) -> new Admission.Accepted(cancelled::countDown));
        try (RawClient client = worker.raw()) {
            client.post("/embed", "{\"texts\":[\"a\",\"b\",\"c\"]}".getBytes(StandardCharsets.UTF_8));
            while (worker.server.requestsInFlight() == 0) {
                Thread.onSpinWait();
            }
            assertThat(cancelled.await(50, TimeUnit.MILLISECONDS)).isFalse();
        }
        assertThat(cancelled.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void clientGoneInALargeAnswer_leavesNothingBehind() {
        String body = "{\"texts\":[\"a\"" + ",\"a\"".repeat(2047) + "]}";
        try (RawClient client = worker.raw()) {
            client.post("/embed", body.getBytes(StandardCharsets.UTF_8));
            assertThat(client.head()).startsWith("HTTP/1.1 200 ").contains("transfer-encoding: chunked");
        }
        worker.awaitIdle();
    }

    @Test
    void twoRequestsInOnePacket_areAnsweredInOrder() {
        String request = JSON_POST + "Content-Length: " + GOOD.length + "\r\nX-Request-Id: ";
        String body = new String(GOOD, StandardCharsets.UTF_8);
        try (RawClient client = worker.raw()) {
            client.send(request + "first\r\n\r\n" + body + request + "second\r\n\r\n" + body);
            assertThat(client.answer()).startsWith("HTTP/1.1 200 ").contains("X-Request-Id: first");
            assertThat(client.answer()).startsWith("HTTP/1.1 200 ").contains("X-Request-Id: second");
        }
    }

    @Test
    void headersTooLarge_is431_andALongLine414() {
        try (RawClient client = worker.raw()) {
            client.send("GET /health HTTP/1.1\r\nHost: x\r\nX-Long: " + "x".repeat(40_000) + "\r\n\r\n");
            assertThat(client.answer()).startsWith("HTTP/1.1 431 ").contains("\"headers_too_large\"");
            assertThat(client.isClosedByServer()).isTrue();
        }
        try (RawClient client = worker.raw()) {
            client.send("GET /" + "x".repeat(40_000) + " HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.answer()).startsWith("HTTP/1.0 414 ").contains("\"uri_too_long\"");
        }
    }

    @Test
    void noHttp_is400InAClearShape() {
        try (RawClient client = worker.raw()) {
            client.send("hello there\r\n\r\n");
            assertThat(client.answer()).startsWith("HTTP/1.0 400 ").contains("\"malformed_request\"");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void contentLengthAndChunks_together_areNoRequest() {
        try (RawClient client = worker.raw()) {
            client.send(JSON_POST + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET");
            assertThat(client.answer()).startsWith("HTTP/1.1 4");
        }
    }

    @Test
    void manyLargeBodiesAtOnce_areBoundTogether_andSmallOnesAreServedBesideThem() {
        String head = JSON_POST + "Content-Length: 300000\r\n\r\n";
        String most = " ".repeat(299_000);
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                RawClient client = worker.raw();
                clients.add(client);
                client.send(head + most);
            }
            assertThat(worker.post("/embed", "{\"texts\":[\"small\"]}").statusCode())
                    .isEqualTo(200);
            List<String> answers = clients.stream().map(RawClient::answer).toList();
            assertThat(answers).allMatch(answer -> answer.matches("(?s)HTTP/1.1 4(08|29) .*"));
            assertThat(answers)
                    .anySatisfy(answer -> assertThat(answer)
                            .contains("too many large requests")
                            .containsIgnoringCase("retry-after: 1"));
        } finally {
            clients.forEach(RawClient::close);
        }
    }

    @Test
    void noHostOrTwo_is400() {
        for (String hosts : List.of("", "Host: a\r\nHost: b\r\n")) {
            try (RawClient client = worker.raw()) {
                client.send("GET /health HTTP/1.1\r\n" + hosts + "\r\n");
                assertThat(client.answer()).startsWith("HTTP/1.1 400 ").contains("\"invalid_host\"");
            }
        }
    }

    @Test
    void slowBody_underTheLeastPace_is408() {
        try (TestWorker strict = new TestWorker("http: {body-bytes-per-second: 4096, body-timeout-ms: 60000}");
                RawClient client = strict.raw()) {
            client.send(JSON_POST + "Content-Length: 200000\r\n\r\n{\"te");
            assertThat(client.answer()).startsWith("HTTP/1.1 408 ").contains("\"body_too_slow\"");
        }
    }
}
