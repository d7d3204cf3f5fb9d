package phifleet.http;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;
import phifleet.common.FleetHeaders;
import phifleet.common.Problem;
import phifleet.http.caller.Caller;
import phifleet.http.dialect.ProblemShape;
import phifleet.http.dialect.Problems;
import phifleet.http.json.JsonOutput;

/**
 * One request and its answer: given exactly once, with the headers that every answer has, and counted and logged when it
 * ends, however it ends. All methods but {@link #isOver} and {@link #runLater} run on the exchange's event loop.
 */
public final class Exchange {
    private static final CharSequence CLOSE = HttpHeaders.createOptimized("close");
    private static final CharSequence BEARER = HttpHeaders.createOptimized("Bearer realm=\"phi-fleet\"");

    /** The label of requests that no model serves. */
    public static final String NO_MODEL = "none";

    /** What the log and the metrics call a client that left before its answer. */
    private static final int CLIENT_GONE = 499;

    private final Edge edge;
    private final Route route;
    private final Context context;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final String requestId;
    private final long startNanos = System.nanoTime();
    private final Program.Visit visit;
    private final Silence silence;
    private String model = NO_MODEL;
    private @Nullable Caller caller;
    private boolean waitsForAnswer = true;
    private boolean begun;
    private boolean compressing;
    private volatile boolean over;
    private @Nullable Runnable onHangUp;
    private Urgency.@Nullable Reading urgency;

    Exchange(Edge edge, Route route, Context context, HttpServerRequest request, Program.Visit visit) {
        this.visit = visit;
        this.edge = edge;
        this.route = route;
        this.context = context;
        this.request = request;
        this.response = request.response();
        this.silence = Silence.of(request.connection());
        silence.waits();
        this.requestId = edge.requestIds().of(request.getHeader(HeaderNames.REQUEST_ID));
        response.putHeader(HeaderNames.REQUEST_ID, requestId);
        edge.program().sign(response);
        edge.cors().allow(request, response);
        response.closeHandler(closed -> hungUp());
        response.exceptionHandler(failure -> hungUp());
    }

    public HttpServerRequest request() {
        return request;
    }

    public HttpServerResponse response() {
        return response;
    }

    public Edge edge() {
        return edge;
    }

    public Route route() {
        return route;
    }

    public String requestId() {
        return requestId;
    }

    /** On the scale of {@link System#nanoTime}. */
    public long startNanos() {
        return startNanos;
    }

    /** How soon it has to be served, or why its headers do not say so. */
    public Urgency.Reading urgency() {
        if (urgency == null) {
            urgency = Urgency.read(request, edge.settings(), startNanos);
        }
        return urgency;
    }

    /** It may last, and is answered in turns, each of which keeps what it uses. */
    public Program.Turns inTurns() {
        noLongerWaits();
        return visit.inTurns();
    }

    /** It waits for something of the program's; what this gives ends that, unless the exchange ended before. */
    public Runnable waits() {
        return visit.waits();
    }

    /** Names a model that exists, for the metrics. */
    public void model(String id) {
        model = id;
    }

    /** The model that was named. */
    public String model() {
        return model;
    }

    /** Who asks, once that is known. */
    void caller(Caller known) {
        caller = known;
    }

    /** Who asks; null where that is not known, or nobody is asked who he is. */
    @Nullable
    Caller caller() {
        return caller;
    }

    /** Its caller asks once more within it, which counts as a request; why that may not be served now, or null where it may. */
    public @Nullable Problem askedAgain() {
        return caller == null ? null : caller.admit();
    }

    /** So much of the device's time was taken, besides what the answer's head says. */
    public void took(long deviceNanos) {
        if (caller != null && deviceNanos > 0) {
            caller.took(model, deviceNanos);
        }
    }

    /** Whether nobody waits any more, or the answer is out. */
    public boolean isOver() {
        return over;
    }

    /** What to do if the client leaves before its answer; replaces what was to be done before. */
    public void onHangUp(@Nullable Runnable action) {
        onHangUp = action;
        if (over && action != null) {
            action.run();
        }
    }

    public void answer(JsonOutput body) {
        answer(200, JsonOutput.MEDIA_TYPE, body.takeLast());
    }

    public void answer(int status, CharSequence contentType, Buffer body) {
        if (begin(status, contentType)) {
            response.end(body);
            end(null);
        }
    }

