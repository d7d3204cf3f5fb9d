package phifleet.http.grpc;

import io.vertx.core.buffer.Buffer;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.Exchange;
import phifleet.http.Program;
import phifleet.http.Urgency;
import phifleet.http.dialect.Problems;

/** One message of a {@link GrpcStream} and its answer. All methods run on the exchange's event loop. */
public final class GrpcTurn {
    private final Exchange exchange;
    private final Function<Problem, Buffer> refusals;
    private final Runnable answered;
    private final Program.Turns turns;
    private Runnable inUse;
    private final long startNanos = System.nanoTime();
    private @Nullable Buffer answer;
    private @Nullable Runnable onAbandon;
    private boolean abandoned;

    /** What is left to do for a message that was understood. */
    @FunctionalInterface
    public interface Work {
        /** Sees to it that the turn is answered, now or later. */
        void begin(GrpcTurn turn);
    }

    /**
     * Nothing can be said before something has come about, such as a model that is loading: then the message is prepared once more.
     *
     * @param ready done when it has, however it went
     * @param late the answer where that is not before the turn's deadline, framed
     */
    public record Awaiting(CompletionStage<?> ready, Supplier<Buffer> late) implements Work {
        @Override
        public void begin(GrpcTurn turn) {
            turn.answer(late.get());
        }
    }

    /**
     * A turn.
     *
     * @param refusals how the call's messages say what went wrong, framed
     * @param answered hears that the answer is there
     * @param turns keeps what is the program's in use until the answer is there or nobody waits for it
     */
    GrpcTurn(Exchange exchange, Function<Problem, Buffer> refusals, Runnable answered, Program.Turns turns) {
        this.turns = turns;
        this.inUse = turns.begin();
        this.exchange = exchange;
        this.refusals = refusals;
        this.answered = answered;
    }

    void work(Work next) {
        if (!isOver()) {
            try {
                next.begin(this);
            } catch (RuntimeException | Error e) {
                fail(e);
            }
        }
    }

    public Exchange exchange() {
        return exchange;
    }

    /** When its answer has to be there: with the call's, where that has a deadline, else as for a request that names none. */
    public long deadlineNanos() {
        return exchange.urgency() instanceof Urgency.Reading.Read(Urgency urgency) && urgency.named()
                ? urgency.deadlineNanos()
                : startNanos + exchange.edge().settings().requestTimeout().toNanos();
    }

    /** Whether nobody waits for its answer any more, or it is there. */
    public boolean isOver() {
        return abandoned || answer != null;
    }

    /** What to do if nobody waits any more. */
    public void onAbandon(@Nullable Runnable action) {
        onAbandon = action;
        if (abandoned && action != null) {
            action.run();
        }
    }

    /** Answers with a message, prefix and all. */
    public void answer(Buffer framed) {
        if (!isOver()) {
            answer = framed;
            onAbandon = null;
            rest();
            answered.run();
        }
    }

    public void refuse(Problem problem) {
        answer(refusals.apply(problem));
    }

    /** An error of our own: the log has it whole. */
    public void fail(Throwable failure) {
        exchange.edge().log().failed(exchange, failure);
        refuse(Problems.internal());
    }

    @Nullable
    Buffer answer() {
        return answer;
    }

    void abandon() {
        if (!isOver()) {
            abandoned = true;
            if (onAbandon != null) {
                onAbandon.run();
            }
            rest();
        }
    }

    /** Keeps nothing of the program's in use. */
    void rest() {
        Runnable used = inUse;
        inUse = () -> {};
        used.run();
    }

    /** Does again, where it rested. */
    void goOn() {
        inUse = turns.begin();
    }
}
