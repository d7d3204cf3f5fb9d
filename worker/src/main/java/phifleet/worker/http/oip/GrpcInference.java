package phifleet.worker.http.oip;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.Exchange;
import phifleet.http.Urgency;
import phifleet.http.dialect.GrpcProblems;
import phifleet.http.endpoint.Reply;
import phifleet.http.endpoint.WorkPool;
import phifleet.http.grpc.GrpcPost;
import phifleet.http.grpc.GrpcStream;
import phifleet.http.grpc.GrpcTurn;
import phifleet.http.json.BadBody;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.Timing;
import phifleet.inference.model.TensorSet;
import phifleet.worker.http.lane.LaneCall;
import phifleet.worker.http.lane.LaneReply;
import phifleet.worker.http.lane.LaneResult;
import phifleet.worker.http.state.ModelProblems;
import phifleet.worker.http.state.WorkerView;
import phifleet.worker.http.tensor.TensorReplies;

/** {@code ModelInfer} and {@code ModelStreamInfer}: from messages to tensors that only wait for the lane. */
final class GrpcInference implements GrpcPost.Preparation, GrpcStream.Preparation {
    private final OipModels models;
    private final InferReply reply;
    private final WorkPool pool;

    /** What a message asks for, as far as it can be had. */
    private sealed interface Asked {
        record Of(OipModel model, InferRequest request) implements Asked {}

        /** The model does not serve, or not yet. */
        record Absent(OipModels.Found.Absent absent) implements Asked {}

        record Nothing(Problem problem) implements Asked {}
    }

    GrpcInference(WorkerView worker, WorkPool pool) {
        this.models = new OipModels(worker);
        this.pool = pool;
        this.reply = new InferReply(GrpcProblems.SHAPE, GrpcInferAnswer::of, new TensorReplies(pool));
    }

    @Override
    public Reply prepareCall(Exchange exchange, ByteBuffer message) {
        try {
            return switch (asked(exchange, GrpcEnvelope.read(message))) {
                case Asked.Of(OipModel model, InferRequest request) -> reply.of(model, request);
                case Asked.Absent(OipModels.Found.Absent absent) -> absent.reply(exchange, GrpcProblems.SHAPE);
                case Asked.Nothing(Problem problem) -> new Reply.Refused(problem, GrpcProblems.SHAPE);
            };
        } catch (BadBody e) {
            return new Reply.Refused(e.problem(), GrpcProblems.SHAPE);
        }
    }

    @Override
    public GrpcTurn.Work prepareTurn(Exchange exchange, long deadlineNanos, ByteBuffer message) {
        GrpcEnvelope envelope;
        try {
            envelope = GrpcEnvelope.read(message);
        } catch (BadBody e) {
            return turn -> turn.refuse(e.problem());
        }
        String name = envelope.model();
        String id = envelope.id();
        return switch (asked(exchange, envelope)) {
            case Asked.Nothing(Problem problem) -> turn -> turn.answer(GrpcInferAnswer.refused(problem, name, id));
            case Asked.Absent(OipModels.Found.Absent absent) ->
                switch (absent.reply(deadlineNanos, GrpcProblems.SHAPE)) {
                    case Reply.Awaiting(var ready, var late, var shape) ->
                        new GrpcTurn.Awaiting(ready, () -> GrpcInferAnswer.refused(late.get(), name, id));
                    case Reply.Refused(Problem problem, var shape) ->
                        turn -> turn.answer(GrpcInferAnswer.refused(problem, name, id));
                    default -> throw new IllegalStateException("a model that is absent answers");
                };
            case Asked.Of(OipModel model, InferRequest request) ->
                switch (model.infer(request)) {
                    case PreparedInference.Known(TensorSet outputs) -> {
                        Buffer answer = GrpcInferAnswer.streamed(model, request, outputs, 0);
                        yield turn -> turn.answer(answer);
                    }
                    case PreparedInference.Refused(Problem problem) ->
                        turn -> turn.answer(GrpcInferAnswer.refused(problem, name, id));
                    case PreparedInference.Queued<?> queued -> turn -> submit(turn, queued, model, request);
                };
        };
    }

    @Override
    public Buffer refusal(Problem problem) {
        return GrpcInferAnswer.refused(problem, "", "");
    }

    private <O> void submit(GrpcTurn turn, PreparedInference.Queued<O> queued, OipModel model, InferRequest request) {
        LaneCall<O> call = queued.call();
        String name = call.model().description().id();
        String id = request.id() == null ? "" : request.id();
        turn.exchange().model(name);
        Urgency.Priority priority = turn.exchange().urgency() instanceof Urgency.Reading.Read(Urgency urgency)
                ? urgency.priority()
                : Urgency.Priority.INTERACTIVE;
        switch (call.submit(priority, turn.deadlineNanos(), result -> {
            // Off the event loop, where the outputs of a stream would hold up all others of its connection.
            BiFunction<TensorSet, Timing, Buffer> write = (outputs, timing) -> {
                request.inputs().release();
                return GrpcInferAnswer.streamed(model, request, outputs, timing.deviceNanos());
            };
            pool.turn(() -> finish(turn, result, queued.outputs(), write, name, id));
        })) {
            case LaneCall.Submission.Taken(Runnable cancel) -> turn.onAbandon(cancel);
            case LaneCall.Submission.Refused(Problem problem) ->
                turn.answer(GrpcInferAnswer.refused(problem, name, id));
        }
    }

    private static <O> void finish(
            GrpcTurn turn,
            LaneResult<O> result,
            Function<List<O>, TensorSet> outputs,
            BiFunction<TensorSet, Timing, Buffer> write,
            String model,
            String id) {
        try {
            switch (result) {
                case LaneResult.Done<O>(List<O> given, Timing timing) -> {
                    Buffer answer = write.apply(outputs.apply(given), timing);
                    turn.exchange().runLater(() -> {
                        turn.exchange().took(timing.deviceNanos());
                        turn.answer(answer);
                    });
                }
                case LaneResult.Refused<O>(Problem problem) -> {
                    Buffer answer = GrpcInferAnswer.refused(problem, model, id);
                    turn.exchange().runLater(() -> turn.answer(answer));
                }
            }
        } catch (RuntimeException | Error e) {
            turn.exchange().runLater(() -> turn.fail(e));
        }
    }

    private Asked asked(Exchange exchange, GrpcEnvelope envelope) {
        return switch (models.find(new ModelPath(envelope.model(), envelope.version(), ""))) {
            case OipModels.Found.Refused(Problem problem) -> new Asked.Nothing(problem);
            case OipModels.Found.Absent absent -> new Asked.Absent(absent);
            case OipModels.Found.Model(OipModel model) -> {
                Admission.@Nullable Overloaded refusal = LaneReply.refusal(exchange, model.served());
                try {
                    yield refusal == null
                            ? new Asked.Of(model, GrpcInferParser.parse(envelope, model))
                            : new Asked.Nothing(ModelProblems.overloaded(refusal));
                } catch (BadBody e) {
                    yield new Asked.Nothing(e.problem());
                }
            }
        };
    }
}
