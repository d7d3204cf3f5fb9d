package phifleet.worker.http;

import phifleet.common.Problem;

/** {@code {"error":{"message","type","param","code"}}} with OpenAI's types. */
final class OpenAiProblems implements ProblemShape {
    static final OpenAiProblems SHAPE = new OpenAiProblems();

    private OpenAiProblems() {}

    @Override
    public void write(Problem problem, JsonOutput out) {
        out.raw("{\"error\":{\"message\":").string(problem.message());
        out.raw(",\"type\":\"").raw(type(problem.status())).raw("\",\"param\":");
        if (problem.field() == null) {
            out.raw("null");
        } else {
            out.string(problem.field());
        }
        out.raw(",\"code\":").string(code(problem)).raw("}}");
    }

    private static String type(int status) {
        if (status == 429) {
            return "rate_limit_error";
        }
        return status < 500 ? "invalid_request_error" : "server_error";
    }

    private static String code(Problem problem) {
        return switch (problem.code()) {
            case Problems.UNAUTHORIZED -> "invalid_api_key";
            case Problems.OVERLOADED -> "rate_limit_exceeded";
            default -> problem.code();
        };
    }
}
