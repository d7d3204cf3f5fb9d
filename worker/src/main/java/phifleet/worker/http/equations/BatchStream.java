package phifleet.worker.http.equations;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.equations.ValidationReport;
import phifleet.equations.ValidationRequest;
import phifleet.http.Exchange;
import phifleet.http.dialect.ProblemShape;
import phifleet.http.endpoint.WorkPool;
import phifleet.http.json.JsonOutput;

/**
 * Judges a batch of equations and writes the reports as they come, in order. It works in turns: one on a pool of the {@link Judges} judges some
 * equations, one on the event loop writes what came of them, and the next waits until the client has taken it. So neither other
 * requests nor memory suffer from a long batch, and one whose client left ends at its next turn.
 */
final class BatchStream {
    static final String NDJSON = "application/x-ndjson";

    private static final int PART_BYTES = 64 * 1024;
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Exchange exchange;
    private final Judges judges;
    private final Judging judging;
    private final List<ValidationRequest> requests;
    private final boolean lines;
    private final long deadlineNanos;
    private final JsonOutput out = new JsonOutput(PART_BYTES / 8);
    private int next;
    /** Whether the next equation needs longer than the quick pool gives it. */
    private boolean hard;

    private boolean begun;
    private boolean waiting;

    /** The pool has a place for this stream, which is given back at its end. */
    BatchStream(
            Exchange exchange,
            Judges judges,
            Judging judging,
            List<ValidationRequest> requests,
            boolean lines,
            long deadlineNanos) {
        this.exchange = exchange;
        this.judges = judges;
        this.judging = judging;
        this.requests = requests;
        this.lines = lines;
        this.deadlineNanos = deadlineNanos;
    }

    void start() {
        exchange.onHangUp(this::hungUp);
        turn();
    }

    private void turn() {
        WorkPool pool = hard ? judges.slow() : judges.quick();
        pool.turn(this::judge);
    }

    /** On one of the pools. */
    private void judge() {
        try {
            long end = System.nanoTime() + TURN_NANOS;
            while (next < requests.size() && out.size() < PART_BYTES && System.nanoTime() < end && !exchange.isOver()) {
                Judging.@Nullable Judgement judgement = judgement(requests.get(next));
                if (judgement == null) {
                    break;
                }
                if (!lines && next == 0) {
                    out.beginList();
                }
                write(judgement, out);
                if (lines) {
                    out.endLine();
                }
                next++;
            }
            boolean last = next == requests.size();
            if (last && !lines) {
                out.endList();
            }
            Buffer part = out.take();
            exchange.runLater(() -> send(part, last));
        } catch (RuntimeException | Error e) {
            judges.quick().leave();
            exchange.runLater(() -> exchange.fail(e));
        }
    }

    /** Null where it is left to a turn on the slow pool, which is the next one then. */
    private Judging.@Nullable Judgement judgement(ValidationRequest request) {
        if (hard) {
            hard = false;
            return judging.judge(request, deadlineNanos, exchange.requestId());
        }
        Judging.@Nullable Judgement quick = judging.quick(request, deadlineNanos, exchange.requestId());
        hard = quick == null;
        return quick;
    }

    private static void write(Judging.Judgement judgement, JsonOutput out) {
        switch (judgement) {
            case Judging.Judgement.Reported(ValidationReport report) -> ValidationJson.write(report, out);
            case Judging.Judgement.Refused(Problem problem, ProblemShape shape) -> shape.write(problem, out);
        }
    }

    private void send(Buffer part, boolean last) {
        if (exchange.isOver()) {
            judges.quick().leave();
            return;
        }
        CharSequence type = lines ? NDJSON : JsonOutput.MEDIA_TYPE;
        if (last && !begun) {
            judges.quick().leave();
            exchange.answer(200, type, part);
            return;
        }
        if (!begun) {
            begun = true;
            exchange.begin(200, type);
            exchange.response().setChunked(true);
        }
        if (last) {
            judges.quick().leave();
            exchange.response().end(part);
            exchange.end(null);
            return;
        }
        exchange.response().write(part);
        if (exchange.response().writeQueueFull()) {
            waiting = true;
            exchange.response().drainHandler(drained -> goOn());
        } else {
            turn();
        }
    }

    private void goOn() {
        if (waiting) {
            waiting = false;
            turn();
        }
    }

    /** A turn under way sees by itself that nobody waits any more; a stream that waits for its client has to be ended here. */
    private void hungUp() {
        if (waiting) {
            waiting = false;
            judges.quick().leave();
        }
    }
}
