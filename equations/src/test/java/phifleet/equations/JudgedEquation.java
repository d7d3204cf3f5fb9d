package phifleet.equations;

import phifleet.equations.grammar.token.SyntaxProblem;

/** An equation with everything at its default, as it is judged. */
final class JudgedEquation {
    private JudgedEquation() {}

    /** Fails where it cannot be read. */
    static ValidationReport report(String equation) {
        return switch (Validator.standard().validate(ValidationRequest.of(equation))) {
            case ValidationOutcome.Judged(ValidationReport report) -> report;
            case ValidationOutcome.Malformed(SyntaxProblem problem) -> throw new AssertionError(problem);
            case ValidationOutcome.Invalid invalid -> throw new AssertionError(invalid);
        };
    }
}
