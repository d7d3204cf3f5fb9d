package phifleet.worker.http.equations;

import phifleet.common.Problem;
import phifleet.equations.ValidationOutcome;
import phifleet.equations.grammar.token.SyntaxProblem;
import phifleet.http.dialect.ProblemShape;
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
        out.beginObject().member("error").beginObject().member("code").string(problem.code());
        out.member("message").string(problem.message());
        out.member("field").string("equation").member("position").number(syntax.position());
        out.member("length").number(syntax.length());
        out.member("line").number(syntax.line());
        out.member("expected").strings(syntax.expected());
        out.member("excerpt").string(syntax.excerpt()).endObject().endObject();
    }
}
