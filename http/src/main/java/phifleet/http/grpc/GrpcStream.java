package phifleet.http.grpc;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.Backpressure;
import phifleet.http.BodyBudget;
import phifleet.http.EdgeServer;
import phifleet.http.EdgeSettings;
import phifleet.http.Endpoint;
import phifleet.http.Exchange;
import phifleet.http.Program;
import phifleet.http.Urgency;
import phifleet.http.dialect.GrpcProblems;
import phifleet.http.dialect.Problems;
import phifleet.http.endpoint.WorkPool;

/**
 * A gRPC call with messages in both directions: each message that comes is answered by one, in their order, and many may be
 * worked on at once. The call ends when its client has sent its last message and all are answered, at its deadline where it has
 * one, or when the program stops and nothing is in hand. Between messages it keeps nothing of the program's in use. For one event
 * loop.
 *
 * <p>Memory: a message that comes in holds its share of the {@link BodyBudget} until it was understood; past
 * {@value #MOST_TURNS} messages without an answer, or while the client reads no answers, nothing more is read, and what waits
 * then fills its window at the most, for which it holds a share all along. A message that waits for something of the program's holds
 * its share for as long.
 */
public final class GrpcStream {
    private static final int MOST_TURNS = 64;

    /** How often it looks at the clock. */
    private static final long LOOK_MILLIS = 1_000;

    private final Exchange exchange;
    private final Preparation preparation;
    private final int inlineBytes;
    private final WorkPool pool;
    private final BodyBudget.Share share;
    private final GrpcDeframer deframer;
    private final Program.Turns visit;
    private final Deque<GrpcTurn> turns = new ArrayDeque<>();
    private final long timer;
    private boolean asked;
    private boolean last;
    private boolean paused;

    /** From a message to what is to be done with it. Thread-safe. */
    public interface Preparation {
        /**
         * Runs on the event loop or on the pool, and does not wait. Of the exchange it may only read.
         *
         * @param deadlineNanos until when there has to be an answer, on the scale of {@link System#nanoTime}
         * @param message inflated, in an array; not to be kept
         */
        GrpcTurn.Work prepareTurn(Exchange exchange, long deadlineNanos, ByteBuffer message);

        /** A message, framed, that says what went wrong with another. */
        Buffer refusal(Problem problem);
    }

    /**
     * The endpoint.
     *
     * @param inlineBytes the largest message that is prepared on the event loop
     */
    public static Endpoint endpoint(Preparation preparation, int inlineBytes, WorkPool pool) {
        return exchange -> {
            if (exchange.urgency() instanceof Urgency.Reading.Wrong(Problem problem)) {
                exchange.refuse(problem);
            } else {
                exchange.edge()
                        .budget()
                        .share(EdgeServer.CALL_WINDOW_BYTES)
                        .ifPresentOrElse(
                                share -> new GrpcStream(exchange, preparation, inlineBytes, pool, share).start(),
                                () -> exchange.refuse(Problems.busy("too many streams are open")));
            }
        };
    }

    private GrpcStream(
            Exchange exchange, Preparation preparation, int inlineBytes, WorkPool pool, BodyBudget.Share share) {
        this.exchange = exchange;
        this.preparation = preparation;
        this.inlineBytes = inlineBytes;
        this.pool = pool;
        this.share = share;
        this.deframer = new GrpcDeframer(exchange.edge(), this::received);
        this.visit = exchange.inTurns();
        this.timer = exchange.edge().vertx().setPeriodic(LOOK_MILLIS, passed -> look());
    }

    private void start() {
        exchange.onHangUp(this::stop);
        exchange.begin(200);
        // At once, so that a proxy knows that the call was taken.
        GrpcFrames.head(exchange).setChunked(true).writeHead();
        HttpServerRequest request = exchange.request();
        request.handler(chunk -> exchange.run(() -> chunk(chunk)));
        request.endHandler(ended -> exchange.run(this::ended));
        request.exceptionHandler(failure -> stop());
    }

    private void chunk(Buffer chunk) {
        Problem wrong = exchange.isOver() ? null : deframer.take(chunk);
        if (wrong != null) {
            end(wrong);
        }
    }

