package phifleet.worker.http.equations;

import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.common.Problem;
import phifleet.equations.CurveOutcome;
import phifleet.equations.CurveReader;
import phifleet.equations.CurveRequest;
import phifleet.equations.curve.Curve;
import phifleet.http.Exchange;
import phifleet.http.dialect.NativeProblems;
import phifleet.http.dialect.Problems;
import phifleet.http.endpoint.BodyPost;
import phifleet.http.endpoint.Reply;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonOutput;
import phifleet.worker.http.state.ModelProblems;
import phifleet.worker.http.state.WorkerState;

/** {@code POST /validate/curve}: both sides of an equation as numbers to draw, calculated among the equations that take their time. */
final class CurvePreparation implements BodyPost.Preparation {
    private static final Logger LOG = LoggerFactory.getLogger(CurvePreparation.class);

    private final CurveReader reader = new CurveReader(System::nanoTime);
    private final CurveParser parser;
    private final Judges judges;
    private final Supplier<WorkerState> states;

    CurvePreparation(CurveParser parser, Judges judges, Supplier<WorkerState> states) {
        this.parser = parser;
        this.judges = judges;
        this.states = states;
    }

    @Override
    public Reply prepare(Exchange exchange, byte[] body) {
        CurveRequest request;
        try {
            request = parser.read(body);
        } catch (BadBody mistake) {
            return new Reply.Refused(mistake.problem(), NativeProblems.SHAPE);
        }
        WorkerState state = states.get();
        if (state.phase() == WorkerState.Phase.DRAINING) {
            return new Reply.Refused(ModelProblems.notReady(state), NativeProblems.SHAPE);
        }
        return caller -> {
            if (!judges.slow().offer(caller, () -> reply(outcome(request, caller.requestId())))) {
                caller.refuse(Problems.busy("too many equations wait to be judged"));
            }
        };
    }

    /** As for a judgement, a defect of the library's is no picture, and a log line. */
    private CurveOutcome outcome(CurveRequest request, String requestId) {
        try {
            return reader.draw(request);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error(
                    "no curve of an equation of {} characters could be made request={}",
                    request.equation().length(),
                    requestId,
                    e);
            return new CurveOutcome.None("The calculation failed, which is a defect of its own.");
        }
    }

    private static Reply reply(CurveOutcome outcome) {
        return switch (outcome) {
            case CurveOutcome.Drawn drawn -> answered(drawn);
            case CurveOutcome.None(String why) -> none(why);
            case CurveOutcome.Malformed(var syntax) -> {
                ValidateProblems shape = new ValidateProblems(syntax);
                yield new Reply.Refused(shape.problem(), shape);
            }
            case CurveOutcome.Invalid(String field, String value, String message) ->
                new Reply.Refused(
                        Problem.badRequest("invalid_value", "`" + field + "` is " + value + ": " + message, field),
                        NativeProblems.SHAPE);
        };
    }

    private static Reply answered(CurveOutcome.Drawn drawn) {
        Curve curve = drawn.curve();
        JsonOutput out = new JsonOutput(16 * 1024);
        out.beginObject().member("variable").string(curve.variable());
        out.member("whole").flag(curve.isWhole());
        out.member("from").number(drawn.from());
        out.member("to").number(drawn.to());
        numbers("x", curve, Curve.Sample::x, out);
        numbers("left", curve, Curve.Sample::left, out);
        numbers("right", curve, Curve.Sample::right, out);
        out.member("reason").none().endObject();
        return new Reply.Answered(Exchange.NO_MODEL, out);
    }

    private static void numbers(String name, Curve curve, ToDoubleFunction<Curve.Sample> value, JsonOutput out) {
        out.member(name).beginList();
        for (Curve.Sample sample : curve.samples()) {
            out.number(value.applyAsDouble(sample));
        }
        out.endList();
    }

    private static Reply none(String why) {
        JsonOutput out = new JsonOutput(256);
        out.beginObject().member("variable").none();
        out.member("whole").flag(false).member("from").none();
        out.member("to").none();
        for (String name : new String[] {"x", "left", "right"}) {
            out.member(name).beginList().endList();
        }
        out.member("reason").string(why).endObject();
        return new Reply.Answered(Exchange.NO_MODEL, out);
    }
}
