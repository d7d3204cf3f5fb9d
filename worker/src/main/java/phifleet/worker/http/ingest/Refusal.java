package phifleet.worker.http.ingest;

import java.io.Serial;
import phifleet.common.Problem;

/** Why one image, or one search, goes no further. */
final class Refusal extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    Refusal(Problem problem) {
        super(problem.message(), null, false, false);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
