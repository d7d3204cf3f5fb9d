package phifleet.equations;

import phifleet.equations.grammar.token.SyntaxProblem;

/** What became of a request. */
public sealed interface ValidationOutcome {

    /** It was understood and judged. */
    record Judged(ValidationReport report) implements ValidationOutcome {}

    /** The equation cannot be read; over HTTP 400, and 413 for {@link SyntaxProblem.Code#TOO_LONG}. */
    record Malformed(SyntaxProblem problem) implements ValidationOutcome {}

    /**
     * Another field of the request is wrong.
     *
     * @param field its path, such as {@code variables.E.unit}
     * @param value what it holds, cut to 80 characters
     * @param message what is wrong and what would be right
     */
    record Invalid(String field, String value, String message) implements ValidationOutcome {}
}
