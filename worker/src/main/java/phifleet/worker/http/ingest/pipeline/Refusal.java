package phifleet.worker.http.ingest.pipeline;

import java.io.Serial;
import phifleet.common.Problem;

/** Why one image, or one search, goes no further. */
public final class Refusal extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    public Refusal(Problem problem) {
        super(problem.message(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
