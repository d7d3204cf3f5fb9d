package phifleet.http.dialect;

import phifleet.common.Problem;
import phifleet.http.json.JsonOutput;

/** {@code {"error":"…"}}, as the Open Inference Protocol has it. */
public final class OpenInferenceProblems implements ProblemShape {
    public static final OpenInferenceProblems SHAPE = new OpenInferenceProblems();

    private OpenInferenceProblems() {}

    @Override
    public void write(Problem problem, JsonOutput out) {
        out.beginObject().member("error").string(problem.message()).endObject();
    }
}
