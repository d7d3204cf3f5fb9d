package phifleet.equations;

import java.util.Optional;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;
import phifleet.equations.calculus.Differentiated;
import phifleet.equations.identity.Derivatives;

/**
 * The order of decision. What is certain comes first: broken units that the user gave, then an identity by normal form or
 * by numbers, then a known law; what rests on the usual meanings of letters comes after, and a claim for all values that
 * a number refutes is called false only where the equation can be no definition and no law.
 */
final class Judge {
    private final Inquiry inquiry;
    private final IdentityStage identity;
    private final PhysicsStage physics;
    private final SolvingStage solving;
    private final QuantityStage quantities;

    Judge(Inquiry inquiry) {
        this.inquiry = inquiry;
        this.physics = new PhysicsStage(inquiry);
        this.solving = new SolvingStage(inquiry);
        this.identity = new IdentityStage(inquiry, solving);
        this.quantities = new QuantityStage(inquiry, physics, identity);
    }

    Finding judge() {
        Statement statement = inquiry.statement();
        if (inquiry.request.mode() == Mode.SYNTAX || inquiry.request.mode() == Mode.SIGNATURE) {
            return Finding.of(Verdict.WELL_FORMED, "", Explanations.wellFormed(inquiry.request.mode()));
        }
        return switch (statement) {
            case Statement.Reaction reaction -> Reactions.judge(reaction, inquiry);
            case Statement.Bare bare -> bare(bare);
            case Statement.Several several -> several(several);
            case Relation relation -> relation(relation);
        };
    }

    private Finding relation(Relation relation) {
        return switch (inquiry.request.mode()) {
            case IDENTITY -> claim(relation);
            case DIMENSIONAL -> physics.dimensions(relation).finding();
            case PHYSICS -> physics(relation);
            case AUTO, GOLDEN, SYNTAX, SIGNATURE -> everything(relation);
        };
    }

    private Finding bare(Statement.Bare bare) {
        PhysicsStage.Checked checked = physics.dimensions(bare);
        boolean broken = checked.finding().verdict() == Verdict.DIMENSION_MISMATCH && inquiry.declared.hasUnits();
        return broken
                ? checked.finding()
                : Finding.of(Verdict.UNDETERMINED, "bare", Explanations.bare())
                        .with(checked.finding().dimensions());
    }

    private Finding several(Statement.Several several) {
        Finding together = physics.dimensions(several).finding();
        return new SystemStage(inquiry, this::relation).judge(several, together);
    }

    /** Mode identity: true for all values, for some, or not. */
    private Finding claim(Relation relation) {
        Finding found = identity.test(relation, true);
        return found.verdict() == Verdict.NOT_IDENTITY ? found.with(solving.solutions(relation)) : found;
    }

    private Finding physics(Relation relation) {
        PhysicsStage.Checked checked = physics.dimensions(relation);
        if (checked.finding().verdict() == Verdict.DIMENSION_MISMATCH && inquiry.declared.hasUnits()) {
            return physics.nearLaw(relation, checked);
        }
        return physics.law(relation, checked).orElse(checked.finding());
    }

    private Finding everything(Relation relation) {
        Optional<Finding> numbers = quantities.judge(relation);
        if (numbers.isPresent()) {
            return numbers.get();
        }
        Relation meant = meant(relation);
        PhysicsStage.Checked checked = null;
        if (inquiry.declared.hasUnits()) {
            checked = physics.dimensions(relation);
            if (checked.finding().verdict() == Verdict.DIMENSION_MISMATCH) {
                return physics.nearLaw(relation, checked);
            }
        }
        Finding found = Claims.isClaim(meant) ? identity.test(meant, false) : null;
        if (found != null && (isSettled(found) || isContradiction(found, relation) || Claims.isClosed(meant))) {
            if (Claims.isClosed(meant)) {
                return found.verdict() == Verdict.UNDETERMINED ? found : closed(meant, found);
            }
            return found.with(checked == null ? null : checked.finding().dimensions());
        }
        if (Claims.isForAllValues(meant) && checked == null && found != null) {
            return equationOfNumbers(meant, found);
        }
        if (checked == null) {
            checked = physics.dimensions(relation);
        }
        Optional<Finding> law = physics.law(relation, checked);
        if (law.isPresent()) {
            return law.get();
        }
        if (found != null
                && found.verdict() == Verdict.NOT_IDENTITY
                && !inquiry.declared.hasUnits()
                && Claims.isLikelyForAllValues(meant)) {
            return found.with(solving.solutions(relation))
                    .with(checked.finding().dimensions());
        }
        boolean mismatch = checked.finding().verdict() == Verdict.DIMENSION_MISMATCH;
        if (mismatch && Claims.isPlainMathematics(relation)) {
            return solving.solve(relation, null)
                    .orElseGet(() -> Finding.of(Verdict.UNDETERMINED, "numbers", Explanations.numbers()));
        }
        return mismatch ? physics.nearLaw(relation, checked) : solvedOr(relation, checked.finding());
    }

    /** With derivatives carried out, and indefinite integrals undone by differentiating both sides. */
    private Relation meant(Relation relation) {
        Relation carried = (Relation) Trees.mapSides(relation, side -> Derivatives.carryOut(side, inquiry.budget));
        return Differentiated.of(carried, inquiry.budget)
                .map(differentiated -> {
                    inquiry.found(
                            "calculus", "both sides were differentiated by " + differentiated.variable());
                    inquiry.warn(
                            "integration_constant",
                            "An indefinite integral is one up to a constant; both sides were differentiated by "
                                    + differentiated.variable() + " and compared.");
                    return differentiated.relation();
                })
                .orElse(carried);
    }

    private static boolean isContradiction(Finding found, Relation relation) {
        return found.verdict() == Verdict.NOT_IDENTITY
                && found.basis().equals(IdentityStage.CONTRADICTION)
                && relation.isEquation();
    }

    /** Two numbers: what the solver says of them says more of decimals. */
    private Finding closed(Relation relation, Finding found) {
        return found.verdict() == Verdict.NOT_IDENTITY && found.basis().equals("digits")
                ? solving.solve(relation, found).orElse(found)
                : found;
    }

    private static boolean isSettled(Finding found) {
        return switch (found.verdict()) {
            case IDENTITY_PROVED, IDENTITY_NUMERIC, CONDITIONAL -> true;
            default -> false;
        };
    }

    /** Refuted as an identity: perhaps an equation to be solved. */
    private Finding equationOfNumbers(Relation relation, Finding refuted) {
        if (Claims.isToBeSolved(relation)) {
            Optional<Finding> solved = solving.solve(relation, refuted);
            if (solved.isPresent()) {
                return solved.get();
            }
        }
        return refuted.verdict() == Verdict.NOT_IDENTITY
                ? refuted.with(solving.solutions(relation))
                : solvedOr(relation, physics.dimensions(relation).finding());
    }

    private Finding solvedOr(Relation relation, Finding dimensions) {
        boolean open = dimensions.verdict() == Verdict.UNDETERMINED
                || (dimensions.basis().startsWith("convention") && Claims.isToBeSolved(relation));
        if (!open || inquiry.declared.hasUnits()) {
            return dimensions;
        }
        return solving.solve(relation, dimensions).orElse(dimensions);
    }
}
