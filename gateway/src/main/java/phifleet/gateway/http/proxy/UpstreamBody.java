package phifleet.gateway.http.proxy;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.gateway.http.routing.ModelName;
import phifleet.http.Backpressure;
import phifleet.http.Body;
import phifleet.http.BodyReader;
import phifleet.http.Inflation;
import phifleet.http.grpc.GrpcFrames;

/**
 * A request's body on its way to a worker: whole, so that it can be sent again; or its beginning, and the rest as it flows, with
 * backpressure, at the pace of the slower side. For one event loop.
 */
final class UpstreamBody {
    /** The pace of a body that flows is taken over so long. */
    private static final long PACE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final HttpServerRequest request;
    private final Body held;
    private final boolean whole;
    private final long limit;
    private final @Nullable StreamToll toll;
    private @Nullable Renaming renaming;
    private boolean streaming;
    private boolean paused;
    private boolean ended;
    private long received;
    private long receivedAtMark;
    private long markNanos;

    /** Another name in place of some bytes. */
    private record Renaming(int from, int to, Buffer name) {
        void send(HttpClientRequest upstream, Buffer body) {
            int length = body.length() - (to - from) + name.length();
            upstream.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(length));
            upstream.write(body.slice(0, from));
            upstream.write(name.copy());
            upstream.end(body.slice(to, body.length()));
        }
    }

    /**
     * A body.
     *
     * @param limit the longest that it may be, in bytes
     * @param toll what its parts count for; null where it is of one request
     */
    UpstreamBody(HttpServerRequest request, Body held, boolean whole, long limit, @Nullable StreamToll toll) {
        this.toll = toll;
        this.request = request;
        this.held = held;
        this.whole = whole;
        this.limit = limit;
        this.received = held.length();
    }

    /** Whether there is more of it to come. */
    boolean flows() {
        return !whole && !ended;
    }

    /** Whether it can be sent again: none of it has gone where it cannot be had back. */
    boolean replayable() {
        return whole || !streaming;
    }

    /**
     * Sends it.
     *
     * @param refused hears why a stream can not go on
     */
    void sendTo(HttpClientRequest upstream, Consumer<Problem> refused) {
        if (whole) {
            if (held.length() == 0) {
                upstream.end();
            } else if (renaming != null) {
                renaming.send(upstream, held.buffer());
            } else {
                upstream.end(held.buffer());
            }
            return;
        }
        streaming = true;
        Problem early = toll == null ? null : toll.asks(held.buffer());
        if (early != null) {
            refused.accept(early);
            return;
        }
        long announced = BodyReader.announced(request);
        if (announced >= 0) {
            upstream.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(announced));
        } else {
            upstream.setChunked(true);
        }
        upstream.write(held.buffer()).onComplete(out -> held.release());
        request.handler(chunk -> {
            received += chunk.length();
            if (received > limit) {
                refused.accept(BodyReader.tooLarge("more than " + limit + " bytes", limit));
                return;
            }
            Problem barred = toll == null ? null : toll.asks(chunk);
            if (barred != null) {
                refused.accept(barred);
                return;
            }
            upstream.write(chunk);
            if (upstream.writeQueueFull()) {
                paused = true;
                Backpressure.pause(request);
                upstream.drainHandler(drained -> resume());
            }
        });
        request.endHandler(end -> {
            ended = true;
            Problem wrong = BodyReader.broken(request);
            if (wrong == null) {
                upstream.end();
            } else {
                refused.accept(wrong);
            }
        });
        resume();
    }

    private void resume() {
        // What it could not send while it was held up is not its fault.
        paused = false;
        markNanos = 0;
        Backpressure.resume(request);
    }

    /**
     * Whether a stream has come too slowly since it was last found not to.
     *
     * @param bytesPerSecond the least pace
     */
    boolean isTooSlow(long now, int bytesPerSecond) {
        if (!streaming || ended || paused) {
            return false;
        }
        if (markNanos == 0) {
            markNanos = now;
            receivedAtMark = received;
            return false;
        }
        if (now - markNanos < PACE_NANOS) {
            return false;
        }
        boolean slow = (received - receivedAtMark) * 1_000_000_000.0 < (double) bytesPerSecond * (now - markNanos);
        markNanos = now;
        receivedAtMark = received;
        return slow;
    }

    /**
     * At most so many bytes of its beginning, as it was meant; none once that has flowed away.
     *
     * @param isCall whether it is that of a gRPC call, and its first message is wanted
     */
    byte[] beginning(int most, boolean isCall) {
        byte[] beginning = Inflation.beginning(request, held, most);
        return isCall ? GrpcFrames.beginning(request, beginning, most) : beginning;
    }

    /** Where it names a model, for another name to stand there; null where it names none, or cannot be changed. */
    ModelName.@Nullable Place modelPlace() {
        if (!whole || request.headers().contains(HttpHeaders.CONTENT_ENCODING)) {
            return null;
        }
        byte[] beginning = beginning(ModelName.SCANNED_BYTES, false);
        ModelName.Place place = ModelName.placeIn(beginning);
        // In another encoding than UTF-8 places are not known in bytes.
        return place != null
                        && place.from() >= 0
                        && place.to() <= beginning.length
                        && beginning[place.from()] == '"'
                        && beginning[place.to() - 1] == '"'
                ? place
                : null;
    }

    /** Sends another name in the place of the one that is there. */
    void rename(ModelName.Place place, String model) {
        byte[] quoted = JsonStringEncoder.getInstance().quoteAsUTF8(model);
        renaming = new Renaming(
                place.from(),
                place.to(),
                Buffer.buffer(quoted.length + 2)
                        .appendByte((byte) '"')
                        .appendBytes(quoted)
                        .appendByte((byte) '"'));
    }

    /** Gives back what it holds. */
    void release() {
        held.release();
    }
}
