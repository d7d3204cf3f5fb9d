package phifleet.worker.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The description of this API. Read anew for each request, off the event loop, since it is asked for rarely. */
final class Description implements Endpoint {
    private static final String FILE = "/openapi.yaml";

    private final WorkPool pool;

    Description(WorkPool pool) {
        this.pool = pool;
    }

    @Override
    public void handle(Exchange exchange) {
        if (!pool.offer(exchange, Description::reply)) {
            exchange.refuse(Problems.busy("the server is too busy to read its files"));
        }
    }

    private static Reply reply() {
        Buffer content = read();
        return exchange -> {
            exchange.response()
                    .putHeader("X-Content-Type-Options", "nosniff")
                    .putHeader(HttpHeaders.CACHE_CONTROL, "max-age=300");
            exchange.answer(200, "application/yaml; charset=utf-8", content);
        };
    }

    private static Buffer read() {
        try (InputStream in = Description.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("the program was packed without " + FILE);
            }
            return Buffer.buffer(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
