package phifleet.gateway.http.operator;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import phifleet.common.Problem;
import phifleet.gateway.balance.Worker;
import phifleet.gateway.balance.WorkerState;
import phifleet.http.Exchange;
import phifleet.http.Urgency;

/**
 * Waits until a worker that is cordoned has nothing in hand. Other gateways learn that it is with their next probe and may send
 * something until then, so that it takes at least that long. For one event loop.
 */
public final class WorkerDrain {
    private static final long LOOK_MILLIS = 100;

    /** The last probe before the cordon may have been answered just then, and the next is due a second later, with a second's patience. */
    public static final long OTHERS_LEARN_MILLIS = 2_200;

    private final Exchange exchange;
    private final Worker worker;
    private final CordonCalls calls;
    private final LongSupplier nanos;
    private final Consumer<CordonCalls.Word> done;
    private int inHand;

    /** @param done hears the worker's last word, once */
    WorkerDrain(
            Exchange exchange, Worker worker, CordonCalls calls, LongSupplier nanos, Consumer<CordonCalls.Word> done) {
        this.exchange = exchange;
        this.worker = worker;
        this.calls = calls;
        this.nanos = nanos;
        this.done = done;
    }

    void begin() {
        switch (exchange.urgency()) {
            case Urgency.Reading.Wrong(Problem problem) -> exchange.refuse(problem);
            case Urgency.Reading.Read(Urgency urgency) -> look(urgency.deadlineNanos());
        }
    }

    private void look(long deadline) {
        calls.look(worker)
                .onComplete(said -> exchange.run(() -> {
                    if (exchange.isOver()) {
                        return;
                    }
                    if (said.succeeded() && said.result().isOpen()) {
                        exchange.refuse(Problem.of(
                                409,
                                "resumed",
                                "worker " + worker.card().id() + " was resumed before it had drained",
                                null));
                    } else if (said.succeeded() && isDone(said.result())) {
                        done.accept(said.result());
                    } else if (worker.state() == WorkerState.GONE) {
                        exchange.refuse(Problem.of(
                                502,
                                "worker_failed",
                                "worker " + worker.card().id() + " went before it had drained",
                                null));
                    } else if (nanos.getAsLong() - deadline >= 0) {
                        exchange.refuse(Problem.of(
                                504,
                                "deadline_exceeded",
                                "worker " + worker.card().id() + " has " + inHand
                                        + " requests in hand still; it stays cordoned",
                                null));
                    } else {
                        exchange.edge().vertx().setTimer(LOOK_MILLIS, later -> look(deadline));
                    }
                }));
    }

    /** What this gateway has on its way to it counts too, though it has not come there yet. */
    private boolean isDone(CordonCalls.Word word) {
        inHand = Math.max(word.inHand(), worker.inFlight());
        return inHand == 0 && word.millis() >= OTHERS_LEARN_MILLIS;
    }
}
