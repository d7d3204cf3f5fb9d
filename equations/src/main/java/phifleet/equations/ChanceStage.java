package phifleet.equations;

import java.util.Optional;
import phifleet.equations.ValidationReport.CounterexamplePoint;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.chance.Chances;
import phifleet.equations.chance.Chances.Agreed;
import phifleet.equations.chance.Chances.Differs;
import phifleet.equations.chance.Chances.OnlyWhere;
import phifleet.equations.chance.Chances.Unknown;
import phifleet.equations.claim.Claims;

/** What is said of means, variances and probabilities: {@code Var(X) = E[X²] - E[X]²}, {@code P(A|B) = P(A∩B)/P(B)}. */
final class ChanceStage {
    private static final String BASIS = "chances";

    private final Inquiry inquiry;

    ChanceStage(Inquiry inquiry) {
        this.inquiry = inquiry;
    }

    /** Empty where it is not of such, or no claim for all of them. */
    Optional<Finding> judge(Relation relation) {
        if (Claims.isDefinition(relation)) {
            return Optional.empty();
        }
        return Chances.test(relation, inquiry.request.seed(), inquiry.budget).flatMap(this::finding);
    }

    private Optional<Finding> finding(Chances.Outcome outcome) {
        return switch (outcome) {
            case Agreed(int samples) -> {
                inquiry.found("chances", "agreement in " + samples + " random sample spaces");
                yield Optional.of(Finding.of(
                        Verdict.IDENTITY_NUMERIC,
                        BASIS,
                        "The two sides agree exactly in " + samples
                                + " random sample spaces of several outcomes. That is strong evidence, but no proof."));
            }
            case OnlyWhere(String what) ->
                Optional.of(Finding.of(Verdict.CONDITIONAL, "domain", "It holds where " + what + ", and not for all."));
            case Differs(var values, String left, String right) -> {
                inquiry.found("chances", "the sides differ in a sample space");
                yield Optional.of(Finding.of(
                                Verdict.NOT_IDENTITY,
                                BASIS,
                                "The two sides are not equal: in a sample space of several outcomes, with " + values
                                        + ", the left side is " + left + " and the right side " + right + ".")
                        .with(new CounterexamplePoint(values, left, right, "", 0)));
            }
            case Unknown() -> Optional.empty();
        };
    }
}
