package phifleet.http.dialect;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import phifleet.common.Problem;

/** The codes by which gRPC calls end, as far as this program gives them (github.com/grpc/grpc, doc/statuscodes.md). */
public enum GrpcStatus {
    OK(0),
    CANCELLED(1),
    INVALID_ARGUMENT(3),
    DEADLINE_EXCEEDED(4),
    NOT_FOUND(5),
    PERMISSION_DENIED(7),
    RESOURCE_EXHAUSTED(8),
    FAILED_PRECONDITION(9),
    UNIMPLEMENTED(12),
    INTERNAL(13),
    UNAVAILABLE(14),
    UNAUTHENTICATED(16);

    private final int number;

    GrpcStatus(int number) {
        this.number = number;
    }

    /** As {@code grpc-status} has it. */
    public int number() {
        return number;
    }

    /** What a problem is in gRPC. A message that is too long is more than the server can take; a text that is too long is not. */
    public static GrpcStatus of(Problem problem) {
        return switch (problem.status()) {
            case 401 -> UNAUTHENTICATED;
            case 403 -> PERMISSION_DENIED;
            case 404 -> NOT_FOUND;
            case 405, 501 -> UNIMPLEMENTED;
            case 408, 504 -> DEADLINE_EXCEEDED;
            case 413 -> problem.code().equals(Problems.BODY_TOO_LARGE) ? RESOURCE_EXHAUSTED : INVALID_ARGUMENT;
            case 424 -> FAILED_PRECONDITION;
            case 429 -> RESOURCE_EXHAUSTED;
            case 499 -> CANCELLED;
            case 502, 503 -> UNAVAILABLE;
            default -> problem.status() < 500 ? INVALID_ARGUMENT : INTERNAL;
        };
    }

    /**
     * The HTTP status of a problem that ends a call so: 200 where there was none, 502 where an answer does not say how it ended.
     *
     * @param fields headers or trailers of the answer
     */
    public static int meaning(MultiMap fields) {
        String number = fields.get(GrpcProblems.STATUS);
        if (number == null) {
            return 502;
        }
        return switch (number) {
            case "0" -> 200;
            case "1" -> 499;
            case "3" -> 400;
            case "4" -> 504;
            case "5" -> 404;
            case "7" -> 403;
            case "8" -> 429;
            case "9" -> 424;
            case "12" -> 501;
            case "14" -> 503;
            case "16" -> 401;
            default -> 500;
        };
    }

    /**
     * What an answer to a call would be called over HTTP, as far as a proxy has to know it: 503 and 429 where another server may do
     * better, 500 where this one failed, and 200.
     *
     * @param fields headers or trailers of the answer
     */
    public static int httpStatus(MultiMap fields) {
        String number = fields.get(GrpcProblems.STATUS);
        if (number == null) {
            return 200;
        }
        return switch (number) {
            case "14" -> 503;
            // Too long a message is too long for every server; only what may be tried again says when.
            case "8" -> fields.contains(HttpHeaders.RETRY_AFTER) ? 429 : 200;
            case "2", "13" -> 500;
            default -> 200;
        };
    }
}
