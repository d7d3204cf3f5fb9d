package phifleet.gateway.http.proxy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.gateway.balance.Failure;
import phifleet.gateway.balance.Worker;
import phifleet.gateway.http.routing.ModelRouting;
import phifleet.gateway.http.routing.RequestTarget;
import phifleet.http.Body;
import phifleet.http.BodyReader;
import phifleet.http.Exchange;
import phifleet.http.HeaderNames;
import phifleet.http.Urgency;
import phifleet.http.dialect.ProblemShape;
import phifleet.http.grpc.GrpcFrames;

/**
 * One client's request from arrival to answer, over as many attempts as it takes. Everything here runs on the client's
 * event loop.
 *
 * <p>A request moves to another worker only while nothing of an answer has been passed on, its body can be sent again,
 * its deadline is ahead, and the retry budget allows it ({@link Tries}). A timeout is never retried: the work would be done
 * twice while nobody waits. A worker that takes no connection has cost nobody anything, so that only time bounds the search
 * for one that does.
 */
final class Forwarding implements Attempt.Client, BodyReader.Receiver {
    private final Exchange exchange;
    private final RequestTarget came;
    private final ProxyMeans means;
    private final RequestAccount account;
    private final WorkerSearch search;
    private final Tries tries;
    private Phase phase = Phase.READING;
    private long phaseSince;
    private long deadline;
    private boolean deadlineNamed;
    private boolean serverError;
    private @Nullable Asked asked;
    private Flows.@Nullable Place place;
    private @Nullable Attempt attempt;
    private final Consumer<Forwarding> closed;

    /**
     * Of one request.
     *
     * @param came where it was sent
     * @param closed hears that it is over
     */
    Forwarding(Exchange exchange, RequestTarget came, ProxyMeans means, Consumer<Forwarding> closed) {
        this.exchange = exchange;
        this.came = came;
        this.means = means;
        this.account = new RequestAccount(exchange, means);
        this.tries = new Tries(means);
        this.closed = closed;
        this.phaseSince = means.nanos().getAsLong();
        // On HTTP/2 others share the connection, so that it cannot be hung up on for one.
        boolean hasFallback = exchange.request().getHeader(HeaderNames.FALLBACK) != null
                && exchange.request().version() != HttpVersion.HTTP_2;
        this.search = new WorkerSearch(means.demand().patience(means.settings().waitForWorker()), hasFallback);
    }

    void start() {
        HttpServerRequest request = exchange.request();
        if (came.isStream()) {
            BodyReader.readFirst(exchange, GrpcFrames.PREFIX_BYTES, this);
            return;
        }
        long room = exchange.edge().budget().largest();
        int held = means.settings().heldBytes(BodyReader.announced(request), room);
        BodyReader.read(exchange, came.limit(exchange.edge().settings()), held, this);
    }

    @Override
    public void whole(Body whole) {
        received(whole, true);
    }

    @Override
    public void flowing(Body beginning) {
        received(beginning, false);
    }

    private void received(Body held, boolean whole) {
        exchange.onHangUp(this::clientGone);
        Asked request = new Asked(exchange, came, means.division(), held, whole);
        asked = request;
        switch (exchange.urgency()) {
            case Urgency.Reading.Wrong(Problem problem) -> answer(problem);
            case Urgency.Reading.Read(Urgency urgency) -> {
                Urgency due =
                        request.target().urgency(urgency, now(), exchange.edge().settings());
                deadline = due.deadlineNanos();
                deadlineNamed = due.named();
                means.budget().request();
                account.open(request, due.priority());
                if (whole || mayFlow(request.target())) {
                    attempt();
                } else {
                    answer(ProxyProblems.overloaded());
                }
            }
        }
    }

    private boolean mayFlow(RequestTarget target) {
        place = means.flows().enter(target, exchange.edge().budget()).orElse(null);
        return place != null;
    }

    /** After its body has begun. */
    private Asked asked() {
        return Objects.requireNonNull(asked);
    }

    private RequestTarget target() {
        return asked == null ? came : asked.target();
    }

    private void attempt() {
        ModelRouting.Wanted request = asked().wanted();
        @Nullable Worker worker = tries.next(request);
        account.waits(worker == null);
        if (worker != null) {
            enter(Phase.TRYING);
            Attempt next = new Attempt(this, worker.lease(), means.settings().holdBytes(), means.nanos());
            attempt = next;
            means.connections().open(worker, target().uri(), method(), next::connected);
        } else if (phase != Phase.WAITING) {
            enter(Phase.WAITING);
            search.begin(now());
            if (means.routing().full(request)) {
                answer(ProxyProblems.overloaded());
            }
        }
    }

    @Override
    public HttpMethod method() {
        return exchange.request().method();
    }

