package phifleet.equations;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Quantity;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Statement.Operator;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.units.PhysicalConstant;
import phifleet.equations.units.PhysicalConstants;
import phifleet.equations.units.Unit;
import phifleet.equations.units.UnitReading;
import phifleet.equations.units.Units;

/**
 * The stated value of a physical constant, {@code k_B = 1.38×10^-23 J/K}, against CODATA's. Letters that stand for other things of the same
 * dimension too (c for any speed, g for any acceleration) are called wrong only where a power of ten lies between.
 */
final class ConstantValue {
    /** Constants that nothing else of their dimension is called by. */
    private static final Set<String> SURE = Set.of(
            "h",
            "hbar",
            "h_bar",
            "k_B",
            "k_b",
            "kB",
            "N_A",
            "N_a",
            "R",
            "R_g",
            "R_u",
            "F",
            "F_a",
            "sigma",
            "sigma_SB",
            "G",
            "G_N",
            "epsilon_0",
            "mu_0",
            "k_e",
            "mu_B",
            "mu_N",
            "R_inf");
    /** Relative difference of older recommended values. */
    private static final double OLDER = 1e-4;
    /** Relative difference of what is rounded carelessly, and not judged. */
    private static final double CARELESS = 0.01;
    /** How near to a whole number the decimal logarithm of a ratio is where a power of ten was mistaken. */
    private static final double WHOLE = 0.005;

    private ConstantValue() {}

    /** Empty where it states no constant's value, or where it could be something else's. */
    static Optional<Finding> judge(Relation relation) {
        Operator operator = relation.operators().getFirst();
        if (relation.sides().size() != 2 || (operator != Operator.EQUAL && operator != Operator.APPROXIMATE)) {
            return Optional.empty();
        }
        return stated(relation.left(), relation.right()).or(() -> stated(relation.right(), relation.left()));
    }

    private static Optional<Finding> stated(Expr name, Expr number) {
        if (!(name instanceof Symbol symbol)
                || !(number instanceof Quantity(Num digits, String text))
                || !(Units.standard().read(text) instanceof UnitReading.Read(Unit unit))) {
            return Optional.empty();
        }
        return PhysicalConstants.standard()
                .find(symbol.plain().name())
                .filter(constant -> constant.unit().dimension().equals(unit.dimension()))
                .flatMap(constant -> compared(constant, symbol.plain().name(), digits.value(), unit));
    }

    private static Optional<Finding> compared(PhysicalConstant constant, String name, BigDecimal digits, Unit unit) {
        double scale = unit.scale().doubleValue();
        double known = constant.value().doubleValue() * constant.unit().scale().doubleValue();
        double stated = digits.doubleValue() * scale;
        double difference = Math.abs(stated - known);
        double half = digits.ulp().doubleValue() * scale / 2;
        if (difference <= half * (1 + 1e-9) || difference <= OLDER * Math.abs(known)) {
            return Optional.of(Finding.of(
                    Verdict.IDENTITY_NUMERIC,
                    "constant",
                    "This is the value of the " + constant.name() + " to the digits given (CODATA 2022)."));
        }
        double magnitude = Math.log10(Math.abs(stated / known));
        boolean power = Math.abs(magnitude - Math.rint(magnitude)) < WHOLE && Math.rint(magnitude) != 0;
        boolean wrong = power || (SURE.contains(name) && difference > CARELESS * Math.abs(known));
        return wrong
                ? Optional.of(Finding.of(
                        Verdict.NOT_IDENTITY,
                        "constant",
                        String.format(
                                Locale.ROOT,
                                "The %s is %s in %s (CODATA 2022)%s.",
                                constant.name(),
                                constant.value().toString(),
                                constant.unit().symbol(),
                                power ? "; a power of ten lies between" : "")))
                : Optional.empty();
    }
}
