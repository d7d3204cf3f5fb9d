package phifleet.worker.http.lane;

import java.util.List;
import java.util.function.Consumer;
import phifleet.common.Problem;
import phifleet.http.Urgency;
import phifleet.http.dialect.Problems;
import phifleet.inference.ServedModel;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.Outcome;
import phifleet.inference.lane.Priority;
import phifleet.inference.lane.Timing;
import phifleet.worker.http.state.ModelProblems;

/**
 * Inputs that are ready for their lane, and what becomes of them in words that every dialect shares.
 *
 * @param <O> one output
 * @param field what the inputs are called in the request
 */
public record LaneCall<O>(ServedModel model, String field, LaneReply.Work<O> work) {

    /** Whether the lane has the inputs. */
    public sealed interface Submission {
        /**
         * It has them.
         *
         * @param cancel gives them up where nobody waits any more; from any thread
         */
        record Taken(Runnable cancel) implements Submission {}

        /** It never will. */
        record Refused(Problem problem) implements Submission {}
    }

    /**
     * Offers the inputs.
     *
     * @param result hears what came of them where they were taken, once, on a thread that must not be held up
     */
    public Submission submit(Urgency.Priority priority, long deadlineNanos, Consumer<LaneResult<O>> result) {
        return switch (work.submit(priority(priority), deadlineNanos, outcome -> result.accept(result(outcome)))) {
            case Admission.Accepted(Admission.Ticket ticket) -> new Submission.Taken(ticket::cancel);
            case Admission.Overloaded overloaded -> new Submission.Refused(ModelProblems.overloaded(overloaded));
            case Admission.TooLarge tooLarge -> new Submission.Refused(ModelProblems.tooLarge(tooLarge, field));
            case Admission.TooLate tooLate -> new Submission.Refused(ModelProblems.tooLate(tooLate));
            case Admission.Draining() -> new Submission.Refused(ModelProblems.draining());
        };
    }

    static Priority priority(Urgency.Priority priority) {
        return switch (priority) {
            case INTERACTIVE -> Priority.INTERACTIVE;
            case BATCH -> Priority.BATCH;
        };
    }

    private LaneResult<O> result(Outcome<O> outcome) {
        return switch (outcome) {
            case Outcome.Completed<O>(List<O> outputs, Timing timing) -> new LaneResult.Done<>(outputs, timing);
            case Outcome.Expired<O>(Timing timing) -> new LaneResult.Refused<>(Problems.expired());
            case Outcome.Cancelled<O>() -> new LaneResult.Refused<>(ModelProblems.draining());
            case Outcome.Rejected<O>(String message) ->
                new LaneResult.Refused<>(
                        Problem.badRequest("invalid_value", "the model cannot take these values: " + message, field));
            case Outcome.Failed<O>(String message) ->
                new LaneResult.Refused<>(Problem.of(500, "model_failed", message, null));
        };
    }
}
