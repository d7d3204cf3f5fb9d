package phifleet.equations;

import java.util.List;
import java.util.Map;
import phifleet.equations.grammar.Format;
import phifleet.equations.grammar.token.SyntaxProblem;

/** Equations as they are judged. All fail where one cannot be read. */
final class JudgedEquation {
    private JudgedEquation() {}

    /** With everything at its default. */
    static ValidationReport report(String equation) {
        return report(ValidationRequest.of(equation));
    }

    static ValidationReport report(ValidationRequest request) {
        return switch (Validator.standard().validate(request)) {
            case ValidationOutcome.Judged(ValidationReport report) -> report;
            case ValidationOutcome.Malformed(SyntaxProblem problem) ->
                throw new AssertionError(request.equation() + ": " + problem);
            case ValidationOutcome.Invalid invalid -> throw new AssertionError(request.equation() + ": " + invalid);
        };
    }

    /** A request with as much time as there is to be had, so that a busy machine decides nothing. */
    static ValidationRequest asked(String equation, Mode mode, String... assumptions) {
        return new ValidationRequest(
                equation,
                mode,
                Format.AUTO,
                Map.of(),
                List.of(assumptions),
                ValidationRequest.DEFAULT_SEED,
                ValidationRequest.MAX_TIMEOUT_MS);
    }
}
