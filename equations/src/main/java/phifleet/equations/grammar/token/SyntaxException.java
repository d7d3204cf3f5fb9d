package phifleet.equations.grammar.token;

import java.io.Serial;

/** Carries a problem from its place to {@code EquationParser}. Never leaves the package; has no stack trace. */
public final class SyntaxException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient SyntaxProblem problem;

    public SyntaxException(SyntaxProblem problem) {
        super(problem.message(), null, false, false);
        this.problem = problem;
    }

    public SyntaxProblem problem() {
        return problem;
    }
}
