package phifleet.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.json.Excerpt;

/** Requests that are no HTTP, or more of it than is taken: answered, and their connection closed. */
final class InvalidRequests {
    private InvalidRequests() {}

    /** Whether a request, or its body as far as it has come, is none that can be read. */
    static boolean isBroken(HttpServerRequest request) {
        return request.decoderResult().isFailure();
    }

    static Problem problem(HttpServerRequest request) {
        @Nullable Throwable cause = request.decoderResult().cause();
        boolean inBody = cause instanceof Framing.BrokenBodyException;
        return switch (inBody ? cause.getCause() : cause) {
            case TooLongHttpLineException line
            when !inBody ->
                Problem.of(
                        414,
                        "uri_too_long",
                        "the request line has more than " + EdgeServer.MAX_LINE_BYTES + " bytes",
                        null);
            case Framing.OtherVersionException other ->
                Problem.of(
                        505,
                        "http_version_not_supported",
                        "HTTP/1.1 and HTTP/2 are spoken here, not " + Excerpt.of(String.valueOf(other.getMessage())),
                        null);
            case TooLongHttpHeaderException header ->
                Problem.of(
                        431,
                        "headers_too_large",
                        "the headers have more than " + EdgeServer.MAX_HEADER_BYTES + " bytes",
                        null);
            case null, default ->
                Problem.badRequest(
                        inBody ? "malformed_body" : "malformed_request",
                        inBody
                                ? "a chunk of the body has a size or an end that HTTP does not know (RFC 9112, section 7.1)"
                                : "this is no HTTP request that can be read",
                        null);
        };
    }
}
