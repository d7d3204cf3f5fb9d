package phifleet.equations;

import java.util.List;
import java.util.Optional;
import phifleet.equations.ValidationReport.Solution;
import phifleet.equations.ast.Statement.Relation;

/** Equations of one unknown. */
final class SolvingStage {
    private final Inquiry inquiry;

    SolvingStage(Inquiry inquiry) {
        this.inquiry = inquiry;
    }

    /** What makes it true, or that nothing does; empty where that cannot be told. */
    Optional<Finding> solve(Relation relation, Finding so) {
        inquiry.budget.spend(1);
        return Optional.empty();
    }

    List<Solution> solutions(Relation relation) {
        inquiry.budget.spend(1);
        return List.of();
    }
}
