package phifleet.worker.http.embed;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import phifleet.http.Exchange;
import phifleet.inference.text.VectorType;

/**
 * Writes vectors as their bytes alone, little-endian, row by row, as fast as the client takes them; the headers
 * {@code X-Embedding-Shape} (rows, numbers a row) and {@code X-Embedding-Dtype} say what they are.
 */
final class RowStream {
    private static final String MEDIA_TYPE = "application/octet-stream";
    private static final String JSON = "application/json";
    private static final CharSequence SHAPE = HttpHeaders.createOptimized("X-Embedding-Shape");
    private static final CharSequence TYPE = HttpHeaders.createOptimized("X-Embedding-Dtype");

    /** Bytes of a part. */
    private static final int PART = 256 * 1024;

    private final Exchange exchange;
    private final HttpServerResponse response;
    private final EmbedResult result;
    private final VectorType type;
    private final int rows;
    private int next;

    RowStream(Exchange exchange, EmbedResult result) {
        this.exchange = exchange;
        this.response = exchange.response();
        this.result = result;
        this.type = result.request().answer().types().getFirst();
        this.rows = result.pooled().size();
    }

    /** Whether the client names them before JSON. */
    static boolean isWanted(Exchange exchange) {
        @Nullable String accept = exchange.request().getHeader(HttpHeaders.ACCEPT);
        if (accept == null) {
            return false;
        }
        String names = accept.toLowerCase(Locale.ROOT);
        int bytes = names.indexOf(MEDIA_TYPE);
        int json = names.indexOf(JSON);
        return bytes >= 0 && (json < 0 || bytes < json);
    }

    void start() {
        long size = (long) rows * type.size(result.dimensions());
        response.putHeader(SHAPE, rows + "," + type.width(result.dimensions()))
                .putHeader(TYPE, type.label())
                .putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(size));
        exchange.sendAsItIs();
        if (exchange.begin(200, MEDIA_TYPE)) {
            more();
        }
    }

    private void more() {
        if (exchange.isOver()) {
            return;
        }
        int size = type.size(result.dimensions());
        int count = Math.min(rows - next, Math.max(1, PART / size));
        Buffer part = Buffer.buffer(count * size);
        for (int i = 0; i < count; i++) {
            part.appendBytes(type.bytes(result.vector(next++).values(), result.ranges()));
        }
        if (next == rows) {
            response.end(part);
            exchange.end(null);
            return;
        }
        response.write(part);
        if (response.writeQueueFull()) {
            response.drainHandler(drained -> exchange.run(this::more));
        } else {
            exchange.runLater(this::more);
        }
    }
}
