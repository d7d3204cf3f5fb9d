package phifleet.equations;

import phifleet.equations.ast.Shape;
import phifleet.equations.ast.Spelling;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;
import phifleet.equations.calculus.Differentiated;
import phifleet.equations.calculus.LaplaceIntegrals;
import phifleet.equations.calculus.OmittedTerms;
import phifleet.equations.calculus.Remainders;
import phifleet.equations.identity.Derivatives;
import phifleet.equations.matrix.VectorAngles;
import phifleet.equations.number.Constants;

/** What a relation says, where it is written shorter: dots, beginnings of series, calculus to be carried out. Each rewriting is told in the answer. */
final class Rewriting {
    private final Inquiry inquiry;
    private final IdentityStage identity;

    Rewriting(Inquiry inquiry, IdentityStage identity) {
        this.inquiry = inquiry;
        this.identity = identity;
    }

    /** With what dots stand for, and the beginning of a power series as a limit, where that is told. */
    Relation withoutDots(Relation written) {
        Relation relation = written;
        if (OmittedTerms.areIn(relation)) {
            relation = OmittedTerms.resolved(relation, inquiry.budget);
            if (!relation.equals(written)) {
                inquiry.found("calculus", "with what the dots stand for: " + Spelling.of(Shape.of(relation)));
            }
        }
        if (inquiry.request.mode() == Mode.DIMENSIONAL) {
            return relation;
        }
        Relation whole = relation;
        return Remainders.of((Relation) Constants.euler(relation, inquiry.declared.symbols()))
                .map(beginning -> {
                    inquiry.found("calculus", "as a limit: " + Spelling.of(beginning.limit()));
                    inquiry.warn(
                            "remainder",
                            "The beginning of a series in " + beginning.variable()
                                    + " was tested: the rest goes to 0 faster than its last term.");
                    Relation stricter = beginning.stricter();
                    boolean wrong =
                            stricter != null && identity.test(stricter, true).verdict() == Verdict.NOT_IDENTITY;
                    return wrong ? stricter : beginning.limit();
                })
                .orElse(whole);
    }

    /** With derivatives carried out, and indefinite integrals undone by differentiating both sides. */
    Relation carriedOut(Relation relation) {
        Relation resolved = inquiry.declared.hasUnits()
                ? relation
                : VectorAngles.resolved(relation).orElse(relation);
        if (!resolved.equals(relation)) {
            inquiry.found("components", "in vectors alone: " + Spelling.of(Shape.of(resolved)));
        }
        Relation written = (Relation) Constants.euler(resolved, inquiry.declared.symbols());
        Relation euler = LaplaceIntegrals.carriedOut(written);
        if (!euler.equals(written)) {
            inquiry.found("calculus", "with Laplace's integrals carried out: " + Spelling.of(Shape.of(euler)));
            inquiry.warn("convergence", "The integral is meant where it converges.");
        }
        Relation carried = (Relation) Trees.mapSides(euler, side -> Derivatives.carryOut(side, inquiry.budget));
        return Differentiated.of(carried, inquiry.budget)
                .map(differentiated -> {
                    inquiry.found("calculus", "both sides were differentiated by " + differentiated.variable());
                    inquiry.warn(
                            "integration_constant",
                            "An indefinite integral is one up to a constant; both sides were differentiated by "
                                    + differentiated.variable() + " and compared.");
                    return differentiated.relation();
                })
                .orElse(carried);
    }
}
