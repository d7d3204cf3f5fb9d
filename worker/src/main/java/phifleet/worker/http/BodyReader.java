package phifleet.worker.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;

/**
 * Collects one body on the event loop. Refuses it at the first byte over the limit (before any, if the length is announced),
 * when it takes too long, and when all bodies together would hold more memory than they may.
 */
final class BodyReader {
    private final Exchange exchange;
    private final int limit;
    private final AtomicLong memory;
    private final Consumer<Body> whole;
    private final long timer;
    private @Nullable Buffer first;
    private int length;
    private int reserved;
    private boolean done;

    /**
     * Starts to read.
     *
     * @param memory bytes that bodies may still hold, of all requests together
     * @param whole gets the body once and has to release it, unless the exchange was refused or its client left
     */
    static void read(Exchange exchange, AtomicLong memory, Consumer<Body> whole) {
        HttpServerRequest request = exchange.request();
        int limit = exchange.edge().settings().maxBodyBytes();
        String announced = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (announced == null && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null) {
            exchange.refuse(Problem.of(
                    411, "length_required", "the request needs a body, with a Content-Length or in chunks", null));
            return;
        }
        // Netty has checked that it is digits only; 19 of them overflow a long.
        if (announced != null && (announced.length() > 18 || Long.parseLong(announced.strip()) > limit)) {
            exchange.refuse(tooLarge(announced + " bytes", limit));
            return;
        }
        new BodyReader(exchange, limit, memory, whole).start();
    }

    private BodyReader(Exchange exchange, int limit, AtomicLong memory, Consumer<Body> whole) {
        this.exchange = exchange;
        this.limit = limit;
        this.memory = memory;
        this.whole = whole;
        long timeout = exchange.edge().settings().bodyTimeout().toMillis();
        this.timer = exchange.edge().vertx().setTimer(timeout, fired -> late(timeout));
    }

    private void start() {
        exchange.onHangUp(this::stop);
        HttpServerRequest request = exchange.request();
        request.handler(this::chunk);
        request.endHandler(ended -> end());
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            exchange.response().writeContinue();
        }
    }

    private void chunk(Buffer chunk) {
        if (done) {
            return;
        }
        if (chunk.length() > limit - length) {
            refuse(tooLarge("more than " + limit + " bytes", limit));
            return;
        }
        if (!reserve(chunk.length())) {
            refuse(Problems.busy("too many large requests are being read"));
            return;
        }
        length += chunk.length();
        if (first == null) {
            first = chunk;
        } else {
            first.appendBuffer(chunk);
        }
    }

    private void end() {
        if (!done) {
            byte[] bytes = first == null ? new byte[0] : first.getBytes();
            reserved = 0;
            stop();
            exchange.onHangUp(null);
            whole.accept(new Body(bytes, memory));
        }
    }

    private void late(long timeoutMs) {
        if (!done) {
            refuse(Problem.of(
                    408,
                    "body_timeout",
                    "the body did not arrive within " + TimeUnit.MILLISECONDS.toSeconds(timeoutMs) + " s of its head",
                    null));
        }
    }

    private void refuse(Problem problem) {
        stop();
        exchange.refuse(problem);
    }

    private void stop() {
        done = true;
        first = null;
        memory.addAndGet(reserved);
        reserved = 0;
        exchange.edge().vertx().cancelTimer(timer);
    }

    private boolean reserve(int bytes) {
        reserved += bytes;
        return memory.addAndGet(-bytes) >= 0;
    }

    private static Problem tooLarge(String found, int limit) {
        return Problem.of(413, "body_too_large", "the body has " + found + ", at most " + limit + " are taken", null);
    }
}
