package phifleet.benchmark.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Sends batches until each of their images is in the index or never will be. What was not answered, or not now, is sent again: that
 * changes nothing where it was indexed. Thread-safe.
 */
final class Sender {
    /** Tries of one batch, with pauses that grow. */
    private static final int TRIES = 8;

    private static final long FIRST_PAUSE_MILLIS = 200;
    private static final Duration LONGEST_REQUEST = Duration.ofMinutes(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final IngestFlags options;
    private final IngestTally tally;
    private final Ledger done;
    private final Ledger failed;

    /**
     * @param done gets the names of images that are in the index
     * @param failed gets the names of others, with the reasons
     */
    Sender(IngestFlags options, IngestTally tally, Ledger done, Ledger failed) {
        this.options = options;
        this.tally = tally;
        this.done = done;
        this.failed = failed;
    }

    void send(List<Path> batch) throws IOException, InterruptedException {
        Set<Path> left = new LinkedHashSet<>(batch);
        String reason = "";
        for (int attempt = 0; attempt < TRIES && !left.isEmpty(); attempt++) {
            if (attempt > 0) {
                tally.retries.increment();
                TimeUnit.MILLISECONDS.sleep(FIRST_PAUSE_MILLIS << Math.min(attempt - 1, 5));
            }
            BatchForm form = form(left);
            if (form.names().isEmpty()) {
                return;
            }
            long start = System.nanoTime();
            try {
                HttpResponse<byte[]> answer = client.send(request(form), HttpResponse.BodyHandlers.ofByteArray());
                tally.answered((System.nanoTime() - start) / 1_000);
                if (answer.statusCode() == 200) {
                    reason = take(JSON.readTree(answer.body()), left);
                } else if (mayPass(answer.statusCode())) {
                    reason = "http_" + answer.statusCode();
                } else {
                    giveUp(left, "http_" + answer.statusCode(), excerpt(answer.body()));
                    return;
                }
            } catch (IOException e) {
                reason = "no_answer";
            }
        }
        giveUp(left, reason, "not taken in " + TRIES + " tries");
    }

    private BatchForm form(Set<Path> files) throws IOException {
        BatchForm form = new BatchForm();
        for (Path file : List.copyOf(files)) {
            try {
                form.add(name(file), file);
            } catch (IOException e) {
                files.remove(file);
                fail(file, "unreadable", e.toString());
            }
        }
        return form;
    }

    private HttpRequest request(BatchForm form) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(options.url().toString().replaceFirst("/+$", "") + "/ingest?" + options.query()))
                .timeout(LONGEST_REQUEST)
                .header("Content-Type", form.type())
                .header("X-Priority", "batch")
                .POST(form.body());
        if (options.apiKey() != null) {
            request.header("Authorization", "Bearer " + options.apiKey());
        }
        return request.build();
    }

    /** What is to be tried again. A gateway that has lost its worker says 502 to 504. */
    private static boolean mayPass(int status) {
        return status == 429 || status == 408 || (status >= 502 && status <= 504);
    }

    /** Takes what an answer says; the kind of the last problem that may pass. */
    private String take(JsonNode answer, Set<Path> left) throws IOException {
        List<String> through = new ArrayList<>();
        for (JsonNode image : answer.path("images")) {
            Path file = options.folder().resolve(image.path("id").asText());
            if (!left.remove(file)) {
                continue;
            }
            tally.bytes.add(file.toFile().length());
            through.add(name(file));
            if (image.path("outcome").asText().equals("indexed")) {
                tally.indexed.increment();
                if (!image.path("near_duplicates").isEmpty()) {
                    tally.nearDuplicates.increment();
                }
            } else {
                tally.duplicates.increment();
            }
        }
        done.add(through);
        String last = "no_answer";
        for (JsonNode error : answer.path("errors")) {
            String code = error.path("code").asText("unknown");
            if (code.equals("overloaded") || code.equals("index_failed") || code.equals("deadline_exceeded")) {
                last = code;
                continue;
            }
            Path file = options.folder().resolve(error.path("id").asText());
            if (left.remove(file)) {
                fail(file, code, error.path("reason").asText());
            }
        }
        return last;
    }

    private void giveUp(Set<Path> files, String kind, String reason) throws IOException {
        for (Path file : files) {
            fail(file, kind, reason);
        }
    }

    private void fail(Path file, String kind, String reason) throws IOException {
        tally.failed(kind);
        failed.add(List.of(name(file) + "\t" + kind + "\t" + reason.replaceAll("\\s+", " ")));
    }

    private String name(Path file) {
        return options.folder().relativize(file).toString();
    }

    private static String excerpt(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        return text.substring(0, Math.min(300, text.length()));
    }
}