    private void received(GrpcMessage message) {
        if (exchange.isOver()) {
            message.close();
            return;
        }
        // The call itself was the request of its first message.
        Problem refused = asked ? exchange.askedAgain() : null;
        asked = true;
        GrpcTurn turn = new GrpcTurn(exchange, preparation::refusal, this::answered, visit);
        turns.add(turn);
        regulate();
        if (refused != null) {
            message.close();
            turn.refuse(refused);
        } else {
            work(turn, message);
        }
    }

    private void work(GrpcTurn turn, GrpcMessage message) {
        if (message.length() <= inlineBytes && !message.isCompressed()) {
            goOn(turn, message, prepare(turn, message));
        } else if (!pool.enter()) {
            message.close();
            turn.refuse(Problems.busy("too many requests wait to be worked on"));
        } else {
            pool.turn(() -> {
                GrpcTurn.Work work = prepare(turn, message);
                pool.leave();
                exchange.runLater(() -> goOn(turn, message, work));
            });
        }
    }

    /** Where the message has to wait it is kept, else closed. */
    private GrpcTurn.Work prepare(GrpcTurn turn, GrpcMessage message) {
        boolean kept = false;
        try {
            Problem wrong = message.inflate(exchange, GrpcPost.limit(exchange.edge()));
            if (wrong != null) {
                return refused -> refused.refuse(wrong);
            }
            GrpcTurn.Work work = preparation.prepareTurn(exchange, turn.deadlineNanos(), message.bytes());
            kept = work instanceof GrpcTurn.Awaiting;
            return work;
        } catch (RuntimeException | Error e) {
            return failed -> failed.fail(e);
        } finally {
            if (!kept) {
                message.close();
            }
        }
    }

    private void goOn(GrpcTurn turn, GrpcMessage message, GrpcTurn.Work work) {
        if (work instanceof GrpcTurn.Awaiting awaiting) {
            WaitingTurn.start(turn, message, awaiting, () -> work(turn, message));
        } else {
            turn.work(work);
        }
    }

    private void ended() {
        last = true;
        Problem wrong = deframer.end();
        if (wrong != null) {
            end(wrong);
        } else {
            answered();
        }
    }

    /** Sends what is there, in the order in which it was asked for. */
    private void answered() {
        if (exchange.isOver()) {
            return;
        }
        GrpcTurn first = turns.peek();
        while (first != null && first.answer() != null) {
            exchange.response().write(first.answer());
            turns.remove();
            first = turns.peek();
        }
        if (last && turns.isEmpty()) {
            end(null);
        } else {
            regulate();
        }
    }

    private void regulate() {
        if (exchange.isOver()) {
            return;
        }
        boolean full = turns.size() >= MOST_TURNS || exchange.response().writeQueueFull();
        if (full && !paused) {
            Backpressure.pause(exchange.request());
            exchange.response().drainHandler(drained -> regulate());
        } else if (!full && paused) {
            deframer.excuse();
            Backpressure.resume(exchange.request());
        }
        paused = full;
    }

    private void look() {
        if (exchange.isOver()) {
            return;
        }
        EdgeSettings settings = exchange.edge().settings();
        if (exchange.urgency() instanceof Urgency.Reading.Read(Urgency urgency)
                && urgency.named()
                && System.nanoTime() - urgency.deadlineNanos() >= 0) {
            end(Problems.expired());
        } else if (turns.isEmpty() && exchange.edge().program().isDraining()) {
            end(new Problem(503, "draining", "the server is stopping", null, Duration.ofSeconds(1)));
        } else if (!paused && deframer.waitsSince(settings.bodyTimeout())) {
            end(Problem.of(
                    408,
                    "body_timeout",
                    "a message did not arrive within " + settings.bodyTimeout().toMillis() + " ms of its beginning",
                    null));
        }
    }

    private void end(@Nullable Problem problem) {
        stop();
        if (exchange.isOver()) {
            return;
        }
        if (problem != null) {
            exchange.breakOff(problem);
        } else {
            exchange.response().putTrailer(GrpcProblems.STATUS, "0").end();
            exchange.end(null);
        }
    }

    private void stop() {
        exchange.edge().vertx().cancelTimer(timer);
        deframer.close();
        turns.forEach(GrpcTurn::abandon);
        turns.clear();
        share.close();
    }
}
