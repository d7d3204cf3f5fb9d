package phifleet.gateway.http.proxy;

import io.vertx.core.AsyncResult;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import phifleet.gateway.balance.Failure;
import phifleet.gateway.balance.Lease;
import phifleet.gateway.balance.Worker;
import phifleet.http.Backpressure;
import phifleet.http.dialect.GrpcProblems;
import phifleet.http.dialect.GrpcStatus;

/**
 * One try to have a request answered by one worker: connect, send, pass the answer on. It holds the lease and ends it
 * exactly once. For one event loop.
 *
 * <p>A short answer is passed on once it is whole, so that a worker that dies within it has failed before it answered. A
 * longer one, and one of unknown length, passes as it comes.
 */
final class Attempt {
    private final Client client;
    private final Lease lease;
    private final int holdBytes;
    private final LongSupplier nanos;
    private final long started;
    private @Nullable HttpClientRequest upstream;
    private @Nullable HttpServerResponse out;
    private boolean over;
    private long length;
    private long received;
    private @Nullable Buffer held;

    /** Whom the attempt is made for. */
    interface Client {
        HttpMethod method();

        /** Fills in the head of the request, and sends it all. */
        void send(HttpClientRequest upstream);

        /** Whether another worker may be asked, as things stand; takes that from the retries that are left. */
        boolean mayTryAnother();

        /** The same where this worker has too much to do: only if there is another that has not been asked. */
        boolean mayTryAnotherThan(Worker overloaded);

        /** This worker refused the request. */
        void refused(Worker worker);

        /**
         * This worker failed.
         *
         * @param begun whether its answer had begun to go out
         */
        void failed(Worker worker, Failure failure, boolean begun);

        /** This worker's answer is none that HTTP knows, and nothing of it has gone out. */
        void misanswered(Worker worker);

        /** The head of the answer is about to go out; its own response, with no header of the worker's yet. */
        HttpServerResponse answering(HttpClientResponse answer, Worker worker);

        /** A part of the answer has come. */
        void passing(Buffer part);

        /**
         * The answer is whole, and about to end.
         *
         * @param status what it means, also where it is a call's
         */
        void ending(HttpClientResponse answer, int status);

        /** The answer is out. */
        void done();
    }

    Attempt(Client client, Lease lease, int holdBytes, LongSupplier nanos) {
        this.client = client;
        this.lease = lease;
        this.holdBytes = holdBytes;
        this.nanos = nanos;
        this.started = nanos.getAsLong();
    }

    Worker worker() {
        return lease.worker();
    }

    /** Takes the connection that was asked for, or the reason why there is none. */
    void connected(AsyncResult<HttpClientRequest> connection) {
        if (over) {
            if (connection.succeeded()) {
                connection.result().exceptionHandler(expected -> {}).reset();
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
                guarded(() -> head(answer.result()));
            }
        });
        client.send(request);
    }

    /** What a worker answers must never leave its client without an answer. */
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (IllegalArgumentException | IllegalStateException e) {
            misanswered();
        }
    }

    private void head(HttpClientResponse answer) {
        int status = meaning(answer.statusCode(), answer.headers());
        if (status < 200 || status > 599) {
            misanswered();
            return;
        }
        if ((status == 503 && client.mayTryAnother()) || (status == 429 && client.mayTryAnotherThan(worker()))) {
            // It refused, so it has done nothing: another may take it.
            over = true;
            lease.abandoned();
            answer.exceptionHandler(reset -> {});
            reset();
            client.refused(worker());
            return;
        }
        boolean bodyless = client.method().equals(HttpMethod.HEAD)
                || status == 204
                || status == 304
                // The head is all that a refused call has.
                || answer.headers().contains(GrpcProblems.STATUS);
        length = bodyless ? 0 : length(answer);
        if (length < 0 || length > holdBytes) {
            begin(answer);
        }
        answer.handler(chunk -> pass(chunk, answer));
        answer.exceptionHandler(broken -> fail(Failure.CUT_OFF));
        answer.endHandler(end -> guarded(() -> finish(answer)));
    }

    /** The status of an answer; that of a call stands in fields of its own. */
    private static int meaning(int status, MultiMap fields) {
        return status == 200 ? GrpcStatus.httpStatus(fields) : status;
    }

    /** Passes the head on: from now on the answer is this worker's. */
    private HttpServerResponse begin(HttpClientResponse answer) {
        HttpServerResponse begun = client.answering(answer, worker());
        if (length < 0) {
            begun.setChunked(true);
        }
        out = begun;
        return begun;
    }

    /** What the head says of an answer's length; −1 where it says nothing. */
    static long length(HttpClientResponse answer) {
        String length = answer.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? -1 : Long.parseLong(length);
    }

    private void pass(Buffer chunk, HttpClientResponse answer) {
        if (over) {
            return;
        }
        received += chunk.length();
        client.passing(chunk);
        if (out == null) {
            hold(chunk);
        } else if (received == length) {
            // The end comes next, and goes out in the same write.
            held = chunk;
        } else {
            out.write(chunk);
            if (out.writeQueueFull()) {
                Backpressure.pause(answer);
                out.drainHandler(drained -> Backpressure.resume(answer));
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
        HttpServerResponse begun = out != null ? out : begin(answer);
        over = true;
        int status = meaning(meaning(answer.statusCode(), answer.headers()), answer.trailers());
        client.ending(answer, status);
        if (status == 500 || status == 502) {
            lease.failed(Failure.SERVER_ERROR);
        } else {
            lease.served(nanos.getAsLong() - started);
        }
        if (held != null) {
            begun.end(held);
        } else {
            begun.end();
        }
        client.done();
    }

    private void misanswered() {
        if (out != null) {
            fail(Failure.CUT_OFF);
        } else {
            end(Failure.SERVER_ERROR, client::misanswered);
        }
    }

    /** Ends the attempt as the worker's failure. */
    void fail(Failure failure) {
        boolean begun = out != null;
        end(failure, worker -> client.failed(worker, failure, begun));
    }

    private void end(Failure failure, Consumer<Worker> toldBy) {
        if (over) {
            return;
        }
        over = true;
        lease.failed(failure);
        reset();
        toldBy.accept(worker());
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
