package phifleet.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * What is left of a body when its request was refused before the end. The bytes are read and dropped for as long as they come,
 * up to a bound, since closing a socket with unread bytes resets it and the client, which may still be sending, might never see the
 * answer (as NGINX's lingering_close); then the connection is closed, or on HTTP/2 the stream.
 */
final class UnreadBody {
    /** A client that sends nothing for so long has seen the answer, or never will. */
    private static final long SILENCE_MS = 1_000;

    private static final int MOST_SILENCES = 30;

    /** HTTP/2's NO_ERROR: the answer is whole, and no more of the body is wanted (RFC 9113, section 8.1). */
    private static final long NO_ERROR = 0;

    private final HttpServerRequest request;
    private final Vertx vertx;
    private final long timer;
    private boolean silent = true;
    private int waits;

    private UnreadBody(HttpServerRequest request, Vertx vertx) {
        this.request = request;
        this.vertx = vertx;
        this.timer = vertx.setPeriodic(SILENCE_MS, passed -> waited());
    }

    static void discard(HttpServerRequest request, Vertx vertx) {
        new UnreadBody(request, vertx).discard();
    }

    private void discard() {
        request.exceptionHandler(failure -> vertx.cancelTimer(timer));
        request.handler(chunk -> silent = false);
        request.endHandler(ended -> {
            vertx.cancelTimer(timer);
            // After the answer, which may still be on its way out.
            vertx.runOnContext(later -> close());
        });
        Backpressure.resume(request);
    }

    private void waited() {
        waits++;
        if (silent || waits >= MOST_SILENCES) {
            vertx.cancelTimer(timer);
            close();
        }
        silent = true;
    }

    private void close() {
        if (request.version() != HttpVersion.HTTP_2) {
            request.connection().close();
        } else if (!request.isEnded()) {
            request.response().reset(NO_ERROR);
        }
    }
}
