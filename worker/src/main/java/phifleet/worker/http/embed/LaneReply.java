package phifleet.worker.http.embed;

import java.util.List;
import phifleet.common.Problem;
import phifleet.http.Exchange;
import phifleet.http.Problems;
import phifleet.http.Reply;
import phifleet.http.Urgency;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.Outcome;
import phifleet.inference.lane.Priority;
import phifleet.inference.lane.Timing;
import phifleet.inference.model.Vector;
import phifleet.inference.text.Encoding;
import phifleet.inference.text.SentenceEncoder;
import phifleet.worker.http.state.ModelProblems;

/** Submits tokens to their lane, and answers on the request's own event loop when the outcome is there. */
record LaneReply(EmbedRequest request, SentenceEncoder encoder, Encoding.Encoded encoded) implements Reply {

    @Override
    public void send(Exchange exchange) {
        if (exchange.isOver()) {
            return;
        }
        exchange.model(encoder.description().id());
        switch (exchange.urgency()) {
            case Urgency.Reading.Wrong(Problem problem) -> exchange.refuse(problem, request.problems());
            case Urgency.Reading.Read(Urgency urgency) -> submit(exchange, urgency);
        }
    }

    private void submit(Exchange exchange, Urgency urgency) {
        Admission admission = encoder.embed(
                encoded,
                switch (urgency.priority()) {
                    case INTERACTIVE -> Priority.INTERACTIVE;
                    case BATCH -> Priority.BATCH;
                },
                urgency.deadlineNanos(),
                outcome -> exchange.runLater(() -> finish(exchange, outcome)));
        switch (admission) {
            case Admission.Accepted(Admission.Ticket ticket) -> exchange.onHangUp(ticket::cancel);
            case Admission.Overloaded overloaded ->
                exchange.refuse(ModelProblems.overloaded(overloaded), request.problems());
            case Admission.TooLarge tooLarge ->
                exchange.refuse(
                        ModelProblems.tooLarge(tooLarge, request.inputs().field()), request.problems());
            case Admission.Draining() -> exchange.refuse(ModelProblems.draining(), request.problems());
        }
    }

    private void finish(Exchange exchange, Outcome<Vector> outcome) {
        if (exchange.isOver()) {
            return;
        }
        switch (outcome) {
            case Outcome.Completed<Vector>(List<Vector> pooled, Timing timing) ->
                answer(exchange, new EmbedResult(request, encoder, encoded, pooled, timing, exchange.startNanos()));
            case Outcome.Expired<Vector>(Timing timing) -> exchange.refuse(Problems.expired(), request.problems());
            case Outcome.Cancelled<Vector>() -> exchange.refuse(ModelProblems.draining(), request.problems());
            case Outcome.Failed<Vector>(String message) ->
                exchange.refuse(Problem.of(500, "model_failed", message, null), request.problems());
        }
    }

    private void answer(Exchange exchange, EmbedResult result) {
        TimingHeaders.put(exchange.response(), result);
        new AnswerStream(exchange, result).start();
    }
}
