package phifleet.http;

import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;

/** Requests that are no HTTP, or more of it than is taken: answered, and their connection closed. */
final class InvalidRequests {
    private InvalidRequests() {}

    static Problem problem(HttpServerRequest request, int maxHeaderBytes, int maxLineBytes) {
        @Nullable Throwable cause = request.decoderResult().cause();
        return switch (cause) {
            case TooLongHttpLineException line ->
                Problem.of(414, "uri_too_long", "the request line has more than " + maxLineBytes + " bytes", null);
            case TooLongHttpHeaderException header ->
                Problem.of(431, "headers_too_large", "the headers have more than " + maxHeaderBytes + " bytes", null);
            case TooLongFrameException frame ->
                Problem.of(431, "headers_too_large", "the headers have more than " + maxHeaderBytes + " bytes", null);
            case null, default ->
                Problem.badRequest("malformed_request", "this is no HTTP request that can be read", null);
        };
    }
}
