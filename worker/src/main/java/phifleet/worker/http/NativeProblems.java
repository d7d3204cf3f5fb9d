package phifleet.worker.http;

import phifleet.common.Problem;

/** {@code {"error":{"code","message","field"}}}. */
final class NativeProblems implements ProblemShape {
    static final NativeProblems SHAPE = new NativeProblems();

    private NativeProblems() {}

    @Override
    public void write(Problem problem, JsonOutput out) {
        out.raw("{\"error\":{\"code\":").string(problem.code());
        out.raw(",\"message\":").string(problem.message());
        if (problem.field() != null) {
            out.raw(",\"field\":").string(problem.field());
        }
        if (problem.retryAfter() != null) {
            out.raw(",\"retry_after_ms\":").number(problem.retryAfter().toMillis());
        }
        out.raw("}}");
    }
}
