package phifleet.worker.index.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import phifleet.worker.index.IndexException;

/** One request to OpenSearch at a time, and its answer; it waits on the calling thread. Thread-safe. */
final class OpenSearchHttp implements AutoCloseable {
    /** The longest answer, in bytes: a thousand records with long metadata have less. */
    private static final long LONGEST_ANSWER = 256L << 20;

    /** Whoever does not take a connection in this time has no time for a request either. */
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);

    private static final JsonMapper JSON = new JsonMapper();

    private final OpenSearchSettings settings;
    private final HttpClient client;

    OpenSearchHttp(OpenSearchSettings settings) throws IndexException {
        this.settings = settings;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(least(settings.timeout(), LONGEST_CONNECT))
                .followRedirects(HttpClient.Redirect.NEVER);
        if (settings.certificates() != null) {
            builder.sslContext(Trust.in(settings.certificates()));
        }
        this.client = builder.build();
    }

    private static Duration least(Duration first, Duration second) {
        return first.compareTo(second) < 0 ? first : second;
    }

    /**
     * An answer.
     *
     * @param body missing where it was no JSON
     */
    record Reply(int status, JsonNode body) {

        /** Whether the same may go well a little later. */
        boolean mayPass() {
            return mayPass(status);
        }

        /** The same for one item of a bulk. */
        static boolean mayPass(int status) {
            return status == 429 || status == 408 || status == 502 || status == 503 || status == 504;
        }

        /** What OpenSearch says is wrong, for people. */
        String reason() {
            return status + reason(body.path("error"));
        }

        /** An error of OpenSearch's, with a space before it; nothing where it has none. */
        static String reason(JsonNode error) {
            String text = error.isTextual()
                    ? error.asText()
                    : error.path("type").asText() + ": " + error.path("reason").asText();
            String cause = error.path("root_cause").path(0).path("reason").asText();
            String all = cause.isEmpty() || text.contains(cause) ? text : text + " (" + cause + ")";
            return all.equals(": ") ? "" : " " + all.substring(0, Math.min(500, all.length()));
        }
    }

    /**
     * Sends a request.
     *
     * @param path from the root, with the query
     * @param body JSON, or lines of it; null for none
     * @throws IOException where no answer came, so that it may have been done or not
     */
    Reply send(String method, String path, byte @Nullable [] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(settings.url() + path))
                .timeout(settings.timeout())
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        if (body != null) {
            request.header("Content-Type", path.contains("/_bulk") ? "application/x-ndjson" : "application/json");
        }
        if (settings.credentials() != null) {
            request.header("Authorization", settings.credentials().header());
        }
        HttpResponse<byte[]> answer = client.send(
                request.build(),
                HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LONGEST_ANSWER));
        return new Reply(answer.statusCode(), parsed(answer));
    }

    private static JsonNode parsed(HttpResponse<byte[]> answer) throws IOException {
        try {
            JsonNode body = JSON.readTree(answer.body());
            return body == null ? MissingNode.getInstance() : body;
        } catch (IOException e) {
            if (answer.statusCode() < 300) {
                throw new IOException("the answer is no JSON", e);
            }
            // A proxy's page, of which the status says enough.
            return MissingNode.getInstance();
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
