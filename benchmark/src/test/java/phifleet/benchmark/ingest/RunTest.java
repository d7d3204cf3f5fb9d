package phifleet.benchmark.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs against a server that indexes names, and fails those that say so. */
class RunTest {
    private static final Pattern NAME = Pattern.compile("name=\"id\"\r\n\r\n(.*?)\r\n");

    @TempDir
    Path folder;

    private final Set<String> indexed = new ConcurrentSkipListSet<>();
    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;

    /** Requests that are turned away before one is served. */
    private volatile int busy;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/ingest", this::ingest);
        server.start();
        Files.createDirectories(folder.resolve("images/sub"));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void ingest(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
        if (requests.incrementAndGet() <= busy) {
            exchange.sendResponseHeaders(429, -1);
            exchange.close();
            return;
        }
        List<String> images = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        Matcher names = NAME.matcher(body);
        while (names.find()) {
            String name = names.group(1);
            if (name.contains("bad")) {
                errors.add("{\"id\":\"%s\",\"code\":\"invalid_image\",\"reason\":\"no image\"}".formatted(name));
            } else if (name.contains("late") && requests.get() == 1) {
                errors.add("{\"id\":\"%s\",\"code\":\"overloaded\",\"reason\":\"later\"}".formatted(name));
            } else {
                String outcome = indexed.add(name) ? "indexed" : "duplicate";
                images.add("{\"id\":\"%s\",\"outcome\":\"%s\"}".formatted(name, outcome));
            }
        }
        byte[] answer =
                "{\"images\":%s,\"errors\":%s}".formatted(images, errors).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private void image(String name) throws IOException {
        Files.writeString(folder.resolve("images").resolve(name), "content of " + name);
    }

    private Run run(String more) throws IngestFlags.Mistake {
        return new Run(IngestFlags.parse(
                ("-dir " + folder.resolve("images") + " -url http://localhost:"
                                + server.getAddress().getPort() + " -workers 2 -batch 3 -resume "
                                + folder.resolve("done") + " -failed " + folder.resolve("failed") + more)
                        .split(" ", -1),
                Map.of()));
    }

    private static IngestReport report(Run run) throws Exception {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return run.run(new IngestProgress(nowhere, nowhere, false, 1));
    }

    @Test
    void run_sendsEachImage_andNamesThoseThatFailed() throws Exception {
        for (int i = 0; i < 7; i++) {
            image("a" + i + ".jpg");
        }
        image("sub/b.PNG");
        image("bad.jpg");
        image("notes.txt");

        IngestReport report = report(run(""));

        assertThat(indexed).hasSize(8).contains("sub/b.PNG", "a0.jpg");
        assertThat(report.figures())
                .containsEntry("images_total", 9.0)
                .containsEntry("indexed", 8.0)
                .containsEntry("errors", 1.0)
                .containsEntry("errors_invalid_image", 1.0);
        assertThat(report.metrics()).contains("[METRIC] indexed=8\n");
        assertThat(Files.readString(folder.resolve("failed"))).isEqualTo("bad.jpg\tinvalid_image\tno image\n");
    }

    @Test
    void run_again_skipsWhatIsDone() throws Exception {
        image("a.jpg");
        report(run(""));
        image("b.jpg");
        Files.writeString(folder.resolve("done"), Files.readString(folder.resolve("done")) + "cut off");
        requests.set(0);

        IngestReport report = report(run(""));

        assertThat(report.figures()).containsEntry("images_total", 1.0).containsEntry("indexed", 1.0);
        assertThat(requests).hasValue(1);
        assertThat(report(run("")).figures()).containsEntry("images_total", 0.0);
    }

    @Test
    void run_sendsAgainWhatWasTurnedAway() throws Exception {
        busy = 2;
        image("a.jpg");
        assertThat(report(run("")).figures()).containsEntry("indexed", 1.0).containsEntry("retries", 2.0);

        busy = 0;
        requests.set(0);
        image("late.jpg");
        assertThat(report(run("")).figures()).containsEntry("indexed", 1.0).containsEntry("errors", 0.0);
    }

    @Test
    void run_withTooManyFailures_endsEarly() throws Exception {
        for (int i = 0; i < 400; i++) {
            image("bad" + i + ".jpg");
        }
        Run run = run(" -max-failure-rate 0.5");

        IngestReport report = report(run);

        assertThat(run.stoppedEarly()).isTrue();
        assertThat(report.figures().get("errors")).isBetween(100.0, 399.0);
    }

    @Test
    void compare_putsTwoReportsSideBySide() throws Exception {
        image("a.jpg");
        IngestReport report = report(run(""));
        Files.writeString(folder.resolve("a.json"), report.json());

        assertThat(IngestReport.read(folder.resolve("a.json"))).isEqualTo(report);
        assertThat(IngestReport.compare(report, report)).contains("indexed").containsPattern("indexed +1 +1 +1\\.000");
    }
}