    @Override
    public void send(HttpClientRequest upstream) {
        tries.sent();
        search.end();
        ProxyHeaders.copyRequest(exchange.request(), upstream.headers());
        upstream.headers().set(HeaderNames.REQUEST_ID, exchange.requestId());
        ModelDivision.name(asked().divided(), upstream.headers());
        if (deadlineNamed) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - now());
            upstream.headers().set(HeaderNames.REQUEST_TIMEOUT_MS, Long.toString(Math.max(1, left)));
        }
        asked().body().sendTo(upstream, this::giveUp);
    }

    private void giveUp(Problem problem) {
        if (attempt != null) {
            attempt.abandon();
        }
        if (phase == Phase.ANSWERING) {
            finish();
            exchange.breakOff(problem);
        } else if (phase != Phase.DONE) {
            answer(problem);
        }
    }

    @Override
    public boolean mayTryAnother() {
        return phase == Phase.TRYING && deadline - now() > 0 && tries.mayGoOn(asked());
    }

    @Override
    public boolean mayTryAnotherThan(Worker overloaded) {
        return tries.hasOtherThan(overloaded, asked()) && mayTryAnother();
    }

    @Override
    public void refused(Worker worker) {
        tryAnother(worker, "refused");
    }

    @Override
    public void failed(Worker worker, Failure failure, boolean begun) {
        if (begun) {
            finish();
            account.ended(worker(), true);
            exchange.breakOff(ProxyProblems.failedWithinAnswer(worker));
        } else if (failure == Failure.TIMEOUT) {
            answer(ProxyProblems.late("no worker answered before the request's deadline"));
        } else if (failure == Failure.CONNECT && target().pinned() == null) {
            search.begin(now());
            if (!searchIsOver(now())) {
                tryAnother(worker, "connect");
            }
        } else if (mayTryAnother()) {
            tryAnother(worker, "cut_off");
        } else {
            answer(ProxyProblems.failed(worker, target()));
        }
    }

    @Override
    public void misanswered(Worker worker) {
        exchange.response().headers().remove("Content-Length").remove("Transfer-Encoding");
        if (mayTryAnother()) {
            tryAnother(worker, "bad_answer");
        } else {
            answer(ProxyProblems.noHttp(worker));
        }
    }

    private void tryAnother(Worker failed, String reason) {
        tries.failed(failed, reason);
        attempt = null;
        attempt();
    }

    @Override
    public HttpServerResponse answering(HttpClientResponse answer, Worker worker) {
        enter(Phase.ANSWERING);
        HttpServerResponse response = exchange.response();
        ProxyHeaders.copyAnswer(
                answer.headers(), response.headers(), exchange.edge().hasCors());
        ProxyHeaders.sign(response.headers(), worker);
        if (target().isCall() && Attempt.length(answer) > means.settings().holdBytes()) {
            // An answer that says its length can not say behind its half that it broke off.
            response.headers().remove(HttpHeaders.CONTENT_LENGTH);
        }
        if (flows()) {
            exchange.closeAfterwards();
        }
        exchange.begin(answer.statusCode());
        return response;
    }

    @Override
    public void passing(Buffer part) {
        StreamToll toll = asked().toll();
        if (toll != null) {
            toll.answers(part);
        }
    }

    @Override
    public void ending(HttpClientResponse answer, int status) {
        serverError = status >= 500;
        if (!target().isIngest()) {
            // What it took, it took over minutes: its worker's own word on its device has told that already.
            account.answered(answer, status);
        }
        if (target().isCall()) {
            answer.trailers().forEach(exchange.response()::putTrailer);
        }
    }

    @Override
    public void done() {
        means.metrics().served(now() - exchange.startNanos());
        account.ended(worker(), serverError);
        if (flows()) {
            // Who reads no answer before all was sent would wait for ever.
            exchange.dropRest();
        }
        finish();
        exchange.end(null);
    }

    private boolean flows() {
        return asked != null && asked.body().flows();
    }

    /** Whether nobody waits any more; a body that was refused or left is over without a word here. */
    boolean isOver() {
        if (exchange.isOver()) {
            account.close();
        }
        return exchange.isOver();
    }

    /** Looks at the clock; called about every 20 ms. */
    void tick(long now) {
        switch (phase) {
            case WAITING -> waiting(now);
            case TRYING -> {
                if (now - deadline >= 0 && attempt != null) {
                    attempt.fail(Failure.TIMEOUT);
                } else {
                    pace(now);
                }
            }
            case ANSWERING -> pace(now);
            case READING, DONE -> {
                // A body that is held is the reader's to watch.
            }
        }
    }

    private void pace(long now) {
        int least = target().pace(exchange.edge().settings());
        if (asked != null && asked.body().isTooSlow(now, least)) {
            giveUp(BodyReader.tooSlow(least));
        }
    }

    private void waiting(long now) {
        if (!searchIsOver(now)) {
            if (now - phaseSince > WorkerSearch.PAUSE_BEFORE_SECOND_TRY.toNanos()) {
                tries.forget();
            }
            attempt();
        }
    }

    /** Ends the request where it has been without a worker for too long; whether it did. */
    private boolean searchIsOver(long now) {
        return switch (search.verdict(now, deadline)) {
            case GO_ON -> false;
            case LATE -> over(ProxyProblems.late("no worker could take the request before its deadline"));
            case IN_VAIN -> over(ProxyProblems.noWorker());
            case FALL_BACK -> {
                finish();
                means.metrics().refused("no_worker");
                exchange.abort();
                yield true;
            }
        };
    }

    private boolean over(Problem problem) {
        answer(problem);
        return true;
    }

    /** Gives up what is in flight on a worker that is dead. */
    void workerDied(Worker worker) {
        if (attempt != null && attempt.worker() == worker) {
            attempt.workerDied();
        }
    }

    private void clientGone() {
        if (attempt != null) {
            attempt.abandon();
        }
        finish();
    }

    private void answer(Problem problem) {
        ProblemShape shape = asked == null ? exchange.route().problems() : asked.problems();
        account.ended(worker(), problem.status() >= 500);
        finish();
        exchange.refuse(problem, shape);
    }

    /** Who answered, or was asked last. */
    private @Nullable Worker worker() {
        return attempt == null ? null : attempt.worker();
    }

    private void finish() {
        enter(Phase.DONE);
        account.close();
        closed.accept(this);
        if (asked != null) {
            asked.body().release();
        }
        if (place != null) {
            place.close();
        }
    }

    private void enter(Phase next) {
        phase = next;
        phaseSince = now();
    }

    private long now() {
        return means.nanos().getAsLong();
    }
}
