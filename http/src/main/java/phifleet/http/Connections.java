package phifleet.http;

import io.vertx.core.http.HttpConnection;
import java.util.concurrent.atomic.AtomicInteger;

/** How many connections a program has open, on all of its event loops. Thread-safe. */
public final class Connections {
    private final AtomicInteger open = new AtomicInteger();

    void watch(HttpConnection connection) {
        open.incrementAndGet();
        connection.closeHandler(closed -> open.decrementAndGet());
    }

    public int open() {
        return open.get();
    }
}
