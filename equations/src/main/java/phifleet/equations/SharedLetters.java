package phifleet.equations;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ValidationReport.MatchedLaw;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.dimension.DimensionChecker;
import phifleet.equations.dimension.DimensionOutcome;
import phifleet.equations.law.Kin;
import phifleet.equations.law.KnownLaw;
import phifleet.equations.law.KnownLaws;
import phifleet.equations.number.Constants;
import phifleet.equations.units.Dimension;

/** Equations whose dimensions agree by what letters may mean, and which have the letters of laws by whose meanings they do not. */
final class SharedLetters {
    /** Letters that tell which law they are from. */
    private static final int FEWEST_LETTERS = 2;

    private final Inquiry inquiry;
    private final PhysicsStage physics;

    SharedLetters(Inquiry inquiry, PhysicsStage physics) {
        this.inquiry = inquiry;
        this.physics = physics;
    }

    /**
     * Where the dimensions agree by an odd meaning of a letter only, and a law in the very same letters gives them meanings by which they
     * do not: {@code a = v t} beside a = v/t; or one that has a physical constant beside them, which is missing: {@code k = A e^{-E_a/T}}. Empty
     * where one such law lets them agree. Where they agree by likelier meanings, a law that differs in one exponent says the same.
     */
    Optional<Finding> judge(Relation relation, PhysicsStage.Checked checked) {
        Set<String> names = physics.letters(relation);
        String basis = checked.finding().basis();
        boolean guessed = checked.finding().verdict() == Verdict.DIMENSIONALLY_CONSISTENT
                && basis.startsWith("convention/")
                && relation.isEquation();
        if (!guessed || names.size() < FEWEST_LETTERS) {
            return Optional.empty();
        }
        if (!basis.equals(PhysicsStage.ODD)) {
            return otherExponents(relation);
        }
        List<KnownLaw> same = KnownLaws.standard().inLetters(names);
        return same.isEmpty()
                ? brokenBy(KnownLaws.standard().inLettersAndAConstant(names), relation)
                        .map(broken -> broken.found()
                                .rested("convention/constant")
                                .with(matched(broken.law(), "has a constant more"))
                                .explained(Explanations.missing(broken.law(), names)))
                        .or(() -> otherExponents(relation))
                : brokenBy(same, relation)
                        .map(broken -> broken.found()
                                .rested("convention/letters")
                                .with(matched(broken.law(), "has other powers"))
                                .explained(Explanations.together(broken.law())));
    }

    /**
     * A product in the letters of a law, but perhaps for the one that it tells, with another exponent or two exchanged, so that no law of these
     * letters would let it agree.
     */
    private Optional<Finding> otherExponents(Relation relation) {
        Relation read = (Relation) Constants.euler(relation, inquiry.declared.symbols());
        List<Kin> kin = KnownLaws.standard().kin(read, inquiry.budget);
        if (kin.stream().noneMatch(Kin::near)) {
            return Optional.empty();
        }
        @Nullable Broken broken = null;
        for (Kin one : kin) {
            Optional<Broken> found = broken(one.law(), one.dimensions(), relation);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            broken = broken == null && one.near() ? found.get() : broken;
        }
        return Optional.ofNullable(broken)
                .map(found -> found.found()
                        .rested("convention/exponents")
                        .with(matched(found.law(), "has other powers"))
                        .explained(Explanations.together(found.law())));
    }

    private static MatchedLaw matched(KnownLaw law, String difference) {
        return new MatchedLaw(law.id(), law.name(), law.equation(), Map.of(), difference);
    }

    private record Broken(KnownLaw law, Finding found) {}

    /** What the first of the laws says of an equation that none of them lets agree. */
    private Optional<Broken> brokenBy(List<KnownLaw> laws, Relation relation) {
        @Nullable Broken broken = null;
        for (KnownLaw law : laws) {
            Optional<Broken> found = broken(law, law.dimensions(), relation);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            broken = broken == null ? found.get() : broken;
        }
        return Optional.ofNullable(broken);
    }

    /** What an equation breaks if letters whose units are not given have a law's meanings; empty where it agrees. */
    private Optional<Broken> broken(KnownLaw law, Map<Symbol, Dimension> dimensions, Relation relation) {
        DimensionOutcome outcome = new DimensionChecker()
                .check(relation, inquiry.declared.dimensions().orElse(dimensions), inquiry.budget);
        return outcome instanceof DimensionOutcome.Mismatch mismatch
                ? Optional.of(new Broken(
                        law,
                        physics.finding(new DimensionOutcome.Mismatch(
                                DimensionOutcome.Basis.CONVENTION,
                                mismatch.conflict(),
                                mismatch.symbols().stream()
                                        .map(PhysicsStage::byConvention)
                                        .toList(),
                                Double.POSITIVE_INFINITY))))
                : Optional.empty();
    }
}
