package phifleet.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.dialect.Problems;

/**
 * Collects one body on the event loop, whole or up to a length from where on it is taken as it flows. Refuses it at the first
 * byte over the limit (before any, if the length is announced), when it takes too long or comes too slowly, and when all bodies
 * together would hold more memory than they may.
 */
public final class BodyReader {
    /** The pace is taken over so long. */
    private static final long PACE_MILLIS = 5_000;

    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(PACE_MILLIS);

    private final Exchange exchange;
    private final BodyBudget budget;
    private final long limit;
    private final int hold;
    private final Receiver receiver;
    private final Body body;
    private final long startedNanos = System.nanoTime();
    private final BodyWatch.Watched watched = new Pace();
    private long lookNanos;
    private int lengthAtLook;
    private boolean done;

    /** Gets the body; one method is called, once, unless the exchange was refused or its client left. */
    public interface Receiver {
        /** All of it is here, to be released by the receiver. */
        void whole(Body body);

        /** So much of it is here, to be released by the receiver; the request is paused, and the rest is still to be read. */
        void flowing(Body beginning);
    }

    /**
     * Starts to read.
     *
     * @param limit the longest body that is taken, in bytes
     * @param hold how much of a body is held at most, in bytes; a longer one flows from there on
     * @param receiver on the exchange's event loop
     */
    public static void read(Exchange exchange, long limit, int hold, Receiver receiver) {
        long announced = announced(exchange.request());
        if (announced > limit) {
            exchange.refuse(tooLarge(announced + " bytes", limit));
            return;
        }
        BodyBudget budget = exchange.edge().budget();
        if (!budget.hasRoomFor(Math.min(Math.max(announced, 0), hold))) {
            exchange.refuse(full());
            return;
        }
        new BodyReader(exchange, limit, hold, receiver, announced).start();
    }

    /**
     * Starts to read a body that may come as slowly and be as long as it likes, and is taken as it flows from its first bytes on.
     *
     * @param hold how much of it has to be here first, in bytes
     */
    public static void readFirst(Exchange exchange, int hold, Receiver receiver) {
        new BodyReader(exchange, Long.MAX_VALUE, hold, receiver, -1).listen();
    }

    /**
     * Starts to read a body that is only of use whole.
     *
     * @param whole gets it, to be released by it, on the exchange's event loop
     */
    public static void readWhole(Exchange exchange, long limit, Consumer<Body> whole) {
        read(exchange, limit, Integer.MAX_VALUE - 8, new Receiver() {
            @Override
            public void whole(Body body) {
                whole.accept(body);
            }

            @Override
            public void flowing(Body beginning) {
                throw new IllegalStateException("no body is longer than can be held");
            }
        });
    }

    /** The length that the request's head says; -1 where it does not. */
    public static long announced(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null) {
            return -1;
        }
        // The server has checked that it is digits only; 19 of them overflow a long.
        return length.length() > 18 ? Long.MAX_VALUE : Long.parseLong(length.strip());
    }

    private BodyReader(Exchange exchange, long limit, int hold, Receiver receiver, long announced) {
        this.exchange = exchange;
        this.budget = exchange.edge().budget();
        this.limit = limit;
        this.hold = hold;
        this.receiver = receiver;
        this.body = new Body(budget, announced);
    }

    private void start() {
        soon(startedNanos);
        exchange.edge().watch().add(watched);
        listen();
    }

    /** Its turns to be looked at. */
    private final class Pace implements BodyWatch.Watched {
        @Override
        public long nextLookNanos() {
            return lookNanos;
        }

        @Override
        public void look() {
            BodyReader.this.look();
        }
    }

    private void listen() {
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
        if (chunk.length() > limit - body.length()) {
            refuse(tooLarge("more than " + limit + " bytes", limit));
        } else if (!body.add(chunk)) {
            refuse(full());
        } else if (body.length() > hold) {
            Backpressure.pause(exchange.request());
            exchange.request().handler(null).endHandler(null);
            finish();
            receiver.flowing(body);
        }
    }

    private void end() {
        if (done) {
            return;
        }
        Problem broken = broken(exchange.request());
        if (broken != null) {
            refuse(broken);
            return;
        }
        finish();
        receiver.whole(body);
    }

    private void soon(long now) {
        long end = startedNanos + exchange.edge().settings().bodyTimeout().toNanos();
        lookNanos = now + Math.min(end - now, PACE_NANOS);
    }

    private void look() {
        if (done) {
            return;
        }
        EdgeSettings settings = exchange.edge().settings();
        long timeout = settings.bodyTimeout().toMillis();
        long now = System.nanoTime();
        if (now - startedNanos >= settings.bodyTimeout().toNanos()) {
            refuse(Problem.of(
                    408, "body_timeout", "the body did not arrive within " + timeout + " ms of its head", null));
        } else if ((body.length() - lengthAtLook) * 1000L < settings.bodyBytesPerSecond() * PACE_MILLIS) {
            refuse(tooSlow(settings.bodyBytesPerSecond()));
        } else {
            lengthAtLook = body.length();
            soon(now);
        }
    }

    /** A body that comes at less than the least pace. */
    public static Problem tooSlow(int bytesPerSecond) {
        return Problem.of(
                408,
                "body_too_slow",
                "the body comes at less than " + bytesPerSecond + " bytes a second, over " + PACE_MILLIS / 1000 + " s",
                null);
    }

    private void refuse(Problem problem) {
        stop();
        exchange.refuse(problem);
    }

    private void stop() {
        finish();
        body.release();
    }

    private void finish() {
        done = true;
        exchange.onHangUp(null);
        exchange.edge().watch().remove(watched);
    }

    /** A body over the limit. */
    public static Problem tooLarge(String found, long limit) {
        return Problem.of(
                413, Problems.BODY_TOO_LARGE, "the body has " + found + ", at most " + limit + " are taken", null);
    }

    /** What is wrong with the framing of a body that has ended; null where it is whole. */
    public static @Nullable Problem broken(HttpServerRequest request) {
        return InvalidRequests.isBroken(request) ? InvalidRequests.problem(request) : null;
    }

    public static Problem full() {
        return Problems.busy("too many large requests are being read");
    }
}
