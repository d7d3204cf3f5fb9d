package phifleet.gateway.http;

import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import phifleet.common.FleetHeaders;
import phifleet.common.Problem;
import phifleet.gateway.balance.Failure;
import phifleet.gateway.balance.Lease;
import phifleet.gateway.balance.Worker;

/**
 * One client's request from arrival to answer, over as many attempts as it takes. Everything here runs on the client's
 * event loop.
 *
 * <p>A request moves to another worker only while nothing of an answer has been passed on, its body can be sent again,
 * its deadline is ahead, and the retry budget allows it. All requests of the fleet's API may be repeated by contract. A
 * timeout is never retried: the work would be done twice while nobody waits. A worker that takes no connection has cost
 * nobody anything, so that only time bounds the search for one that does.
 */
final class Exchange implements RequestBody.Reader {
    private static final Duration RETRY_SOON = Duration.ofSeconds(1);

    /** How long a request that can go elsewhere waits for a worker: a change of members takes no longer. */
    private static final Duration WAIT_BEFORE_FALLBACK = Duration.ofMillis(250);

    private final ProxyLoop loop;
    private final HttpServerRequest request;
    private final Route route;
    private final String requestId;
    private final RequestBody body;
    private final long arrived;
    private final long deadline;
    private final boolean deadlineNamed;
    private final boolean hasFallback;
    private final List<Worker> tried = new ArrayList<>(2);
    private Phase phase = Phase.READING;
    private long phaseSince;
    private int attempts;
    private boolean searching;
    private long searchingSince;
    private @Nullable Attempt attempt;

    private enum Phase {
        /** The body comes in. */
        READING,
        /** No worker can be picked. */
        WAITING,
        /** A worker has it, and has not answered. */
        TRYING,
        /** The answer goes out. */
        ANSWERING,
        DONE
    }

    /**
     * Where the request goes.
     *
     * @param uri what the worker is asked for
     * @param path of that, without the query
     * @param pinned the one worker that may answer; null where any may
     */
    record Route(String uri, String path, @Nullable Worker pinned) {}

    Exchange(ProxyLoop loop, HttpServerRequest request, Route route, String requestId) {
        this.loop = loop;
        this.request = request;
        this.route = route;
        this.requestId = requestId;
        this.body = new RequestBody(request, loop.settings());
        this.arrived = loop.now();
        this.phaseSince = arrived;
        long longest = loop.settings().requestTimeout().toMillis();
        long named = timeoutMillis(request.getHeader(FleetHeaders.REQUEST_TIMEOUT_MS));
        this.deadlineNamed = named > 0;
        // On HTTP/2 others share the connection, so that it cannot be hung up on for one.
        this.hasFallback = request.getHeader(FleetHeaders.FALLBACK) != null && request.version() != HttpVersion.HTTP_2;
        this.deadline = arrived + TimeUnit.MILLISECONDS.toNanos(deadlineNamed ? Math.min(named, longest) : longest);
    }

    private static long timeoutMillis(@Nullable String header) {
        try {
            return header == null ? -1 : Long.parseLong(header.strip());
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    void start() {
        loop.opened(this);
        request.exceptionHandler(gone -> clientGone());
        request.response().exceptionHandler(gone -> clientGone());
        request.response().closeHandler(gone -> clientGone());
        body.read(this);
    }

    @Override
    public void ready() {
        if (phase == Phase.READING) {
            loop.budget().request();
            attempt();
        }
    }

    @Override
    public void tooLong() {
        if (attempt != null) {
            attempt.abandon();
        }
        answerAndHangUp(Problem.of(
                413,
                "body_too_large",
                "the body is longer than the limit of " + loop.settings().maxBodyBytes() + " bytes",
                null));
    }

    private void attempt() {
        @Nullable Worker worker = loop.pick(route, body, tried);
        if (worker != null) {
            enter(Phase.TRYING);
            Lease lease = worker.lease();
            Attempt next = new Attempt(this, lease, loop.now());
            attempt = next;
            loop.connect(worker, route.uri(), request.method(), next);
        } else if (phase != Phase.WAITING) {
            enter(Phase.WAITING);
            search();
            if (loop.full(route, body)) {
                overloaded();
            }
        }
    }

    private void overloaded() {
        answer(new Problem(
                429, "fleet_overloaded", "every worker has as many requests as it may have", null, RETRY_SOON));
    }

    /** Fills in the head of a request to a worker, and sends it all. */
    void send(HttpClientRequest upstream) {
        attempts++;
        searching = false;
        ProxyHeaders.copyRequest(request, upstream.headers());
        upstream.headers().set(FleetHeaders.REQUEST_ID, requestId);
        if (deadlineNamed) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - loop.now());
            upstream.headers().set(FleetHeaders.REQUEST_TIMEOUT_MS, Long.toString(Math.max(1, left)));
        }
        body.sendTo(upstream, this::tooLong);
    }

