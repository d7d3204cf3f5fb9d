package phifleet.http.dialect;

import phifleet.common.Problem;
import phifleet.http.json.JsonOutput;

/**
 * {@code {"error","error_type"}} with the types and statuses of text-embeddings-inference's router: a value that does not
 * fit its type is 422, as its JSON reader answers; a breach of a limit is 413; a failing model is 424.
 */
public final class TeiProblems implements ProblemShape {
    public static final TeiProblems SHAPE = new TeiProblems();

    private TeiProblems() {}

    @Override
    public int status(Problem problem) {
        return switch (problem.status()) {
            case 400 -> problem.field() == null || problem.code().equals(Problems.EMPTY) ? 400 : 422;
            case 500 -> 424;
            default -> problem.status();
        };
    }

    @Override
    public void write(Problem problem, JsonOutput out) {
        out.beginObject().member("error").string(problem.message());
        out.member("error_type").string(type(problem)).endObject();
    }

    private static String type(Problem problem) {
        if (problem.code().equals(Problems.EMPTY)) {
            return "Empty";
        }
        return switch (problem.status()) {
            case 429, 504 -> "Overloaded";
            case 503 -> "Unhealthy";
            case 424, 500 -> "Backend";
            default -> "Validation";
        };
    }
}
