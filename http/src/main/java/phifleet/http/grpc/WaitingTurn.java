package phifleet.http.grpc;

import java.util.concurrent.TimeUnit;

/**
 * One message of a stream that waits for something of the program's, until that is there, its deadline has passed or nobody waits for
 * its answer. It keeps nothing of the program's in use meanwhile; its memory it holds. For the exchange's event loop.
 */
final class WaitingTurn {
    private final GrpcTurn turn;
    private final GrpcMessage message;
    private final long timer;
    private boolean over;

    /** @param again takes the message and goes on */
    static void start(GrpcTurn turn, GrpcMessage message, GrpcTurn.Awaiting awaiting, Runnable again) {
        if (turn.isOver()) {
            message.close();
            return;
        }
        turn.rest();
        WaitingTurn waiting = new WaitingTurn(turn, message, awaiting);
        turn.onAbandon(waiting::left);
        awaiting.ready().whenComplete((done, failure) -> turn.exchange().runLater(() -> waiting.ready(again)));
    }

    private WaitingTurn(GrpcTurn turn, GrpcMessage message, GrpcTurn.Awaiting awaiting) {
        this.turn = turn;
        this.message = message;
        long left = TimeUnit.NANOSECONDS.toMillis(turn.deadlineNanos() - System.nanoTime());
        this.timer = turn.exchange().edge().vertx().setTimer(Math.max(1, left), passed -> late(awaiting));
    }

    private void ready(Runnable again) {
        if (end()) {
            turn.onAbandon(null);
            turn.goOn();
            again.run();
        }
    }

    private void late(GrpcTurn.Awaiting awaiting) {
        if (end()) {
            message.close();
            turn.answer(awaiting.late().get());
        }
    }

    private void left() {
        if (end()) {
            message.close();
        }
    }

    private boolean end() {
        if (over) {
            return false;
        }
        over = true;
        turn.exchange().edge().vertx().cancelTimer(timer);
        return true;
    }
}
