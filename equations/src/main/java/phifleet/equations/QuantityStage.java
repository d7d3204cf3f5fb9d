package phifleet.equations;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Shape;
import phifleet.equations.ast.Spelling;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;
import phifleet.equations.claim.Claims;
import phifleet.equations.identity.ClosedValue;
import phifleet.equations.number.ConstantQuantities;
import phifleet.equations.number.Quantities;
import phifleet.equations.number.Revolutions;
import phifleet.equations.number.Thermometers;
import phifleet.equations.number.UnitVariants;
import phifleet.equations.solve.LastDigit;
import phifleet.equations.units.Unit;
import phifleet.equations.units.UnitReading;
import phifleet.equations.units.Units;

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
    /** The same, of numbers of few digits, which may be wrong as well. */
    static final String ROUGHLY = "rounded/few";
    /** A number of few digits that is farther off, as a share, is no rounded one: {@code 1 in = 2.5 cm}. */
    private static final BigDecimal FAR = new BigDecimal("0.0125");
    /** Particles in a mole. */
    private static final BigDecimal AVOGADRO = new BigDecimal("6.02214076e23");
    /** Closer than this, relatively, it is a rounded one however few digits it has: {@code 1 atm = 760 mmHg}. */
    private static final BigDecimal CLOSE = new BigDecimal("1e-5");
    /** Those of a decimal without a unit that may be rounded. */
    private static final int FEW_DIGITS = 3;
    /** Significant digits from which on it is taken to be. */
    static final int MANY_DIGITS = 4;

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
        return measured(relation)
                .or(() -> ConstantQuantities.putIn(relation, inquiry.declared.symbols())
                        .flatMap(this::withConstants));
    }

    /** With constants put in, where the units agree then: a letter may stand for something else, as c for a heat capacity. */
    private Optional<Finding> withConstants(Relation relation) {
        if (physics.dimensions(relation).finding().verdict() == Verdict.DIMENSION_MISMATCH) {
            return Optional.empty();
        }
        return measured(relation)
                .map(found -> found.explained("The constants were put in with their values (CODATA 2022)."));
    }

    private Optional<Finding> measured(Relation relation) {
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

    /** Of a chain the weakest pair. */
    private Finding plain(Relation relation) {
        Finding weakest = null;
        for (Relation pair : relation.pairs()) {
            Finding found = pair(pair);
            if (found.verdict() == Verdict.NOT_IDENTITY) {
                return found;
            }
            weakest = weakest == null || found.verdict() == Verdict.CONDITIONAL ? found : weakest;
        }
        return Objects.requireNonNull(weakest);
    }

    private Finding pair(Relation relation) {
        Optional<Finding> particles =
                particles(relation.left(), relation.right()).or(() -> particles(relation.right(), relation.left()));
        if (relation.sides().size() == 2 && particles.isPresent()) {
            return particles.get();
        }
        Finding found = asInTheTable(relation);
        if (found.verdict() != Verdict.NOT_IDENTITY) {
            return found;
        }
        return UnitVariants.of(relation).stream()
                .map(this::asInTheTable)
                .filter(other -> other.verdict() != Verdict.NOT_IDENTITY)
                .findFirst()
                .map(other -> {
                    inquiry.warn(
                            "unit_variant",
                            "A unit was read as another of the same name, which fits: "
                                    + Spelling.of(Shape.of(relation)) + ".");
                    return other.rested(ROUGHLY).explained("A unit was read as another one of the same name.");
                })
                .orElse(found);
    }

    private Finding asInTheTable(Relation relation) {
        Finding exact = identity.test(Quantities.inBaseUnits(relation), true);
        boolean pair = relation.sides().size() == 2
                && relation.operators().getFirst() == Statement.Operator.EQUAL
                && exact.verdict() == Verdict.NOT_IDENTITY;
        if (!pair) {
            return exact;
        }
        // The side of more digits is the one that was calculated: in “100 km/h = 27.8 m/s” the 100 is meant as it
        // stands.
        int left = digits(relation.left());
        int right = digits(relation.right());
        Optional<Finding> rounded =
                left > right ? rounded(relation.left(), relation.right()) : rounded(relation.right(), relation.left());
        return rounded.or(() -> left == right ? rounded(relation.left(), relation.right()) : Optional.empty())
                .orElse(exact);
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
        Relation absolute = Quantities.inBaseUnits(Thermometers.absolute(relation));
        Finding found = identity.test(absolute, true);
        if (found.verdict() == Verdict.NOT_IDENTITY && isRoundedReading(relation, absolute)) {
            found = Finding.of(
                    Verdict.CONDITIONAL, ROUGHLY, "It holds to the digits that are written; a temperature is rounded.");
        }
        if (found.verdict() == Verdict.NOT_IDENTITY) {
            Finding other = asDifferences(relation);
            String normalized = Spelling.of(Shape.of(relation));
            inquiry.reading(Readings.reading("°C and °F as differences of temperature", normalized, other, false));
        }
        return found.explained("°C and °F were read as temperatures, with their zero points, not as differences.");
    }

    /** Whether two temperatures differ by half of the last digit of one at most: {@code 98.6 °F = 37 °C}, {@code 300 K = 27 °C}. */
    private boolean isRoundedReading(Relation relation, Relation absolute) {
        Optional<ClosedValue> a = ClosedValue.of(absolute.left(), inquiry.budget);
        Optional<ClosedValue> b = ClosedValue.of(absolute.right(), inquiry.budget);
        if (relation.sides().size() != 2 || a.isEmpty() || b.isEmpty()) {
            return false;
        }
        BigDecimal off = a.get().re().subtract(b.get().re()).abs();
        return relation.sides().stream()
                .anyMatch(side -> off.multiply(BigDecimal.TWO).compareTo(degree(side)) <= 0);
    }

    /** One in the last digit that is written of a temperature, in kelvins; 0 is exact. */
    private static BigDecimal degree(Expr side) {
        Expr plain = side instanceof Expr.Negation(Expr operand) ? operand : side;
        return plain instanceof Expr.Quantity(Expr.Num number, String unit)
                        && Units.standard().read(unit) instanceof UnitReading.Read(Unit read)
                        && number.value().signum() != 0
                ? number.value().ulp().multiply(BigDecimal.valueOf(read.scale().doubleValue()))
                : BigDecimal.ZERO;
    }

    private static int digits(Expr side) {
        return side instanceof Expr.Quantity(Expr.Num number, String unit) ? LastDigit.significant(number.value()) : 0;
    }

    /** Whether a number is the other side rounded to its digits: {@code 100 km/h = 27.8 m/s}; empty where it is not. */
    private Optional<Finding> rounded(Expr decimal, Expr other) {
        Expr.Num number = numeral(decimal);
        if (number == null || number.value().signum() == 0) {
            return Optional.empty();
        }
        Expr ratio = decimal instanceof Expr.Quantity(Expr.Num _, String unit)
                ? new Expr.Quotient(other, new Expr.Quantity(Expr.Num.of(1), unit))
                : other;
        Relation inUnit = Quantities.inBaseUnits(Relation.equal(ratio, number));
        return ClosedValue.of(inUnit.left(), inquiry.budget)
                .filter(ClosedValue::isReal)
                .map(ClosedValue::re)
                .flatMap(value -> rounded(number.value(), value, other));
    }

    /** The number that stands before a unit, or a decimal without one, {@code sin 10° = 0.174}; null where there is none. */
    private static Expr.@Nullable Num numeral(Expr side) {
        return switch (side) {
            case Expr.Quantity(Expr.Num number, String _) -> number;
            case Expr.Num number
            when number.value().scale() > 0 && number.value().precision() >= FEW_DIGITS -> number;
            default -> null;
        };
    }

    private static Optional<Finding> rounded(BigDecimal written, BigDecimal value, Expr other) {
        BigDecimal off = value.subtract(written).abs();
        BigDecimal unit = LastDigit.unit(written).add(unsure(other, value));
        if (off.compareTo(unit) > 0 || off.compareTo(FAR.multiply(value.abs())) > 0) {
            return Optional.empty();
        }
        if (off.multiply(BigDecimal.TWO).compareTo(unit) > 0) {
            return Optional.of(
                    Finding.of(Verdict.NOT_IDENTITY, ROUNDED, "The last digit is off: it is " + shown(value) + "."));
        }
        boolean sure = written.precision() >= MANY_DIGITS || isClose(value, written);
        return Optional.of(Finding.of(
                Verdict.CONDITIONAL,
                sure ? ROUNDED : ROUGHLY,
                "It holds to the digits that are written; the number is rounded, of " + shown(value) + "."));
    }

    private static String shown(BigDecimal value) {
        return value.round(MathContext.DECIMAL32).stripTrailingZeros().toPlainString();
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
