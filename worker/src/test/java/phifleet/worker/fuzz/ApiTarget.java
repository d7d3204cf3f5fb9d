package phifleet.worker.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON for every route that takes any, held against the API's description: the status is one that it names for the route, the
 * answer fits the schema that it has for the status.
 */
final class ApiTarget implements Target {
    private static final int PATIENCE_MS = 30_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final int port;
    private final JsonNode document;
    private final SchemaInput inputs;
    private final List<Operation> operations = new ArrayList<>();
    private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();

    private record Operation(String path, JsonNode request, JsonNode responses) {}

    ApiTarget(String name, int port, JsonNode document) {
        this.name = name;
        this.port = port;
        this.document = document;
        this.inputs = new SchemaInput(document);
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            JsonNode post = path.getValue().path("post");
            JsonNode request = post.path("requestBody")
                    .path("content")
                    .path("application/json")
                    .path("schema");
            if (!request.isMissingNode() && !path.getKey().contains("{")) {
                operations.add(new Operation(path.getKey(), request, post.get("responses")));
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
            JsonNode response = inputs.resolved(operation.responses().path(Integer.toString(head.status())));
            if (response.isMissingNode()) {
                return "the description does not know the status " + head.status() + ": "
                        + new String(answer, StandardCharsets.UTF_8);
            }
            return lines && head.status() == 200 ? null : misfit(response, head, answer);
        } catch (SocketTimeoutException e) {
            return "no answer within " + PATIENCE_MS + " ms";
        } catch (EOFException | SocketException e) {
            return "closed without a whole answer: " + e.getMessage();
        }
    }

    private @Nullable String misfit(JsonNode response, Wire.Head head, byte[] answer) {
        JsonNode schema = response.path("content").path("application/json").path("schema");
        if (schema.isMissingNode()) {
            return null;
        }
        try {
            Set<ValidationMessage> wrong = compiled(schema).validate(JSON.readTree(answer));
            return wrong.isEmpty()
                    ? null
                    : "the answer of status " + head.status() + " does not fit: "
                            + wrong.iterator().next() + "\n"
                            + new String(answer, 0, Math.min(answer.length, 1_000), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "the answer is no JSON: " + e.getMessage();
        }
    }

    private JsonSchema compiled(JsonNode schema) {
        return schemas.computeIfAbsent(schema.toString(), text -> {
            try {
                ObjectNode whole = (ObjectNode) JSON.readTree(text);
                whole.set("components", document.get("components"));
                return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(whole);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
