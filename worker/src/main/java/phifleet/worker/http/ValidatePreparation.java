package phifleet.worker.http;

import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.equations.ValidationReport;
import phifleet.equations.ValidationRequest;

/** {@code POST /validate}: one equation, judged where its body is read, which must not be an event loop. */
final class ValidatePreparation implements JsonPost.Preparation {
    private final ValidateParser parser;
    private final Judging judging;
    private final Judges judges;

    ValidatePreparation(ValidateParser parser, Judging judging, Judges judges) {
        this.parser = parser;
        this.judging = judging;
        this.judges = judges;
    }

    @Override
    public Reply prepare(Exchange exchange, byte[] body) {
        ValidationRequest request;
        try {
            request = parser.one(body);
        } catch (BadBody mistake) {
            return new Reply.Refused(mistake.problem(), NativeProblems.SHAPE);
        }
        WorkerState state = exchange.edge().state();
        if (state.phase() == WorkerState.Phase.DRAINING) {
            return new Reply.Refused(Problems.notReady(state), NativeProblems.SHAPE);
        }
        return switch (Urgency.read(exchange)) {
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
                ReportJson.write(report, out);
                yield new Reply.Answered(Exchange.NO_MODEL, out);
            }
        };
    }
}
