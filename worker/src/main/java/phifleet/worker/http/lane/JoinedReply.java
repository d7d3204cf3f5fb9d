package phifleet.worker.http.lane;

import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.Exchange;
import phifleet.http.Urgency;
import phifleet.http.dialect.ProblemShape;
import phifleet.http.endpoint.Reply;
import phifleet.inference.lane.Timing;

/**
 * Submits one request's inputs to two lanes, all of them or none, and answers on the request's own event loop when both outcomes are
 * there. The first that is refused ends the request, and gives the other up.
 *
 * @param <A> one output of the first
 * @param <B> one output of the second
 * @param problems how the dialect refuses
 */
public record JoinedReply<A, B>(LaneCall<A> first, LaneCall<B> second, ProblemShape problems, Answer<A, B> answer)
        implements Reply {

    /** What is done with the outputs of both, in the order of their inputs. */
    @FunctionalInterface
    public interface Answer<A, B> {
        /**
         * Runs on the exchange's event loop.
         *
         * @param timing of the one that took longer
         */
        void write(Exchange exchange, LaneResult.Done<A> first, LaneResult.Done<B> second, Timing timing);
    }

    @Override
    public void send(Exchange exchange) {
        if (exchange.isOver()) {
            return;
        }
        exchange.model(first.model().description().id());
        switch (exchange.urgency()) {
            case Urgency.Reading.Wrong(Problem problem) -> exchange.refuse(problem, problems);
            case Urgency.Reading.Read(Urgency urgency) -> new Both(exchange).submit(urgency);
        }
    }

    /** What has come so far. On the exchange's event loop alone. */
    private final class Both {
        private final Exchange exchange;
        private LaneResult.@Nullable Done<A> ofFirst;
        private LaneResult.@Nullable Done<B> ofSecond;
        private Runnable cancelFirst = () -> {};
        private Runnable cancelSecond = () -> {};

        Both(Exchange exchange) {
            this.exchange = exchange;
        }

        void submit(Urgency urgency) {
            LaneCall.Submission one = first.submit(
                    urgency.priority(), urgency.deadlineNanos(), result -> exchange.runLater(() -> came(result)));
            switch (one) {
                case LaneCall.Submission.Taken(Runnable cancel) -> {
                    cancelFirst = cancel;
                    submitOther(urgency);
                }
                case LaneCall.Submission.Refused(Problem problem) -> exchange.refuse(problem, problems);
            }
        }

        private void submitOther(Urgency urgency) {
            LaneCall.Submission other = second.submit(
                    urgency.priority(), urgency.deadlineNanos(), result -> exchange.runLater(() -> cameToo(result)));
            switch (other) {
                case LaneCall.Submission.Taken(Runnable cancel) -> {
                    cancelSecond = cancel;
                    exchange.onHangUp(() -> {
                        cancelFirst.run();
                        cancelSecond.run();
                    });
                }
                case LaneCall.Submission.Refused(Problem problem) -> end(problem, cancelFirst);
            }
        }

        private void came(LaneResult<A> result) {
            switch (result) {
                case LaneResult.Done<A> done -> {
                    ofFirst = done;
                    answer();
                }
                case LaneResult.Refused<A>(Problem problem) -> end(problem, cancelSecond);
            }
        }

        private void cameToo(LaneResult<B> result) {
            switch (result) {
                case LaneResult.Done<B> done -> {
                    ofSecond = done;
                    answer();
                }
                case LaneResult.Refused<B>(Problem problem) -> end(problem, cancelFirst);
            }
        }

        private void end(Problem problem, Runnable cancelOther) {
            if (!exchange.isOver()) {
                cancelOther.run();
                exchange.refuse(problem, problems);
            }
        }

        private void answer() {
            if (ofFirst != null && ofSecond != null && !exchange.isOver()) {
                Timing both = ofFirst.timing().beside(ofSecond.timing());
                DeviceTime.put(exchange, both);
                answer.write(exchange, ofFirst, ofSecond, both);
            }
        }
    }
}
