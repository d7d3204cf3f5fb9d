package phifleet.inference.hub.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Asks the Hub: {@code GET /api/models/NAME/revision/REVISION?blobs=true} for the list of files,
 * {@code GET /NAME/resolve/COMMIT/PATH} for one. Blocks the calling thread; every read has a time limit.
 *
 * <p>Redirects are followed here and not by the JDK, so that the token never goes to another host, and nothing goes from https to
 * http.
 */
final class HubClient {
    private static final int CONNECT_MS = 10_000;
    private static final int MOST_REDIRECTS = 5;
    private static final int MOST_LIST_BYTES = 64 << 20;

    private final HubSettings settings;
    private final Retry retry;
    private final int readMs;

    /** @param readMs the longest that a read may wait for a byte */
    HubClient(HubSettings settings, Retry retry, int readMs) {
        this.settings = settings;
        this.retry = retry;
        this.readMs = readMs;
    }

    /** An answer with a body that is yet to be read. */
    record Answer(HttpURLConnection connection, InputStream body) implements AutoCloseable {
        int status() throws IOException {
            return connection.getResponseCode();
        }

        @Override
        public void close() {
            connection.disconnect();
        }
    }

    /** What a revision has. */
    HubListing list(HubName name) throws HubException, InterruptedException {
        URI address = URI.create(settings.endpoint() + "/api/models/" + name.id() + "/revision/"
                + escaped(name.revision()) + "?blobs=true");
        return retry.call(name + " at " + settings.endpoint(), () -> {
            try (Answer answer = get(address, name, 0, true)) {
                byte[] json = answer.body().readNBytes(MOST_LIST_BYTES);
                return listing(name, new JsonMapper().readTree(json));
            }
        });
    }

    /**
     * A file, from a byte on. The answer's status is 206 where the Hub heeds that, 200 where it begins at the start.
     *
     * @throws IOException if nobody answers, or the Hub has a trouble that may pass
     */
    Answer open(HubName name, String commit, HubFile file, long from) throws IOException, HubException {
        String path =
                Arrays.stream(file.path().split("/")).map(HubClient::escaped).collect(Collectors.joining("/"));
        return get(
                URI.create(settings.endpoint() + "/" + name.id() + "/resolve/" + commit + "/" + path),
                name,
                from,
                false);
    }

    private Answer get(URI first, HubName name, long from, boolean names) throws IOException, HubException {
        URI address = first;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpURLConnection connection = connect(address, first, from);
            int status = connection.getResponseCode();
            if (status == HttpURLConnection.HTTP_OK || status == HttpURLConnection.HTTP_PARTIAL) {
                return new Answer(connection, connection.getInputStream());
            }
            if (status / 100 != 3) {
                throw HubAnswers.refusal(connection, name, settings);
            }
            URI next = HubAnswers.target(connection, address);
            connection.disconnect();
            if (names) {
                HubAnswers.mustNotBeRenamed(next, settings.endpoint(), name);
            }
            address = next;
        }
        throw new HubException(HubException.Reason.SERVER, first + " leads from one address to the next, without end");
    }

    private HttpURLConnection connect(URI address, URI first, long from) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout(CONNECT_MS);
        connection.setReadTimeout(readMs);
        connection.setRequestProperty("User-Agent", "phi-fleet");
        // Or the length would be that of what is packed.
        connection.setRequestProperty("Accept-Encoding", "identity");
        if (settings.token() != null && HubAnswers.origin(address).equals(HubAnswers.origin(first))) {
            connection.setRequestProperty("Authorization", "Bearer " + settings.token());
        }
        if (from > 0) {
            connection.setRequestProperty("Range", "bytes=" + from + "-");
        }
        return connection;
    }

    private static HubListing listing(HubName name, JsonNode json) throws HubException {
        String commit = json.path("sha").asText();
        if (!commit.matches("[0-9a-f]{40}") || !json.path("siblings").isArray()) {
            throw new HubException(
                    HubException.Reason.SERVER, name + ": the answer is no list of files, so this is no Hub");
        }
        List<HubFile> files = new ArrayList<>();
        for (JsonNode entry : json.path("siblings")) {
            JsonNode large = entry.path("lfs");
            HubFile file = new HubFile(
                    entry.path("rfilename").asText(),
                    large.isObject()
                            ? large.path("size").asLong(-1)
                            : entry.path("size").asLong(-1),
                    large.isObject()
                            ? large.path("sha256").asText()
                            : entry.path("blobId").asText());
            if (file.isSound()) {
                files.add(file);
            }
        }
        return new HubListing(commit, files);
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
