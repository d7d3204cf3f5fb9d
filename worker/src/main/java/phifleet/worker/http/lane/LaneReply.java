package phifleet.worker.http.lane;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.Exchange;
import phifleet.http.Urgency;
import phifleet.http.dialect.ProblemShape;
import phifleet.http.endpoint.Reply;
import phifleet.inference.ServedModel;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.Outcome;
import phifleet.inference.lane.Priority;
import phifleet.inference.lane.Timing;

/**
 * Submits inputs to their lane, and answers on the request's own event loop when the outcome is there.
 *
 * @param <O> one output
 * @param field what the inputs are called in the request
 * @param problems how the dialect refuses
 */
public record LaneReply<O>(ServedModel model, String field, ProblemShape problems, Work<O> work, Answer<O> answer)
        implements Reply {

    /** The inputs, ready for the lane. */
    @FunctionalInterface
    public interface Work<O> {
        /** Offers them; the outcome comes on a thread that must not be held up. */
        Admission submit(Priority priority, long deadlineNanos, Consumer<Outcome<O>> outcome);
    }

    /** What is done with outputs, in the order of the inputs. */
    @FunctionalInterface
    public interface Answer<O> {
        /** Runs on the exchange's event loop. */
        void write(Exchange exchange, List<O> outputs, Timing timing);
    }

    /**
     * What would be refused whatever it is need not be prepared, which costs more than all else that a refusal does.
     *
     * @return the refusal; null where the work may be taken
     */
    public static Admission.@Nullable Overloaded refusal(Exchange exchange, ServedModel model) {
        return exchange.urgency() instanceof Urgency.Reading.Read(Urgency urgency)
                ? model.refusal(LaneCall.priority(urgency.priority()))
                : null;
    }

    @Override
    public void send(Exchange exchange) {
        if (exchange.isOver()) {
            return;
        }
        exchange.model(model.description().id());
        switch (exchange.urgency()) {
            case Urgency.Reading.Wrong(Problem problem) -> exchange.refuse(problem, problems);
            case Urgency.Reading.Read(Urgency urgency) -> submit(exchange, urgency);
        }
    }

    private void submit(Exchange exchange, Urgency urgency) {
        LaneCall<O> call = new LaneCall<>(model, field, work);
        switch (call.submit(
                urgency.priority(),
                urgency.deadlineNanos(),
                result -> exchange.runLater(() -> finish(exchange, result)))) {
            case LaneCall.Submission.Taken(Runnable cancel) -> exchange.onHangUp(cancel);
            case LaneCall.Submission.Refused(Problem problem) -> exchange.refuse(problem, problems);
        }
    }

    private void finish(Exchange exchange, LaneResult<O> result) {
        if (exchange.isOver()) {
            return;
        }
        switch (result) {
            case LaneResult.Done<O>(List<O> outputs, Timing timing) -> {
                DeviceTime.put(exchange, timing);
                answer.write(exchange, outputs, timing);
            }
            case LaneResult.Refused<O>(Problem problem) -> exchange.refuse(problem, problems);
        }
    }
}
