package phifleet.worker.http;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;
import phifleet.common.FleetHeaders;
import phifleet.common.Problem;

/**
 * One request and its answer: given exactly once, with the headers that every answer has, and counted and logged when it
 * ends, however it ends. All methods but {@link #isOver} and {@link
 * #runLater} run on the exchange's event loop.
 */
final class Exchange {
    static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized(FleetHeaders.REQUEST_ID);
    private static final CharSequence WORKER_ID = HttpHeaders.createOptimized(FleetHeaders.WORKER_ID);
    private static final CharSequence CLOSE = HttpHeaders.createOptimized("close");

    /** The label of requests that no model serves. */
    static final String NO_MODEL = "none";

    /** What the log and the metrics call a client that left before its answer. */
    static final int CLIENT_GONE = 499;

    private final Edge edge;
    private final Route route;
    private final Context context;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final String requestId;
    private final long startNanos = System.nanoTime();
    private String model = NO_MODEL;
    private boolean begun;
    private volatile boolean over;
    private @Nullable Runnable onHangUp;

    Exchange(Edge edge, Route route, Context context, HttpServerRequest request) {
        this.edge = edge;
        this.route = route;
        this.context = context;
        this.request = request;
        this.response = request.response();
        this.requestId = edge.requestIds().of(request.getHeader(REQUEST_ID));
        response.putHeader(REQUEST_ID, requestId).putHeader(WORKER_ID, edge.workerId());
        edge.cors().allow(request, response);
        response.closeHandler(closed -> hungUp());
        response.exceptionHandler(failure -> hungUp());
    }

    HttpServerRequest request() {
        return request;
    }

    HttpServerResponse response() {
        return response;
    }

    Edge edge() {
        return edge;
    }

    Route route() {
        return route;
    }

    String requestId() {
        return requestId;
    }

    /** On the scale of {@link System#nanoTime}. */
    long startNanos() {
        return startNanos;
    }

    /** Names a model that exists, for the metrics. */
    void model(String id) {
        model = id;
    }

    /** Whether nobody waits any more, or the answer is out. */
    boolean isOver() {
        return over;
    }

    /** What to do if the client leaves before its answer; replaces what was to be done before. */
    void onHangUp(@Nullable Runnable action) {
        onHangUp = action;
        if (over && action != null) {
            action.run();
        }
    }

    void answer(JsonOutput body) {
        answer(200, JSON, body.takeLast());
    }

    void answer(int status, CharSequence contentType, Buffer body) {
        if (begin(status, contentType)) {
            response.end(body);
            end(null);
        }
    }

    void answerEmpty(int status) {
        if (!over && !begun) {
            begun = true;
            response.setStatusCode(status).end();
            end(null);
        }
    }

    /** Opens an answer that is written in parts; {@link #end} closes the books. False if there is nobody to answer. */
    boolean begin(int status, CharSequence contentType) {
        if (over || begun) {
            return false;
        }
        begun = true;
        response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, contentType);
        if (edge.state().phase() == WorkerState.Phase.DRAINING) {
            // The next request of this client had better go elsewhere.
            response.putHeader(HttpHeaders.CONNECTION, CLOSE);
        }
        return true;
    }

    void refuse(Problem problem) {
        refuse(problem, route.problems());
    }

    void refuse(Problem problem, ProblemShape shape) {
        if (!begin(shape.status(problem), JSON)) {
            return;
        }
        JsonOutput out = new JsonOutput(256);
        shape.write(problem, out);
        if (problem.retryAfter() != null) {
            long seconds = Math.max(1, (problem.retryAfter().toMillis() + 999) / 1000);
            response.putHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        }
        if (problem.status() == 401) {
            response.putHeader("WWW-Authenticate", "Bearer realm=\"phi-fleet\"");
        }
        if (!request.isEnded()) {
            UnreadBody.discard(request, edge.vertx());
            response.putHeader(HttpHeaders.CONNECTION, CLOSE);
        }
        response.end(out.takeLast());
        end(problem);
    }

    /** Takes a step of this exchange on its event loop; one that throws ends the exchange. */
    void run(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    /** {@link #run} from any thread. */
    void runLater(Runnable step) {
        context.runOnContext(turn -> run(step));
    }

    /** An error of our own: the log has it whole, the client has only its request id. */
    void fail(Throwable failure) {
        edge.log().failed(this, failure);
        if (begun) {
            request.connection().close();
            hungUp();
        } else {
            refuse(Problems.internal());
        }
    }

    /** The last part of the answer was written. */
    void end(@Nullable Problem problem) {
        if (!over) {
            over = true;
            onHangUp = null;
            close(response.getStatusCode(), problem);
        }
    }

    private void hungUp() {
        if (!over) {
            over = true;
            Runnable action = onHangUp;
            onHangUp = null;
            close(CLIENT_GONE, null);
            if (action != null) {
                action.run();
            }
        }
    }

    private void close(int status, @Nullable Problem problem) {
        edge.ended(this, model, status, System.nanoTime() - startNanos, problem);
    }
}
