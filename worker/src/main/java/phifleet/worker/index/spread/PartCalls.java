package phifleet.worker.index.spread;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import phifleet.worker.index.IndexException;

/** Asks other keepers, each question once: whoever sent the image asks again. Thread-safe; waits on the calling thread. */
public final class PartCalls implements AutoCloseable {
    /** Below which all questions are asked. */
    public static final String PREFIX = "/index/part/";

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(15);

    /** The longest answer, in bytes. */
    private static final long LONGEST_ANSWER = 256L << 20;

    private final PartSeal seal;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LONGEST_CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    public PartCalls(PartSeal seal) {
        this.seal = seal;
    }

    JsonNode ask(Keeper keeper, String what, JsonNode question) throws IndexException {
        try {
            byte[] body = PartWords.write(question);
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(keeper.url() + PREFIX + what))
                    .timeout(LONGEST)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body));
            seal.on(keeper.id(), what, body).forEach(request::header);
            HttpResponse<byte[]> answer = client.send(
                    request.build(),
                    HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LONGEST_ANSWER));
            JsonNode said = PartWords.parse(answer.body());
            if (answer.statusCode() == 200) {
                return said;
            }
            String reason =
                    "the worker " + keeper.id() + ", which keeps a part of the index, says " + answer.statusCode() + " "
                            + said.path("error").path("message").asText();
            throw answer.statusCode() == 429 ? IndexException.busy(reason) : new IndexException(reason);
        } catch (IOException e) {
            throw new IndexException(
                    "the worker " + keeper.id() + ", which keeps a part of the index, does not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IndexException("nobody waits for the index any more");
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
