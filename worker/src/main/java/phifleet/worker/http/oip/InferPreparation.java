package phifleet.worker.http.oip;

import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.Exchange;
import phifleet.http.dialect.OpenInferenceProblems;
import phifleet.http.dialect.Problems;
import phifleet.http.endpoint.BodyPost;
import phifleet.http.endpoint.Reply;
import phifleet.http.endpoint.WorkPool;
import phifleet.http.json.BadBody;
import phifleet.http.json.Excerpt;
import phifleet.http.json.JsonLimits;
import phifleet.inference.lane.Admission;
import phifleet.worker.http.lane.LaneReply;
import phifleet.worker.http.state.ModelProblems;
import phifleet.worker.http.state.WorkerView;
import phifleet.worker.http.tensor.TensorReplies;

/** From the body of an inference request to tensors that only wait for the lane. */
final class InferPreparation implements BodyPost.Preparation {
    private final OipModels models;
    private final InferParser parser;
    private final InferReply reply;

    InferPreparation(WorkerView worker, JsonLimits limits, WorkPool pool) {
        this.models = new OipModels(worker);
        this.parser = new InferParser(limits);
        this.reply = new InferReply(OpenInferenceProblems.SHAPE, InferAnswer::of, new TensorReplies(pool));
    }

    @Override
    public Reply prepare(Exchange exchange, byte[] body) {
        ModelPath path =
                ModelPath.read(String.valueOf(exchange.request().path())).orElse(null);
        if (path == null) {
            return refused(Problems.notFound());
        }
        return switch (models.find(path)) {
            case OipModels.Found.Refused(Problem problem) -> refused(problem);
            case OipModels.Found.Absent absent -> absent.reply(exchange, OpenInferenceProblems.SHAPE);
            case OipModels.Found.Model(OipModel model) -> prepare(exchange, body, model);
        };
    }

    private Reply prepare(Exchange exchange, byte[] body, OipModel model) {
        Admission.Overloaded refusal = LaneReply.refusal(exchange, model.served());
        if (refusal != null) {
            return refused(ModelProblems.overloaded(refusal));
        }
        @Nullable String announced = exchange.request().getHeader(InferAnswer.HEADER_LENGTH);
        int head = head(announced, body.length);
        if (head < 0) {
            return refused(Problem.badRequest(
                    "invalid_header",
                    "Inference-Header-Content-Length must be the length of the JSON, uncompressed, from"
                            + " 0 to the body's " + body.length + " bytes, was '" + Excerpt.of(announced) + "'",
                    null));
        }
        try {
            return reply.of(model, parser.parse(body, head, model));
        } catch (BadBody e) {
            return refused(e.problem());
        }
    }

    /** How much of the body is JSON: all of it where nothing else is said; -1 for what cannot be. */
    private static int head(@Nullable String announced, int length) {
        if (announced == null) {
            return length;
        }
        if (!announced.matches("\\d{1,9}")) {
            return -1;
        }
        int head = Integer.parseInt(announced);
        return head <= length ? head : -1;
    }

    private static Reply refused(Problem problem) {
        return new Reply.Refused(problem, OpenInferenceProblems.SHAPE);
    }
}
