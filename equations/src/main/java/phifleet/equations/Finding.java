package phifleet.equations;

import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ValidationReport.CounterexamplePoint;
import phifleet.equations.ValidationReport.Dimensions;
import phifleet.equations.ValidationReport.MatchedLaw;
import phifleet.equations.ValidationReport.Solution;

/**
 * A verdict with what it rests on.
 *
 * @param basis what the confidence depends on beside the verdict, such as {@code units}; see {@link Calibration}
 */
record Finding(
        Verdict verdict,
        String basis,
        String explanation,
        @Nullable Dimensions dimensions,
        @Nullable CounterexamplePoint counterexample,
        @Nullable MatchedLaw law,
        List<Solution> solutions) {
    Finding {
        solutions = List.copyOf(solutions);
    }

    static Finding of(Verdict verdict, String basis, String explanation) {
        return new Finding(verdict, basis, explanation, null, null, null, List.of());
    }

    /** The same with a sentence more. */
    Finding explained(String more) {
        return new Finding(verdict, basis, explanation + " " + more, dimensions, counterexample, law, solutions);
    }

    /** The same, resting on something else. */
    Finding rested(String other) {
        return new Finding(verdict, other, explanation, dimensions, counterexample, law, solutions);
    }

    Finding with(@Nullable Dimensions other) {
        return new Finding(verdict, basis, explanation, other, counterexample, law, solutions);
    }

    Finding with(@Nullable CounterexamplePoint other) {
        return new Finding(verdict, basis, explanation, dimensions, other, law, solutions);
    }

    Finding with(@Nullable MatchedLaw other) {
        return new Finding(verdict, basis, explanation, dimensions, counterexample, other, solutions);
    }

    Finding with(List<Solution> other) {
        return new Finding(verdict, basis, explanation, dimensions, counterexample, law, other);
    }
}
