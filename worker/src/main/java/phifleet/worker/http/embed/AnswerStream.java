package phifleet.worker.http.embed;

import io.vertx.core.http.HttpServerResponse;
import phifleet.http.Exchange;
import phifleet.http.json.JsonOutput;

/**
 * Writes one embedding answer. A small one goes out at once; a large one in parts, as fast as the client takes them, with the
 * event loop free for others between two parts.
 */
final class AnswerStream {
    /** Bytes of a part: some 6,000 floats, a few tenths of a millisecond of writing. */
    private static final int PART = 64 * 1024;

    /** What one float takes as a shortest decimal, comma included, and a little more. */
    private static final int BYTES_A_FLOAT = 13;

    private final Exchange exchange;
    private final HttpServerResponse response;
    private final EmbedResult result;
    private final EmbedAnswer answer;
    private final int items;
    private final JsonOutput out;
    private int next;

    AnswerStream(Exchange exchange, EmbedResult result) {
        this.exchange = exchange;
        this.response = exchange.response();
        this.result = result;
        this.answer = result.request().answer();
        this.items = answer.items(result);
        long bytes = 256 + (long) items * ((long) result.dimensions() * BYTES_A_FLOAT + 64);
        this.out = new JsonOutput((int) Math.min(bytes, PART + PART / 4));
    }

    void start() {
        answer.head(result, out);
        if (fill()) {
            exchange.answer(out);
        } else if (exchange.begin(200, JsonOutput.MEDIA_TYPE)) {
            response.setChunked(true);
            send();
        }
    }

    /** Writes items until a part is full; true when all are written. */
    private boolean fill() {
        while (next < items) {
            if (out.size() >= PART) {
                return false;
            }
            answer.item(result, next, out);
            next++;
        }
        answer.tail(result, out);
        return true;
    }

    private void send() {
        response.write(out.take());
        if (response.writeQueueFull()) {
            response.drainHandler(drained -> exchange.run(this::more));
        } else {
            exchange.runLater(this::more);
        }
    }

    private void more() {
        if (exchange.isOver()) {
            return;
        }
        if (fill()) {
            response.end(out.takeLast());
            exchange.end(null);
        } else {
            send();
        }
    }
}
