package phifleet.equations;

import java.util.Optional;
import phifleet.equations.ValidationReport.CounterexamplePoint;
import phifleet.equations.ast.Shape;
import phifleet.equations.ast.Spelling;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.matrix.SymbolicMatrices;
import phifleet.equations.matrix.SymbolicMatrices.Agreed;
import phifleet.equations.matrix.SymbolicMatrices.Differs;
import phifleet.equations.matrix.SymbolicMatrices.OfSize;
import phifleet.equations.matrix.SymbolicMatrices.Property;
import phifleet.equations.matrix.SymbolicMatrices.Unknown;

/** What is said of matrices as wholes: {@code tr(AB) = tr(BA)}, {@code (AB)^T = B^T A^T}. */
final class MatrixStage {
    /** The basis of what rests on matrices that were tried. */
    private static final String BASIS = "matrices";

    private final Inquiry inquiry;
    private final IdentityStage identity;

    MatrixStage(Inquiry inquiry, IdentityStage identity) {
        this.inquiry = inquiry;
        this.identity = identity;
    }

    /** Whether the letters stand for matrices, whose dimensions the usual meanings of letters say nothing of. */
    boolean isOfMatrices(Relation relation) {
        return SymbolicMatrices.of(relation, inquiry.request.seed(), inquiry.budget)
                .filter(SymbolicMatrices::isSure)
                .isPresent();
    }

    /** What is left to say where the dimensions do not agree: nothing, or what a letter is said to be. */
    static Finding undecided(Relation relation) {
        if (SymbolicMatrices.isDefinition(relation) || SymbolicMatrices.isFactorisation(relation)) {
            return Finding.of(
                    Verdict.CONDITIONAL, "isolated", "The letters are read as matrices; it says what one of them is.");
        }
        return Finding.of(
                Verdict.UNDETERMINED,
                BASIS,
                "The letters are read as matrices. For which of them it holds could not be told, and the usual meanings of letters do not apply.");
    }

    /** Empty where it is not of matrices, or is no claim for all of them. */
    Optional<Finding> judge(Relation relation, PhysicsStage physics) {
        if (inquiry.declared.hasUnits()) {
            return Optional.empty();
        }
        if (SymbolicMatrices.isFactorisation(relation)) {
            return Optional.of(undecided(relation));
        }
        if (SymbolicMatrices.isDefinition(relation)) {
            return Optional.empty();
        }
        return SymbolicMatrices.of(relation, inquiry.request.seed(), inquiry.budget)
                .flatMap(matrices -> judge(relation, matrices, physics));
    }

    private Optional<Finding> judge(Relation relation, SymbolicMatrices matrices, PhysicsStage physics) {
        return switch (matrices.test()) {
            case Agreed(int samples)
            when matrices.isSure() -> {
                inquiry.found("matrices", "agreement at " + samples + " random matrices of 2 to 4 rows");
                yield Optional.of(Finding.of(
                        Verdict.IDENTITY_NUMERIC,
                        BASIS,
                        "The letters are read as square matrices. "
                                + (relation.isEquation() ? "The two sides agree exactly" : "It is true") + " for "
                                + samples
                                + " sets of random matrices of 2 to 4 rows. That is strong evidence, but no proof."));
            }
            // As numbers it is proved.
            case Agreed _ -> Optional.empty();
            case OfSize(int rows) ->
                Optional.of(Finding.of(
                        Verdict.CONDITIONAL,
                        "domain",
                        "The letters are read as square matrices. It holds for those of " + rows
                                + " rows, and not for larger ones."));
            case Property(String adjective) ->
                Optional.of(Finding.of(
                        Verdict.CONDITIONAL,
                        "domain",
                        "The letter is read as a square matrix. It holds for " + adjective
                                + " ones, and not for all."));
            case Differs differs -> Optional.of(differs(relation, differs, matrices.isSure()));
            case Unknown _
            when matrices.isSure() -> {
                Finding dimensions = physics.dimensions(relation).finding();
                yield Optional.of(
                        dimensions.verdict() == Verdict.DIMENSION_MISMATCH ? undecided(relation) : dimensions);
            }
            case Unknown _ -> Optional.empty();
        };
    }

    private Finding differs(Relation relation, Differs differs, boolean sure) {
        inquiry.found("matrices", "the sides differ at matrices of 2 rows");
        Finding refuted = Finding.of(
                        Verdict.NOT_IDENTITY,
                        BASIS,
                        "The letters are read as matrices, and the two sides are not equal: at " + differs.values()
                                + " the left side is " + differs.left() + " and the right side " + differs.right()
                                + ".")
                .with(new CounterexamplePoint(differs.values(), differs.left(), differs.right(), "", 0));
        if (!sure) {
            String normalized = Spelling.of(Shape.of(relation));
            Finding numbers = identity.test(relation, true);
            inquiry.reading(Readings.reading("the letters are numbers", normalized, numbers, false));
        }
        return refuted;
    }
}
