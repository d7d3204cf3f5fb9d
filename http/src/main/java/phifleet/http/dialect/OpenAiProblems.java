package phifleet.http.dialect;

import phifleet.common.Problem;
import phifleet.http.json.JsonOutput;

/** {@code {"error":{"message","type","param","code"}}} with OpenAI's types. */
public final class OpenAiProblems implements ProblemShape {
    public static final OpenAiProblems SHAPE = new OpenAiProblems();

    private OpenAiProblems() {}

    @Override
    public void write(Problem problem, JsonOutput out) {
        out.beginObject().member("error").beginObject();
        out.member("message").string(problem.message());
        out.member("type").string(type(problem.status()));
        out.member("param").optional(problem.field());
        out.member("code").string(code(problem)).endObject().endObject();
    }

    private static String type(int status) {
        if (status == 429) {
            return "rate_limit_error";
        }
        return status < 500 ? "invalid_request_error" : "server_error";
    }

    private static String code(Problem problem) {
        if (problem.status() == 429) {
            return "rate_limit_exceeded";
        }
        return problem.code().equals(Problems.UNAUTHORIZED) ? "invalid_api_key" : problem.code();
    }
}
