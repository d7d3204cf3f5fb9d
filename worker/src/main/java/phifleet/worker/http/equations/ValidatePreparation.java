package phifleet.worker.http.equations;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.equations.ValidationReport;
import phifleet.equations.ValidationRequest;
import phifleet.http.Exchange;
import phifleet.http.Urgency;
import phifleet.http.dialect.NativeProblems;
import phifleet.http.dialect.ProblemShape;
import phifleet.http.dialect.Problems;
import phifleet.http.endpoint.BodyPost;
import phifleet.http.endpoint.Reply;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonOutput;
import phifleet.worker.http.state.ModelProblems;
import phifleet.worker.http.state.WorkerState;

/** {@code POST /validate}: one equation, judged where its body is read, which must not be an event loop. */
final class ValidatePreparation implements BodyPost.Preparation {
    private final ValidateParser parser;
    private final Judging judging;
    private final Judges judges;
    private final Supplier<WorkerState> states;

    ValidatePreparation(ValidateParser parser, Judging judging, Judges judges, Supplier<WorkerState> states) {
        this.parser = parser;
        this.judging = judging;
        this.judges = judges;
        this.states = states;
    }

    @Override
    public Reply prepare(Exchange exchange, byte[] body) {
        ValidationRequest request;
        try {
            request = parser.one(body);
        } catch (BadBody mistake) {
            return new Reply.Refused(mistake.problem(), NativeProblems.SHAPE);
        }
        WorkerState state = states.get();
        if (state.phase() == WorkerState.Phase.DRAINING) {
            return new Reply.Refused(ModelProblems.notReady(state), NativeProblems.SHAPE);
        }
        return switch (exchange.urgency()) {
            case Urgency.Reading.Wrong(Problem problem) -> new Reply.Refused(problem, NativeProblems.SHAPE);
            case Urgency.Reading.Read(Urgency urgency) -> judged(exchange, request, urgency.deadlineNanos());
        };
    }

    private Reply judged(Exchange exchange, ValidationRequest request, long deadlineNanos) {
        Judging.@Nullable Judgement quick = judging.quick(request, deadlineNanos, exchange.requestId());
        if (quick != null) {
            return reply(quick);
        }
        return caller -> {
            boolean taken =
                    judges.slow().offer(caller, () -> reply(judging.judge(request, deadlineNanos, caller.requestId())));
            if (!taken) {
                caller.refuse(Problems.busy("too many equations wait to be judged"));
            }
        };
    }

    private static Reply reply(Judging.Judgement judgement) {
        return switch (judgement) {
            case Judging.Judgement.Refused(Problem problem, ProblemShape shape) -> new Reply.Refused(problem, shape);
            case Judging.Judgement.Reported(ValidationReport report) -> {
                JsonOutput out = new JsonOutput(2048);
                ValidationJson.write(report, out);
                yield new Reply.Answered(Exchange.NO_MODEL, out);
            }
        };
    }
}