    /** Whether the request may go to another worker, as things stand. */
    boolean mayTryAnother() {
        return route.pinned() == null
                && phase == Phase.TRYING
                && body.replayable()
                && attempts < loop.settings().attempts()
                && deadline - loop.now() > 0
                && loop.tryRetry();
    }

    /** A worker refused the request; another may take it. */
    void refused(Attempt by) {
        loop.retried("refused");
        tryAnother(by);
    }

    /** A worker failed, after its answer had begun to go out or before. */
    void failed(Attempt by, Failure failure, boolean begun) {
        if (begun) {
            // Half an answer is out. Only a broken connection says so.
            finish();
            request.response().reset();
        } else if (failure == Failure.TIMEOUT) {
            answer(Problem.of(504, "deadline_exceeded", "no worker answered before the request's deadline", null));
        } else if (failure == Failure.CONNECT && route.pinned() == null) {
            search();
            if (!searchIsOver(loop.now())) {
                loop.retried("connect");
                tryAnother(by);
            }
        } else if (mayTryAnother()) {
            loop.retried("cut_off");
            tryAnother(by);
        } else {
            answer(new Problem(
                    route.pinned() == null ? 503 : 502,
                    "worker_failed",
                    "worker " + by.worker().card().id() + " failed before it answered",
                    null,
                    RETRY_SOON));
        }
    }

    private void tryAnother(Attempt by) {
        tried.add(by.worker());
        attempt = null;
        attempt();
    }

    /** How long an answer may be that is passed on only once it is whole, in bytes. */
    int holdBytes() {
        return loop.settings().holdBytes();
    }

    /** The answer's head is about to go out. */
    HttpServerResponse answering() {
        enter(Phase.ANSWERING);
        return request.response();
    }

    /** The answer is out. */
    void done() {
        loop.served(loop.now() - arrived);
        finish();
    }

    /** Looks at the clock; called about every 20 ms. */
    void tick(long now) {
        switch (phase) {
            case READING -> {
                if (now - phaseSince > loop.settings().bodyTimeout().toNanos()) {
                    answerAndHangUp(Problem.of(408, "body_too_slow", "the request's body did not come in time", null));
                }
            }
            case WAITING -> waiting(now);
            case TRYING -> {
                if (now - deadline >= 0 && attempt != null) {
                    attempt.fail(Failure.TIMEOUT);
                }
            }
            case ANSWERING, DONE -> {
                // A worker that stops in the middle is found dead by the looks taken at it.
            }
        }
    }

    private void waiting(long now) {
        if (searchIsOver(now)) {
            return;
        }
        if (now - phaseSince > loop.pauseBeforeSecondTry()) {
            tried.clear();
        }
        attempt();
    }

    /** Begins to count the time for which no worker has taken the request. */
    private void search() {
        if (!searching) {
            searching = true;
            searchingSince = loop.now();
        }
    }

    /** Ends the request where it has been without a worker for too long; whether it did. */
    private boolean searchIsOver(long now) {
        long searched = now - searchingSince;
        if (now - deadline >= 0) {
            answer(Problem.of(504, "deadline_exceeded", "no worker could take the request before its deadline", null));
        } else if (hasFallback && searched > WAIT_BEFORE_FALLBACK.toNanos()) {
            hangUp();
        } else if (searched > loop.settings().waitForWorker().toNanos()) {
            answer(new Problem(503, "no_worker", "no worker is ready to take the request", null, RETRY_SOON));
        } else {
            return false;
        }
        return true;
    }

    /** Gives up what is in flight on a worker that is dead. */
    void workerDied(Worker worker) {
        if (attempt != null && attempt.worker() == worker) {
            attempt.workerDied();
        }
    }

    private void clientGone() {
        if (phase != Phase.DONE) {
            if (attempt != null) {
                attempt.abandon();
            }
            finish();
        }
    }

    /** For a client whose body is not wanted: what it still sends is let go by for a while, so that it sees the answer. */
    private void answerAndHangUp(Problem problem) {
        if (request.version() != HttpVersion.HTTP_2) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            loop.hangUpSoon(request);
        }
        answer(problem);
    }

    private void hangUp() {
        finish();
        body.drop();
        loop.refused("no_worker");
        request.connection().close();
    }

    private void answer(Problem problem) {
        HttpServerResponse response = request.response();
        finish();
        body.drop();
        response.putHeader(FleetHeaders.REQUEST_ID, requestId);
        loop.refused(problem.code());
        GatewayErrors.send(response, route.path(), problem);
    }

    private void finish() {
        enter(Phase.DONE);
        loop.closed(this);
    }

    private void enter(Phase next) {
        phase = next;
        phaseSince = loop.now();
    }

    String requestId() {
        return requestId;
    }

    HttpMethod method() {
        return request.method();
    }

    long now() {
        return loop.now();
    }
}
