package phifleet.http.dialect;

import phifleet.common.Problem;
import phifleet.http.json.JsonOutput;

/** {@code {"message","detail"}}: Cohere's clients read the first, Jina's the second. */
public final class CohereProblems implements ProblemShape {
    public static final CohereProblems SHAPE = new CohereProblems();

    private CohereProblems() {}

    @Override
    public void write(Problem problem, JsonOutput out) {
        out.beginObject().member("message").string(problem.message());
        out.member("detail").string(problem.message()).endObject();
    }
}
