package phifleet.equations;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Shape;
import phifleet.equations.ast.Spelling;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;
import phifleet.equations.identity.ClosedValue;

/**
 * Judges sides that are numbers with units alone, {@code 5 km + 200 m = 5.2 km}, and those of a chain behind a symbol, {@code
 * λ = 500 nm = 5e-7 m}: arithmetic once the units agree.
 *
 * <p>°C and °F are temperatures where each side is one reading of a thermometer, and differences of temperature where a Δ
 * stands before the symbol or they are calculated with. The answer says which was taken.
 */
final class QuantityStage {
    /** The basis of what is said of rounded numbers. */
    static final String ROUNDED = "rounded";
    /** Significant digits from which on a number may be a rounded one. */
    private static final int FEW_DIGITS = 3;
    /** Particles in a mole. */
    private static final BigDecimal AVOGADRO = new BigDecimal("6.02214076e23");
    /** Closer than this, relatively, it is a rounded one however few digits it has: {@code 1 atm = 760 mmHg}. */
    private static final BigDecimal CLOSE = new BigDecimal("1e-5");
    /** Significant digits from which on it is taken to be. */
    private static final int MANY_DIGITS = 4;

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
        if (!Thermometers.isRead(numbers) && WorkedExample.isRounded(numbers.sides(), inquiry)) {
            return Optional.empty();
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
        if (Revolutions.areCounted(relation)) {
            Finding cycles = plain(Revolutions.asCycles(relation));
            Finding angles = plain(relation);
            if (angles.verdict() == Verdict.NOT_IDENTITY && cycles.verdict() != Verdict.NOT_IDENTITY) {
                inquiry.warn("revolutions", "A revolution is read as one cycle, not as an angle of 2π.");
                return cycles.explained("A revolution was read as one cycle, not as an angle of 2π.");
            }
            return angles;
        }
        return Thermometers.isRead(relation) ? temperatures(relation, difference) : plain(relation);
    }

    private Finding plain(Relation relation) {
        Optional<Finding> particles =
                particles(relation.left(), relation.right()).or(() -> particles(relation.right(), relation.left()));
        if (relation.sides().size() == 2 && particles.isPresent()) {
            return particles.get();
        }
        Finding exact = identity.test(Quantities.inBaseUnits(relation), true);
        boolean pair = relation.sides().size() == 2
                && relation.operators().getFirst() == Statement.Operator.EQUAL
                && exact.verdict() == Verdict.NOT_IDENTITY;
        if (!pair) {
            return exact;
        }
        boolean leftIsLonger = digits(relation.left()) > digits(relation.right());
        Expr longer = leftIsLonger ? relation.left() : relation.right();
        Expr shorter = leftIsLonger ? relation.right() : relation.left();
        return rounded(longer, shorter).or(() -> rounded(shorter, longer)).orElse(exact);
    }

    /** Moles as the number of particles that is written, to its digits: {@code 1 mol = 6.022e23}. */
    private static Optional<Finding> particles(Expr amount, Expr count) {
        if (!(amount instanceof Expr.Quantity(Expr.Num moles, String unit))
                || !unit.equals("mol")
                || !(count instanceof Expr.Num number)) {
            return Optional.empty();
        }
        BigDecimal off =
                moles.value().multiply(AVOGADRO).subtract(number.value()).abs();
        return off.multiply(BigDecimal.TWO).compareTo(number.value().ulp()) <= 0
                ? Optional.of(Finding.of(
                        Verdict.CONDITIONAL,
                        ROUNDED,
                        "It holds to the digits that are written, of the particles in it."))
                : Optional.empty();
    }

    private Finding temperatures(Relation relation, boolean difference) {
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

    private static int digits(Expr side) {
        return side instanceof Expr.Quantity(Expr.Num number, String unit)
                ? number.value().precision()
                : 0;
    }

    /** Whether a decimal is the other side rounded to its digits: {@code 100 km/h = 27.78 m/s}; empty where it is not. */
    private Optional<Finding> rounded(Expr decimal, Expr other) {
        if (!(decimal instanceof Expr.Quantity(Expr.Num number, String unit))
                || number.value().precision() < FEW_DIGITS) {
            return Optional.empty();
        }
        Expr ratio = new Expr.Quotient(other, new Expr.Quantity(Expr.Num.of(1), unit));
        Relation inUnit = Quantities.inBaseUnits(Relation.equal(ratio, number));
        Optional<BigDecimal> value = ClosedValue.of(inUnit.left(), inquiry.budget)
                .filter(ClosedValue::isReal)
                .map(ClosedValue::re);
        boolean near = value.isPresent()
                && value.get()
                                .subtract(number.value())
                                .abs()
                                .multiply(BigDecimal.TWO)
                                .compareTo(number.value().ulp().add(unsure(other, value.get())))
                        <= 0;
        if (!near) {
            return Optional.empty();
        }
        return Optional.of(
                number.value().precision() >= MANY_DIGITS || isClose(value.get(), number.value())
                        ? Finding.of(
                                Verdict.CONDITIONAL,
                                ROUNDED,
                                "It holds to the digits that are written; the number is rounded.")
                        : Finding.of(
                                Verdict.NOT_IDENTITY,
                                ROUNDED,
                                "It is not exact: the number is rounded. Write “≈” if that is meant."));
    }

    /** How much of {@code value} the last digit of a decimal of many digits is that it was calculated from: both may be rounded. */
    private static BigDecimal unsure(Expr decimal, BigDecimal value) {
        return decimal instanceof Expr.Quantity(Expr.Num number, String unit)
                        && number.value().scale() > 0
                        && number.value().precision() >= MANY_DIGITS
                ? value.abs()
                        .multiply(number.value().ulp())
                        .divide(number.value().abs(), MathContext.DECIMAL64)
                : BigDecimal.ZERO;
    }

    private static boolean isClose(BigDecimal value, BigDecimal written) {
        return value.subtract(written).abs().compareTo(written.abs().multiply(CLOSE)) <= 0;
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
