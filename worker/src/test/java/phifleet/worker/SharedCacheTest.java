package phifleet.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several workers of one machine, as processes, with one cache folder. */
@Timeout(240)
class SharedCacheTest {
    private static final Pattern READY = Pattern.compile("is ready at (http://\\S+)");
    private static final int WORKERS = 3;

    @TempDir
    private Path folder;

    private record Running(Process process, Path log) {
        URI awaitReady() throws IOException, InterruptedException {
            while (true) {
                String said = Files.readString(log);
                Matcher ready = READY.matcher(said);
                if (ready.find()) {
                    return URI.create(ready.group(1));
                }
                assertThat(process.isAlive()).as("it runs; it said: %s", said).isTrue();
                Thread.sleep(20);
            }
        }
    }

    @Test
    void threeAtOnce_onOneEmptyCache_allBecomeReadyAndGiveTheSameVectors() throws Exception {
        Path cache = folder.resolve("cache");
        List<Running> workers = new ArrayList<>();
        try {
            for (int i = 0; i < WORKERS; i++) {
                workers.add(start(cache, folder.resolve("worker-" + i + ".log")));
            }
            List<String> vectors = new ArrayList<>();
            for (Running worker : workers) {
                vectors.add(embedding(worker.awaitReady()));
                assertThat(Files.readString(worker.log)).contains("golden cosine 1.000000");
            }
            assertThat(vectors).hasSize(WORKERS).containsOnly(vectors.getFirst());
            // Nobody left a half-made folder behind.
            try (Stream<Path> models = Files.list(cache.resolve("models"))) {
                assertThat(models.filter(Files::isDirectory)).hasSize(1);
            }
        } finally {
            workers.forEach(worker -> worker.process.destroy());
            for (Running worker : workers) {
                assertThat(worker.process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            }
        }
        assertThat(workers).extracting(worker -> worker.process.exitValue()).containsOnly(0);
    }

    private static Running start(Path cache, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WorkerMain.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("PHI_CACHE", cache.toString());
        builder.environment().put("PHI_HTTP_HOST", "127.0.0.1");
        builder.environment().put("PHI_HTTP_PORT", "0");
        return new Running(builder.start(), log);
    }

    private static String embedding(URI worker) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(worker.resolve("/embed"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"texts\":[\"one cache for all\"]}"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            String body = client.send(request, BodyHandlers.ofString()).body();
            String embeddings =
                    new JsonMapper().readTree(body).path("embeddings").toString();
            assertThat(embeddings).as(body).startsWith("[[");
            return embeddings;
        }
    }
}