    /**
     * The same for a body whose memory will be another's.
     *
     * @param written runs once it was all sent; never where that is not sure
     */
    public void answer(int status, CharSequence contentType, Buffer body, Runnable written) {
        if (begin(status, contentType)) {
            response.end(body).onSuccess(sent -> written.run());
            end(null);
        }
    }

    public void answerEmpty(int status) {
        if (!over && !begun) {
            answers();
            response.setStatusCode(status).end();
            end(null);
        }
    }

    /** Keeps the answer from being compressed, where it is already, or comes in drops. */
    public void sendAsItIs() {
        if (!response.headers().contains(HttpHeaders.CONTENT_ENCODING)) {
            Compression.leaveAsItIs(response);
        }
    }

    /** Opens an answer that is written in parts; {@link #end} closes the books. False if there is nobody to answer. */
    public boolean begin(int status, CharSequence contentType) {
        if (!begin(status)) {
            return false;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, contentType);
        response.headers().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        return true;
    }

    /** {@link #begin(int, CharSequence)} for an answer whose other headers are another server's. */
    public boolean begin(int status) {
        if (over || begun) {
            return false;
        }
        answers();
        response.setStatusCode(status);
        compressing = edge.compression().enter(request, response);
        if (edge.program().isDraining()) {
            // The next request of this client had better go elsewhere.
            closeAfterwards();
        }
        return true;
    }

    public void refuse(Problem problem) {
        refuse(problem, route.problems());
    }

    public void refuse(Problem problem, ProblemShape shape) {
        if (!begin(shape.status(problem))) {
            return;
        }
        Buffer body = shape.head(problem, response);
        if (problem.retryAfter() != null) {
            long seconds = Math.max(1, (problem.retryAfter().toMillis() + 999) / 1000);
            response.putHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        }
        if (problem.status() == 401) {
            response.putHeader("WWW-Authenticate", BEARER);
        }
        if (InvalidRequests.isBroken(request)) {
            closeAfterwards();
        }
        if (!request.isEnded()) {
            closeAfterwards();
            UnreadBody.discard(request, edge.vertx());
        }
        if (body.length() == 0) {
            response.end();
        } else {
            response.end(body);
        }
        end(problem);
    }

    /** Ends an answer of which a part may be out, and says why where the dialect can; where it cannot, the connection breaks. */
    public void breakOff(Problem problem) {
        if (!begun) {
            refuse(problem);
        } else if (over) {
            return;
        } else if (route.problems().trail(problem, response)) {
            response.end();
            end(problem);
        } else {
            abort();
        }
    }

    /** The whole answer is out, and what may be left of the request's body is wanted by nobody: read and dropped, for a while. */
    public void dropRest() {
        if (!request.isEnded()) {
            UnreadBody.discard(request, edge.vertx());
        }
    }

    /** Has the client open another connection for its next request. On HTTP/2 others share it, and there is no such header. */
    public void closeAfterwards() {
        if (request.version() != HttpVersion.HTTP_2) {
            response.putHeader(HttpHeaders.CONNECTION, CLOSE);
        }
    }

    /** Takes a step of this exchange on its event loop; one that throws ends the exchange. */
    public void run(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    /** {@link #run} from any thread. */
    public void runLater(Runnable step) {
        context.runOnContext(turn -> run(step));
    }

    /** An error of our own: the log has it whole, the client has only its request id. */
    public void fail(Throwable failure) {
        edge.log().failed(this, failure);
        if (begun) {
            abort();
        } else {
            refuse(Problems.internal());
        }
    }

    /** Half an answer is out. Only a broken connection says so. */
    public void abort() {
        if (request.version() == HttpVersion.HTTP_2) {
            response.reset();
        } else {
            request.connection().close();
        }
        hungUp();
    }

    /** The last part of the answer was written. */
    public void end(@Nullable Problem problem) {
        if (!over) {
            over = true;
            onHangUp = null;
            int status = response.getStatusCode();
            // Some dialects have their own in the answer.
            close(problem == null || status >= 400 ? status : problem.status(), problem);
        }
    }

    private void answers() {
        begun = true;
        noLongerWaits();
    }

    private void noLongerWaits() {
        if (waitsForAnswer) {
            waitsForAnswer = false;
            silence.ends();
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
        noLongerWaits();
        if (compressing) {
            edge.compression().leave();
        }
        if (caller != null) {
            took(FleetHeaders.deviceNanos(response.headers().get(HeaderNames.DEVICE_MS)));
        }
        long nanos = System.nanoTime() - startNanos;
        visit.ended(this, status, nanos, problem);
        edge.log().ended(this, status, nanos, problem);
    }
}
