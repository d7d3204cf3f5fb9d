package phifleet.equations;

import phifleet.equations.curve.Curve;
import phifleet.equations.grammar.token.SyntaxProblem;

/** What became of a request for a curve. */
public sealed interface CurveOutcome {

    /** Both sides, between these ends. */
    record Drawn(Curve curve, double from, double to) implements CurveOutcome {}

    /**
     * There is no picture of this equation.
     *
     * @param why a sentence
     */
    record None(String why) implements CurveOutcome {}

    /** The equation cannot be read. */
    record Malformed(SyntaxProblem problem) implements CurveOutcome {}

    /**
     * Another field of the request is wrong.
     *
     * @param message what is wrong and what would be right
     */
    record Invalid(String field, String value, String message) implements CurveOutcome {}
}
