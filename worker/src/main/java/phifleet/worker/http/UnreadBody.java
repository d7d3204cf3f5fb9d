package phifleet.worker.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/**
 * What is left of a body when its request was refused before the end. The bytes are read and dropped for a moment, since
 * closing a socket with unread bytes resets it and the client might never see the answer; then the connection is closed.
 */
final class UnreadBody {
    private static final long LINGER_MS = 1000;

    private UnreadBody() {}

    static void discard(HttpServerRequest request, Vertx vertx) {
        long timer = vertx.setTimer(LINGER_MS, fired -> request.connection().close());
        request.exceptionHandler(failure -> vertx.cancelTimer(timer));
        request.handler(chunk -> {});
        request.endHandler(ended -> {
            vertx.cancelTimer(timer);
            // After the answer, which may still be on its way out.
            vertx.runOnContext(later -> request.connection().close());
        });
        request.resume();
    }
}
