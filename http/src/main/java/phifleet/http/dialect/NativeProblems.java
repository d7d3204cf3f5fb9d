package phifleet.http.dialect;

import phifleet.common.Problem;
import phifleet.http.json.JsonOutput;

/** {@code {"error":{"code","message","field"}}}. */
public final class NativeProblems implements ProblemShape {
    public static final NativeProblems SHAPE = new NativeProblems();

    private NativeProblems() {}

    @Override
    public void write(Problem problem, JsonOutput out) {
        out.beginObject().member("error").beginObject();
        out.member("code").string(problem.code());
        out.member("message").string(problem.message());
        if (problem.field() != null) {
            out.member("field").string(problem.field());
        }
        if (problem.retryAfter() != null) {
            out.member("retry_after_ms").number(problem.retryAfter().toMillis());
        }
        out.endObject().endObject();
    }
}
