package phifleet.equations;

import java.util.List;
import java.util.Optional;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Shape;
import phifleet.equations.ast.Spelling;
import phifleet.equations.ast.Statement.Operator;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;
import phifleet.equations.claim.SideKinds;
import phifleet.equations.claim.Slips;
import phifleet.equations.identity.RealFunction;

/**
 * Equations in one symbol that are no identity, and whose form does not say whether they are meant as one: a wrong claim, or a question for
 * the value of the symbol. What is near to an identity is taken for a claim, all else that has a solution for a question, beside which the
 * claim is shown as another reading.
 */
final class Unknowns {
    /** The basis of an equation that asks for the value of its symbol as likely as it claims something. */
    static final String PERHAPS = "solved/perhaps";
    /** The basis of a claim that would be an identity but for a slip, and has solutions. */
    static final String SLIP = "slip";

    /** The basis of a claim that is refuted, where as an equation to be solved it could have solutions. */
    static final String UNSOLVED = "unsolved";

    private final Inquiry inquiry;
    private final SolvingStage solving;

    Unknowns(Inquiry inquiry, SolvingStage solving) {
        this.inquiry = inquiry;
        this.solving = solving;
    }

    /** Empty where it is to stay refuted as it was. */
    Optional<Finding> perhapsSolved(Relation written, Finding refuted) {
        Relation relation = solving.read(written);
        List<String> names = RealFunction.symbols(relation.left(), relation.right());
        boolean fits = refuted.verdict() == Verdict.NOT_IDENTITY
                && relation.sides().size() == 2
                && relation.operators().getFirst() == Operator.EQUAL
                && names.size() == 1
                && relation.sides().stream().noneMatch(Unknowns::isCounted);
        if (!fits) {
            return Optional.empty();
        }
        Slips.Nearness nearness = Slips.of(relation, Trees.symbol(relation, names.getFirst()), inquiry.budget);
        Finding solved = nearness == Slips.Nearness.FACTOR
                ? null
                : solving.solve(written, refuted).orElse(null);
        if (solved == null) {
            return nearness == Slips.Nearness.NONE
                    ? Optional.of(refuted.rested(UNSOLVED)
                            .explained(
                                    "Whether it holds for some value, as an equation to be solved, could not be told."))
                    : Optional.empty();
        }
        if (solved.verdict() != Verdict.CONDITIONAL) {
            return Optional.of(solved);
        }
        // Where no real number solves it, it was hardly meant to be solved.
        boolean slip = nearness == Slips.Nearness.SLIP || solved.basis().equals(SolvingStage.COMPLEX);
        if (!slip && SideKinds.differ(relation, inquiry.budget)) {
            return Optional.of(solved);
        }
        if (slip) {
            return Optional.of(refuted.rested(SLIP).with(solved.solutions()));
        }
        Finding claim = refuted.with(solved.solutions());
        inquiry.reading(Readings.reading("as a claim for all values", Spelling.of(Shape.of(written)), claim, false));
        return Optional.of(solved.rested(PERHAPS));
    }

    /** What is defined for whole numbers, or by a limit, is there to be worked out. */
    private static boolean isCounted(Expr side) {
        return Trees.any(side, node -> switch (node) {
            case Expr.Series _, Expr.Integral _, Expr.Limit _, Expr.Derivative _ -> true;
            case Expr.Call call ->
                switch (call.function()) {
                    case FACTORIAL, GAMMA, BINOMIAL -> true;
                    default -> false;
                };
            default -> false;
        });
    }
}
