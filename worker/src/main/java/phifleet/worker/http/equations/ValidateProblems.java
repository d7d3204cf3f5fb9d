package phifleet.worker.http.equations;

import java.util.List;
import phifleet.common.Problem;
import phifleet.equations.ValidationOutcome;
import phifleet.equations.grammar.SyntaxProblem;
import phifleet.http.ProblemShape;
import phifleet.http.json.JsonOutput;

/** What the validator refuses, with the place where it stands: {@code {"error":{"code","message","position",…}}}. */
record ValidateProblems(SyntaxProblem syntax) implements ProblemShape {

    /** The refusal as HTTP knows it. */
    Problem problem() {
        int status = syntax.code() == SyntaxProblem.Code.TOO_LONG ? 413 : 400;
        return Problem.of(status, syntax.code().text(), syntax.message(), "equation");
    }

    /** A field other than the equation that the validator can not take. */
    static Problem invalid(ValidationOutcome.Invalid invalid) {
        return Problem.badRequest(
                "invalid_value",
                "`" + invalid.field() + "` is '" + invalid.value() + "': " + invalid.message(),
                invalid.field());
    }

    @Override
    public void write(Problem problem, JsonOutput out) {
        out.raw("{\"error\":{\"code\":").string(problem.code());
        out.raw(",\"message\":").string(problem.message());
        out.raw(",\"field\":\"equation\",\"position\":").number(syntax.position());
        out.raw(",\"length\":").number(syntax.length());
        out.raw(",\"line\":").number(syntax.line());
        out.raw(",\"expected\":");
        strings(syntax.expected(), out);
        out.raw(",\"excerpt\":").string(syntax.excerpt()).raw("}}");
    }

    private static void strings(List<String> values, JsonOutput out) {
        out.raw('[');
        String comma = "";
        for (String value : values) {
            out.raw(comma).string(value);
            comma = ",";
        }
        out.raw(']');
    }
}
