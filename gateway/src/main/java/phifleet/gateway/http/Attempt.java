package phifleet.gateway.http;

import io.vertx.core.AsyncResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;
import phifleet.common.FleetHeaders;
import phifleet.gateway.balance.Failure;
import phifleet.gateway.balance.Lease;
import phifleet.gateway.balance.Worker;

/**
 * One try to have a request answered by one worker: connect, send, pass the answer on. It holds the lease and ends it
 * exactly once. For one event loop.
 *
 * <p>A short answer is passed on once it is whole, so that a worker that dies within it has failed before it answered. A
 * longer one, and one of unknown length, passes as it comes.
 */
final class Attempt {
    private final Exchange exchange;
    private final Lease lease;
    private final long started;
    private @Nullable HttpClientRequest upstream;
    private @Nullable HttpServerResponse out;
    private boolean over;
    private long length;
    private long received;
    private @Nullable Buffer held;

    Attempt(Exchange exchange, Lease lease, long nowNanos) {
        this.exchange = exchange;
        this.lease = lease;
        this.started = nowNanos;
    }

    Worker worker() {
        return lease.worker();
    }

    /** Takes the connection that was asked for, or the reason why there is none. */
    void connected(AsyncResult<HttpClientRequest> connection) {
        if (over) {
            if (connection.succeeded()) {
                connection.result().reset();
            }
            return;
        }
        if (connection.failed()) {
            fail(Failure.CONNECT);
            return;
        }
        HttpClientRequest request = connection.result();
        upstream = request;
        request.exceptionHandler(broken -> fail(Failure.CUT_OFF));
        request.response().onComplete(answer -> {
            if (answer.failed()) {
                fail(Failure.CUT_OFF);
            } else if (!over) {
                head(answer.result());
            }
        });
        exchange.send(request);
    }

    private void head(HttpClientResponse answer) {
        int status = answer.statusCode();
        if (status == 503 && exchange.mayTryAnother()) {
            // It refused, so it has done nothing: another may take it.
            over = true;
            lease.abandoned();
            answer.exceptionHandler(reset -> {});
            reset();
            exchange.refused(this);
            return;
        }
        boolean bodyless = exchange.method().equals(HttpMethod.HEAD) || status == 204 || status == 304;
        length = bodyless ? 0 : length(answer);
        if (length < 0 || length > exchange.holdBytes()) {
            begin(answer);
        }
        answer.handler(chunk -> pass(chunk, answer));
        answer.exceptionHandler(broken -> fail(Failure.CUT_OFF));
        answer.endHandler(end -> finish(answer));
    }

    /** Passes the head on: from now on the answer is this worker's. */
    private HttpServerResponse begin(HttpClientResponse answer) {
        HttpServerResponse begun = exchange.answering();
        begun.setStatusCode(answer.statusCode());
        ProxyHeaders.copyAnswer(answer.headers(), begun.headers());
        begun.headers().set(FleetHeaders.REQUEST_ID, exchange.requestId());
        if (!begun.headers().contains(FleetHeaders.WORKER_ID)) {
            begun.headers().set(FleetHeaders.WORKER_ID, worker().card().id());
        }
        if (length < 0) {
            begun.setChunked(true);
        }
        out = begun;
        return begun;
    }

    private static long length(HttpClientResponse answer) {
        String length = answer.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? -1 : Long.parseLong(length);
    }

    private void pass(Buffer chunk, HttpClientResponse answer) {
        if (over) {
            return;
        }
        received += chunk.length();
        if (out == null) {
            hold(chunk);
        } else if (received == length) {
            // The end comes next, and goes out in the same write.
            held = chunk;
        } else {
            out.write(chunk);
            if (out.writeQueueFull()) {
                answer.pause();
                out.drainHandler(drained -> answer.resume());
            }
        }
    }

    private void hold(Buffer chunk) {
        if (held != null) {
            held.appendBuffer(chunk);
        } else if (received == length) {
            held = chunk;
        } else {
            held = Buffer.buffer(Math.toIntExact(length)).appendBuffer(chunk);
        }
    }

    private void finish(HttpClientResponse answer) {
        if (over) {
            return;
        }
        over = true;
        int status = answer.statusCode();
        if (status == 500 || status == 502) {
            lease.failed(Failure.SERVER_ERROR);
        } else {
            lease.served(exchange.now() - started);
        }
        HttpServerResponse begun = out != null ? out : begin(answer);
        if (held != null) {
            begun.end(held);
        } else {
            begun.end();
        }
        exchange.done();
    }

    /** Ends the attempt as the worker's failure. */
    void fail(Failure failure) {
        if (over) {
            return;
        }
        over = true;
        lease.failed(failure);
        reset();
        exchange.failed(this, failure, out != null);
    }

    /** Ends the attempt, whether it had a connection already or not. */
    void workerDied() {
        fail(upstream == null ? Failure.CONNECT : Failure.CUT_OFF);
    }

    /** Ends the attempt because nobody wants the answer any more. */
    void abandon() {
        if (!over) {
            over = true;
            lease.abandoned();
            reset();
        }
    }

    private void reset() {
        if (upstream != null) {
            upstream.reset();
        }
    }
}
