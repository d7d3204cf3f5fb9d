package phifleet.worker.http;

import io.vertx.core.http.HttpHeaders;
import java.util.List;
import phifleet.common.Problem;
import phifleet.equations.ValidationRequest;

/** {@code POST /validate/batch}: many equations, answered in their order as one list, or as lines where those are asked for. */
final class ValidateBatchPreparation implements JsonPost.Preparation {
    private final ValidateParser parser;
    private final Judging judging;
    private final Judges judges;

    ValidateBatchPreparation(ValidateParser parser, Judging judging, Judges judges) {
        this.parser = parser;
        this.judging = judging;
        this.judges = judges;
    }

    @Override
    public Reply prepare(Exchange exchange, byte[] body) {
        List<ValidationRequest> requests;
        try {
            requests = parser.batch(body);
        } catch (BadBody mistake) {
            return new Reply.Refused(mistake.problem(), NativeProblems.SHAPE);
        }
        WorkerState state = exchange.edge().state();
        if (state.phase() == WorkerState.Phase.DRAINING) {
            return new Reply.Refused(Problems.notReady(state), NativeProblems.SHAPE);
        }
        return switch (Urgency.read(exchange)) {
            case Urgency.Reading.Wrong(Problem problem) -> new Reply.Refused(problem, NativeProblems.SHAPE);
            case Urgency.Reading.Read(Urgency urgency) -> {
                String accept = exchange.request().getHeader(HttpHeaders.ACCEPT);
                boolean lines = accept != null && accept.contains(BatchStream.NDJSON);
                yield caller -> {
                    if (judges.quick().enter()) {
                        new BatchStream(caller, judges, judging, requests, lines, urgency.deadlineNanos()).start();
                    } else {
                        caller.refuse(Problems.busy("too many equations wait to be judged"));
                    }
                };
            }
        };
    }
}
