package phifleet.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * What is left of a body when its request was refused before the end. The bytes are read and dropped for a moment, since
 * closing a socket with unread bytes resets it and the client might never see the answer; then the connection is closed, or on
 * HTTP/2 the stream.
 */
final class UnreadBody {
    private static final long LINGER_MS = 1000;

    /** HTTP/2's NO_ERROR: the answer is whole, and no more of the body is wanted (RFC 9113, section 8.1). */
    private static final long NO_ERROR = 0;

    private UnreadBody() {}

    static void discard(HttpServerRequest request, Vertx vertx) {
        long timer = vertx.setTimer(LINGER_MS, fired -> close(request));
        request.exceptionHandler(failure -> vertx.cancelTimer(timer));
        request.handler(chunk -> {});
        request.endHandler(ended -> {
            vertx.cancelTimer(timer);
            // After the answer, which may still be on its way out.
            vertx.runOnContext(later -> close(request));
        });
        request.resume();
    }

    private static void close(HttpServerRequest request) {
        if (request.version() != HttpVersion.HTTP_2) {
            request.connection().close();
        } else if (!request.isEnded()) {
            request.response().reset(NO_ERROR);
        }
    }
}
