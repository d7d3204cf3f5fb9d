package phifleet.equations;

import java.util.List;
import java.util.Optional;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Shape;
import phifleet.equations.ast.Spelling;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;

/**
 * Judges sides that are numbers with units alone, {@code 5 km + 200 m = 5.2 km}, and those of a chain behind a symbol, {@code
 * λ = 500 nm = 5e-7 m}: arithmetic once the units agree.
 *
 * <p>°C and °F are temperatures where each side is one reading of a thermometer, and differences of temperature where a Δ
 * stands before the symbol or they are calculated with. The answer says which was taken.
 */
final class QuantityStage {
    private final Inquiry inquiry;
    private final PhysicsStage physics;
    private final IdentityStage identity;

    QuantityStage(Inquiry inquiry, PhysicsStage physics, IdentityStage identity) {
        this.inquiry = inquiry;
        this.physics = physics;
        this.identity = identity;
    }

    /** What the numbers decide; empty where they leave it to what comes after. */
    Optional<Finding> judge(Relation relation) {
        if (Claims.isQuantities(relation)) {
            return Optional.of(quantities(relation));
        }
        List<Expr> measured = relation.sides().stream()
                .filter(side -> Trees.symbols(side).isEmpty())
                .toList();
        boolean chain = measured.size() >= 2
                && measured.size() < relation.sides().size()
                && relation.operators().stream().allMatch(o -> o == Statement.Operator.EQUAL);
        if (!chain) {
            return Optional.empty();
        }
        Relation numbers = new Relation(measured, relation.operators().subList(0, measured.size() - 1));
        boolean difference = relation.sides().stream().anyMatch(QuantityStage::isDifference);
        if (!Claims.isQuantities(numbers)) {
            return Optional.empty();
        }
        PhysicsStage.Checked checked = physics.dimensions(relation);
        if (checked.finding().verdict() == Verdict.DIMENSION_MISMATCH) {
            return Optional.of(checked.finding());
        }
        Finding found = arithmetic(numbers, difference);
        return found.verdict() == Verdict.NOT_IDENTITY
                ? Optional.of(found.with(checked.finding().dimensions()))
                : Optional.empty();
    }

    private Finding quantities(Relation relation) {
        PhysicsStage.Checked checked = physics.dimensions(relation);
        if (checked.finding().verdict() == Verdict.DIMENSION_MISMATCH || inquiry.request.mode() == Mode.DIMENSIONAL) {
            return checked.finding();
        }
        if (Quantities.inBaseUnits(relation).sides().stream()
                .anyMatch(side -> !Trees.symbols(side).isEmpty())) {
            return checked.finding();
        }
        return arithmetic(relation, false).with(checked.finding().dimensions());
    }

    private Finding arithmetic(Relation relation, boolean difference) {
        if (!Thermometers.isRead(relation)) {
            return identity.test(Quantities.inBaseUnits(relation), true);
        }
        if (difference) {
            return asDifferences(relation);
        }
        Finding found = identity.test(Quantities.inBaseUnits(Thermometers.absolute(relation)), true);
        if (found.verdict() == Verdict.NOT_IDENTITY) {
            Finding other = asDifferences(relation);
            String normalized = Spelling.of(Shape.of(relation));
            inquiry.reading(Readings.reading("°C and °F as differences of temperature", normalized, other, false));
        }
        return found.explained("°C and °F were read as temperatures, with their zero points, not as differences.");
    }

    private Finding asDifferences(Relation relation) {
        return identity.test(Quantities.inBaseUnits(relation), true)
                .explained("°C and °F were read as differences of temperature.");
    }

    private static boolean isDifference(Expr side) {
        return side instanceof Expr.Call call
                && (call.function() == Function.CHANGE || call.function() == Function.DIFFERENTIAL);
    }
}
