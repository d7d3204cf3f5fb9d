package phifleet.worker.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import phifleet.worker.http.ApiDescription;

/**
 * JSON for every route that takes any, held against the API's description: the status is one that it names for the route, the
 * answer fits the schema that it has for the status.
 */
final class ApiTarget implements Target {
    private static final int PATIENCE_MS = 30_000;

    /** The one that a worker has without models.yaml. */
    private static final String MODEL = "all-minilm-l6-v2";

    private final String name;
    private final int port;
    private final ApiDescription description;
    private final SchemaInput inputs;
    private final List<Operation> operations = new ArrayList<>();

    private record Operation(String path, JsonNode request) {}

    ApiTarget(String name, int port, ApiDescription description) {
        this.name = name;
        this.port = port;
        this.description = description;
        this.inputs = new SchemaInput(description);
        for (Map.Entry<String, JsonNode> path :
                description.document().get("paths").properties()) {
            JsonNode post = path.getValue().path("post");
            JsonNode request = post.path("requestBody")
                    .path("content")
                    .path("application/json")
                    .path("schema");
            String filled = path.getKey().replace("{model}", MODEL);
            if (!request.isMissingNode() && !filled.contains("{")) {
                operations.add(new Operation(filled, request));
            }
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int threads() {
        return 8;
    }

    @Override
    public @Nullable String attack(SplittableRandom random) throws IOException {
        Operation operation = Mutations.one(operations, random);
        byte[] body = inputs.body(operation.request(), random);
        boolean lines = operation.path().equals("/validate/batch") && random.nextBoolean();
        String complaint = outcome(operation, body, lines);
        return complaint == null ? null : "POST " + operation.path() + ": " + complaint + "\n" + Mutations.shown(body);
    }

    private @Nullable String outcome(Operation operation, byte[] body, boolean lines) throws IOException {
        try (Wire wire = new Wire(port, PATIENCE_MS)) {
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.writeBytes(("POST " + operation.path() + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                            + "Content-Type: application/json\r\nX-Request-Timeout-Ms: 20000\r\n"
                            + (lines ? "Accept: application/x-ndjson\r\n" : "") + "Content-Length: " + body.length
                            + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            request.writeBytes(body);
            wire.send(request.toByteArray());
            Wire.Head head = wire.head();
            byte[] answer = wire.body(head);
            if (head.status() >= 500 && head.status() != 503 && head.status() != 504) {
                return "status " + head.status() + ": " + new String(answer, StandardCharsets.UTF_8);
            }
            return description.misfit(
                    "POST", operation.path(), head.status(), head.headers().get("content-type"), answer);
        } catch (SocketTimeoutException e) {
            return "no answer within " + PATIENCE_MS + " ms";
        } catch (EOFException | SocketException e) {
            return "closed without a whole answer: " + e.getMessage();
        }
    }
}
