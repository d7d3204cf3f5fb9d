package phifleet.equations.grammar;

import java.io.Serial;

/** Carries a problem from its place to {@link EquationParser}. Never leaves the package; has no stack trace. */
final class SyntaxException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient SyntaxProblem problem;

    SyntaxException(SyntaxProblem problem) {
        super(problem.message(), null, false, false);
        this.problem = problem;
    }

    SyntaxProblem problem() {
        return problem;
    }
}
