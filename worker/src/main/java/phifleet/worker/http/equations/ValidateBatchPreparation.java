package phifleet.worker.http.equations;

import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.function.Supplier;
import phifleet.common.Problem;
import phifleet.equations.ValidationRequest;
import phifleet.http.Exchange;
import phifleet.http.Urgency;
import phifleet.http.dialect.NativeProblems;
import phifleet.http.dialect.Problems;
import phifleet.http.endpoint.BodyPost;
import phifleet.http.endpoint.Reply;
import phifleet.http.json.BadBody;
import phifleet.worker.http.state.ModelProblems;
import phifleet.worker.http.state.WorkerState;

/** {@code POST /validate/batch}: many equations, answered in their order as one list, or as lines where those are asked for. */
final class ValidateBatchPreparation implements BodyPost.Preparation {
    private final ValidateParser parser;
    private final Judging judging;
    private final Supplier<WorkerState> states;
    private final Judges judges;

    ValidateBatchPreparation(ValidateParser parser, Judging judging, Judges judges, Supplier<WorkerState> states) {
        this.parser = parser;
        this.judging = judging;
        this.states = states;
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
        WorkerState state = states.get();
        if (state.phase() == WorkerState.Phase.DRAINING) {
            return new Reply.Refused(ModelProblems.notReady(state), NativeProblems.SHAPE);
        }
        return switch (exchange.urgency()) {
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
