package phifleet.http.dialect;

import java.time.Duration;
import phifleet.common.Problem;
import phifleet.http.json.Excerpt;

/** The problems that every program meets. */
public final class Problems {
    public static final String EMPTY = "empty";
    public static final String BODY_TOO_LARGE = "body_too_large";
    public static final String UNAUTHORIZED = "unauthorized";
    public static final String OVERLOADED = "overloaded";
    public static final String INTERNAL = "internal";

    private Problems() {}

    public static Problem empty(String field) {
        return Problem.badRequest(EMPTY, "`" + field + "` cannot be empty", field);
    }

    /**
     * A key is missing or wrong.
     *
     * @param key which one, as {@code API}
     */
    public static Problem unauthorized(String key) {
        return Problem.of(401, UNAUTHORIZED, "the header `Authorization: Bearer` must bring the " + key + " key", null);
    }

    public static Problem notFound() {
        return Problem.of(404, "not_found", "there is nothing at this path", null);
    }

    public static Problem methodNotAllowed(String method, String allowed) {
        return Problem.of(
                405, "method_not_allowed", "this path does not take " + Excerpt.of(method) + " but " + allowed, null);
    }

    public static Problem busy(String reason) {
        return new Problem(429, OVERLOADED, reason, null, Duration.ofSeconds(1));
    }

    public static Problem expired() {
        return Problem.of(504, "deadline_exceeded", "the deadline passed before the work was done", null);
    }

    public static Problem internal() {
        return Problem.of(500, INTERNAL, "an error of the server's own; its log has it under this request id", null);
    }
}
