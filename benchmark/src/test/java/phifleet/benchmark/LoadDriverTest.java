package phifleet.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadDriverTest {
    private HttpServer server;
    private LoadDriver driver;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        URI target = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        driver = new LoadDriver(target, 4, Duration.ofSeconds(5));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, int status, String body, boolean chunked) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("X-Worker-Id", "w1");
        exchange.sendResponseHeaders(status, chunked ? 0 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void run_countsEachAnswerByKindAndWorker() throws Exception {
        server.createContext("/plain", exchange -> answer(exchange, 200, "yes", false));
        server.createContext("/chunked", exchange -> answer(exchange, 200, "yes", true));
        AnswerCheck yes = answer -> answer.text().equals("yes") ? null : "not yes: " + answer.text();
        Workload both = Workload.inTurn(
                List.of(Call.get("plain", "/plain", yes), Call.postJson("chunked", "/chunked", "{}", yes)));

        LoadReport report = driver.run(both, 200);

        assertThat(report.succeeded()).isEqualTo(200);
        assertThat(report.lost()).isZero();
        assertThat(report.mismatches()).isZero();
        assertThat(report.answeredBy()).containsEntry("w1", 200L);
        assertThat(report.succeeded("plain")).isEqualTo(100);
        assertThat(report.latencyMillis(0.5)).isPositive();
    }

    @Test
    void run_countsWrongAnswersAndOtherStatuses() throws Exception {
        AtomicInteger turn = new AtomicInteger();
        server.createContext(
                "/", exchange -> answer(exchange, turn.getAndIncrement() % 2 == 0 ? 200 : 503, "no", false));

        LoadReport report = driver.run(Workload.inTurn(List.of(Call.get("k", "/", answer -> "wrong"))), 100);

        assertThat(report.succeeded()).isEqualTo(50);
        assertThat(report.mismatches()).isEqualTo(50);
        assertThat(report.lost()).isEqualTo(50);
        assertThat(report.statuses()).containsEntry(503, 50L);
        assertThat(report.samples()).anyMatch(sample -> sample.contains("503"));
    }

    @Test
    void run_countsConnectionsCutBeforeTheAnswersEnd() throws Exception {
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write(new byte[10]);
            throw new IOException("cut");
        });

        LoadReport report = driver.run(Workload.inTurn(List.of(Call.get("k", "/", AnswerCheck.anything()))), 8);

        assertThat(report.failures()).isEqualTo(8);
        assertThat(report.succeeded()).isZero();
    }

    @Test
    void run_stopsWhenTheTimeIsOver() throws Exception {
        server.createContext("/", exchange -> answer(exchange, 200, "", false));

        LoadReport report = driver.run(
                Workload.inTurn(List.of(Call.get("k", "/", AnswerCheck.anything()))), Duration.ofMillis(300));

        assertThat(report.elapsed()).isBetween(Duration.ofMillis(300), Duration.ofSeconds(5));
        assertThat(report.lost()).isZero();
    }

    @Test
    void run_openLoop_aStallCountsForAllThatWereDueInIt() throws Exception {
        AtomicInteger first = new AtomicInteger();
        server.createContext("/", exchange -> {
            if (first.getAndIncrement() == 0) {
                try {
                    Thread.sleep(300);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            answer(exchange, 200, "", false);
        });
        LoadDriver single = new LoadDriver(driver.target(), 1);

        LoadReport report = single.run(
                Workload.inTurn(List.of(Call.get("k", "/", AnswerCheck.anything()))), 20, Arrivals.Open.every(100));

        assertThat(report.succeeded()).isEqualTo(20);
        // The last was due 190 ms after the first, and could not be sent before the stall's end.
        assertThat(report.latency().getMinValue()).isGreaterThan(100_000_000L);
        assertThat(report.lateness().getTotalCount()).isLessThan(20);
        assertThat(report.clientCpu()).isPositive();
        assertThat(report.awaitingShare()).isPositive().isLessThanOrEqualTo(1);
    }

    @Test
    void run_openLoop_doesNotSendAheadOfTime() throws Exception {
        server.createContext("/", exchange -> answer(exchange, 200, "", false));

        LoadReport report = driver.run(
                Workload.inTurn(List.of(Call.get("k", "/", AnswerCheck.anything()))), 21, Arrivals.Open.every(100));

        assertThat(report.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void run_listedMoments_countsEachLatencyFromItsOwn() throws Exception {
        server.createContext("/", exchange -> answer(exchange, 200, "", false));
        long[] due = {0, 0, 150_000_000L, 400_000_000L};
        AnswerTimes times = new AnswerTimes();

        LoadReport report = new LoadDriver(driver.target(), 4)
                .run(
                        Workload.inTurn(List.of(Call.get("k", "/", AnswerCheck.anything()))),
                        due.length,
                        new Arrivals.Open(index -> due[(int) index]),
                        times);

        assertThat(report.succeeded()).isEqualTo(4);
        assertThat(report.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(400));
        // From when each was meant to be sent, not from the beginning.
        assertThat(report.latency().getMinValue()).isLessThan(350_000_000L);
        assertThat(times.p99(0, Long.MAX_VALUE)).isPositive();
    }
}
