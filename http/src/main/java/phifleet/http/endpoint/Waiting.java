package phifleet.http.endpoint;

import java.util.concurrent.TimeUnit;
import phifleet.common.Problem;
import phifleet.http.Exchange;
import phifleet.http.Urgency;

/**
 * One request that waits for something of the program's, with its body in hand, until that is there, its deadline has passed or its
 * client has left. For the exchange's event loop.
 */
public final class Waiting {
    private final Exchange exchange;
    private final Runnable release;
    private final Runnable awake;
    private boolean over;
    private long timer;

    /**
     * Waits.
     *
     * @param again takes the body and goes on
     * @param release gives the body back where nobody goes on
     */
    public static void start(Exchange exchange, Reply.Awaiting awaiting, Runnable again, Runnable release) {
        if (exchange.isOver()) {
            release.run();
            return;
        }
        switch (exchange.urgency()) {
            case Urgency.Reading.Wrong(Problem problem) -> {
                release.run();
                exchange.refuse(problem, awaiting.shape());
            }
            case Urgency.Reading.Read(Urgency urgency) -> {
                long left = TimeUnit.NANOSECONDS.toMillis(urgency.deadlineNanos() - System.nanoTime());
                Waiting waiting = new Waiting(exchange, release);
                waiting.until(left, awaiting);
                awaiting.ready().whenComplete((done, failure) -> exchange.runLater(() -> waiting.ready(again)));
            }
        }
    }

    private Waiting(Exchange exchange, Runnable release) {
        this.exchange = exchange;
        this.release = release;
        this.awake = exchange.waits();
    }

    private void until(long millis, Reply.Awaiting awaiting) {
        timer = exchange.edge().vertx().setTimer(Math.max(1, millis), passed -> late(awaiting));
        exchange.onHangUp(this::left);
    }

    private void ready(Runnable again) {
        if (end()) {
            exchange.onHangUp(null);
            awake.run();
            again.run();
        }
    }

    private void late(Reply.Awaiting awaiting) {
        if (end()) {
            release.run();
            exchange.refuse(awaiting.late().get(), awaiting.shape());
        }
    }

    private void left() {
        if (end()) {
            release.run();
        }
    }

    private boolean end() {
        if (over) {
            return false;
        }
        over = true;
        exchange.edge().vertx().cancelTimer(timer);
        return true;
    }
}
