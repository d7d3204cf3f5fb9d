package phifleet.gateway.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * A request's body: read whole where it is short enough, so that it can be sent again; else streamed with backpressure, at
 * the pace of the slower side. For one event loop.
 */
final class RequestBody {
    /** Hears how reading went; exactly one method is called, once. */
    interface Reader {
        /** The body is ready to be sent, whole or as a stream. */
        void ready();

        /** The body is longer than allowed. */
        void tooLong();
    }

    private final HttpServerRequest request;
    private final ProxySettings settings;
    private final long declared;
    private @Nullable Buffer buffered;
    private boolean whole;
    private boolean streaming;
    private long received;

    RequestBody(HttpServerRequest request, ProxySettings settings) {
        this.request = request;
        this.settings = settings;
        this.declared = declaredLength(request);
    }

    /** The declared length; -1 where the length is not known, 0 where there is no body. */
    private static long declaredLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null) {
            try {
                return Long.parseLong(length);
            } catch (NumberFormatException e) {
                return -1;
            }
        }
        boolean framed =
                request.version() == HttpVersion.HTTP_2 || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
        return framed ? -1 : 0;
    }

    void read(Reader reader) {
        if (declared > settings.maxBodyBytes()) {
            reader.tooLong();
        } else if (declared == 0) {
            whole = true;
            reader.ready();
        } else if (declared > settings.bufferBytes()) {
            request.pause();
            acceptBody();
            reader.ready();
        } else {
            acceptBody();
            request.handler(chunk -> buffer(chunk, reader));
            request.endHandler(end -> {
                whole = true;
                reader.ready();
            });
        }
    }

    /** A client that asked first waits for this before it sends the body. */
    private void acceptBody() {
        if (request.headers().contains(HttpHeaders.EXPECT)) {
            request.response().writeContinue();
        }
    }

    private void buffer(Buffer chunk, Reader reader) {
        received += chunk.length();
        if (buffered == null) {
            buffered = chunk;
        } else {
            if (received == chunk.length() + (long) buffered.length() && buffered.length() < chunk.length()) {
                buffered = Buffer.buffer(buffered.length() + chunk.length()).appendBuffer(buffered);
            }
            buffered.appendBuffer(chunk);
        }
        if (received > settings.bufferBytes()) {
            request.pause();
            request.handler(null).endHandler(null);
            reader.ready();
        }
    }

    /** Whether it can be sent again: none of it has gone where it cannot be had back. */
    boolean replayable() {
        return whole || !streaming;
    }

    /** What has been read so far. */
    Buffer head() {
        return buffered == null ? Buffer.buffer(0) : buffered;
    }

    /**
     * Sends it.
     *
     * @param tooLong called where a stream turns out longer than allowed
     */
    void sendTo(HttpClientRequest upstream, Runnable tooLong) {
        if (whole) {
            if (buffered == null) {
                upstream.end();
            } else {
                upstream.end(buffered);
            }
            return;
        }
        streaming = true;
        if (declared >= 0) {
            upstream.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(declared));
        } else {
            upstream.setChunked(true);
        }
        if (buffered != null) {
            upstream.write(buffered);
            buffered = null;
        }
        request.handler(chunk -> stream(chunk, upstream, tooLong));
        request.endHandler(end -> upstream.end());
        request.resume();
    }

    private void stream(Buffer chunk, HttpClientRequest upstream, Runnable tooLong) {
        received += chunk.length();
        if (received > settings.maxBodyBytes()) {
            drop();
            tooLong.run();
            return;
        }
        upstream.write(chunk);
        if (upstream.writeQueueFull()) {
            request.pause();
            upstream.drainHandler(drained -> request.resume());
        }
    }

    /** Lets what is still to come of it go by. */
    void drop() {
        request.handler(null);
        request.endHandler(null);
        request.resume();
    }
}
