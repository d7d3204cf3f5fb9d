package phifleet.gateway.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import phifleet.common.Problem;

/** Writes a problem of the gateway's own in the shape of the dialect that the client speaks, told by the path. */
final class GatewayErrors {
    private static final ObjectMapper JSON = new ObjectMapper();

    private GatewayErrors() {}

    /** Answers, unless the answer's head is out already. */
    static void send(HttpServerResponse response, String path, Problem problem) {
        if (response.headWritten() || response.closed()) {
            return;
        }
        response.setStatusCode(problem.status()).putHeader("Content-Type", "application/json");
        Duration retryAfter = problem.retryAfter();
        if (retryAfter != null) {
            response.putHeader("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
        }
        response.end(body(path, problem));
    }

    static Buffer body(String path, Problem problem) {
        ObjectNode body = JSON.createObjectNode();
        if (path.startsWith("/v1/")) {
            ObjectNode error = body.putObject("error");
            error.put("message", problem.message())
                    .put("type", problem.status() < 500 ? "invalid_request_error" : "server_error")
                    .put("param", problem.field())
                    .put("code", problem.code());
        } else if (path.startsWith("/v2")) {
            body.put("error", problem.message());
        } else if (path.startsWith("/validate")
                || path.startsWith("/fleet")
                || path.startsWith("/workers")
                || path.startsWith("/assets")) {
            body.putObject("error").put("code", problem.code()).put("message", problem.message());
        } else {
            body.put("error", problem.message()).put("error_type", problem.code());
        }
        try {
            return Buffer.buffer(JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts is always JSON", e);
        }
    }
}
