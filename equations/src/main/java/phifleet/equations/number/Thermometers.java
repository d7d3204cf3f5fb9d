package phifleet.equations.number;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Product;
import phifleet.equations.ast.Expr.Quantity;
import phifleet.equations.ast.Expr.Quotient;
import phifleet.equations.ast.Expr.Sum;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;

/**
 * Readings of thermometers: temperatures on a scale whose zero is not absolute zero. T/K = t/°C + 273.15 and
 * T/K = (t/°F + 459.67) · 5/9, exactly (SI brochure, 9th edition, 2.3.1; NIST SP 811, B.8).
 */
public final class Thermometers {
    private static final Set<String> CELSIUS = Set.of("°C", "℃", "degC");
    private static final Set<String> FAHRENHEIT = Set.of("°F", "℉", "degF");
    private static final Num ZERO_CELSIUS = new Num(new BigDecimal("273.15"));
    private static final Num ZERO_FAHRENHEIT = new Num(new BigDecimal("459.67"));

    private Thermometers() {}

    /**
     * Whether the sides are one temperature each, or one with kelvins added, and one at least is in °C or °F. Two on one side
     * are a difference or a sum of differences.
     */
    public static boolean isRead(Relation relation) {
        boolean any = relation.sides().stream().anyMatch(side -> readings(side) == 1);
        return any && relation.sides().stream().allMatch(side -> readings(side) <= 1 && isTemperature(side));
    }

    private static long readings(Expr side) {
        long[] count = {0};
        Trees.visit(side, node -> count[0] += isReading(node) ? 1 : 0);
        return count[0];
    }

    private static boolean isReading(Expr node) {
        return node instanceof Quantity(Num _, String unit) && (CELSIUS.contains(unit) || FAHRENHEIT.contains(unit));
    }

    /** One quantity, or a sum of such; nothing multiplied. */
    private static boolean isTemperature(Expr side) {
        return switch (side) {
            case Quantity _ -> true;
            case Expr.Negation(Expr operand) -> operand instanceof Quantity;
            case Sum(List<Expr> terms) -> terms.stream().allMatch(Thermometers::isTemperature);
            default -> false;
        };
    }

    /** The same in kelvins, with every reading from absolute zero. */
    public static Relation absolute(Relation relation) {
        return (Relation) Trees.mapSides(relation, side -> Trees.rewrite(side, Thermometers::fromZero));
    }

    private static Expr fromZero(Expr node) {
        // A sign before a reading belongs to it: −5 °C is a temperature.
        if (node instanceof Expr.Negation(Expr inside)
                && inside instanceof Product(List<Expr> parts)
                && isShifted(parts)) {
            return shifted(negated(parts), parts.getLast());
        }
        if (!(node instanceof Quantity(Num number, String unit)) || !isReading(node)) {
            return node;
        }
        boolean celsius = CELSIUS.contains(unit);
        Expr factor = celsius ? new Quantity(Num.of(1), "K") : new Quotient(new Quantity(Num.of(5), "K"), Num.of(9));
        return shifted(new Sum(List.of(number, celsius ? ZERO_CELSIUS : ZERO_FAHRENHEIT)), factor);
    }

    private static boolean isShifted(List<Expr> parts) {
        return parts.size() == 2
                && parts.getFirst() instanceof Sum(List<Expr> terms)
                && (terms.getLast().equals(ZERO_CELSIUS) || terms.getLast().equals(ZERO_FAHRENHEIT));
    }

    private static Expr negated(List<Expr> parts) {
        List<Expr> terms = ((Sum) parts.getFirst()).terms();
        return new Sum(List.of(new Expr.Negation(terms.getFirst()), terms.getLast()));
    }

    private static Expr shifted(Expr degrees, Expr factor) {
        return new Product(List.of(degrees, factor));
    }
}
