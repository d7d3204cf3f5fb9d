package phifleet.worker.http.oip;

import java.util.List;
import java.util.function.Function;
import phifleet.common.Problem;
import phifleet.http.dialect.ProblemShape;
import phifleet.http.endpoint.Reply;
import phifleet.inference.model.TensorSet;
import phifleet.worker.http.lane.LaneCall;
import phifleet.worker.http.lane.LaneReply;
import phifleet.worker.http.tensor.TensorReplies;

/**
 * An inference that an exchange of its own waits for.
 *
 * @param problems how its dialect refuses
 * @param answer how it answers
 */
record InferReply(ProblemShape problems, Answer answer, TensorReplies replies) {

    /** How a dialect writes what a model gave. */
    @FunctionalInterface
    interface Answer {
        /** Writes all of it on the calling thread. */
        Reply of(OipModel model, InferRequest request, TensorSet outputs);
    }

    Reply of(OipModel model, InferRequest request) {
        return switch (model.infer(request)) {
            case PreparedInference.Known(TensorSet outputs) -> answer.of(model, request, outputs);
            case PreparedInference.Refused(Problem problem) -> new Reply.Refused(problem, problems);
            case PreparedInference.Queued<?> queued -> queued(model, request, queued);
        };
    }

    private <O> Reply queued(OipModel model, InferRequest request, PreparedInference.Queued<O> queued) {
        LaneCall<O> call = queued.call();
        Function<List<O>, TensorSet> outputs = queued.outputs();
        return new LaneReply<O>(call.model(), call.field(), problems, call.work(), (exchange, given, timing) -> {
            request.inputs().release();
            TensorSet found = outputs.apply(given);
            replies.send(exchange, found, () -> answer.of(model, request, found));
        });
    }
}
