package phifleet.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which answers the server may compress where their clients ask for it. Each that is being compressed holds 256 KiB outside the
 * heap until it is out, so only so many are at a time, and the others go out as they are. Thread-safe.
 */
final class Compression {
    private static final int MAX_AT_ONCE = 64;
    private static final CharSequence IDENTITY = HttpHeaders.createOptimized("identity");

    private final AtomicInteger atOnce = new AtomicInteger();

    /** Whether an answer takes a place, to be given back by {@link #leave}. It is sent as it is where there is none. */
    boolean enter(HttpServerRequest request, HttpServerResponse response) {
        if (!request.headers().contains(HttpHeaders.ACCEPT_ENCODING)
                || response.headers().contains(HttpHeaders.CONTENT_ENCODING)) {
            return false;
        }
        if (atOnce.incrementAndGet() <= MAX_AT_ONCE) {
            return true;
        }
        atOnce.decrementAndGet();
        leaveAsItIs(response);
        return false;
    }

    void leave() {
        atOnce.decrementAndGet();
    }

    /** Keeps the server from compressing an answer. */
    static void leaveAsItIs(HttpServerResponse response) {
        response.putHeader(HttpHeaders.CONTENT_ENCODING, IDENTITY);
    }
}
