package phifleet.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * What a gateway says of its fleet.
 *
 * @param json as {@code GET /fleet} has it
 */
public record FleetStatus(JsonNode json) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Asks on the calling thread; empty where it does not answer so. */
    public static Optional<FleetStatus> of(URI gateway) {
        try (HttpConnection connection = HttpConnection.open(gateway, PATIENCE)) {
            Answer answer = connection.exchange(
                    Call.get("fleet", "/fleet", AnswerCheck.anything()).wire());
            return answer.status() == 200
                    ? Optional.of(new FleetStatus(JSON.readTree(answer.body())))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Workers that it finds ready. */
    public int ready() {
        return json.at("/gateway/workers/ready").asInt();
    }

    /** Workers that it wants. */
    public int wanted() {
        return json.at("/gateway/wanted_workers").asInt();
    }
}
