package phifleet.equations.enclosure;

import java.util.HashMap;
import java.util.Map;
import phifleet.equations.ast.Expr;
import phifleet.equations.budget.Budget;

/**
 * A real value between bounds.
 *
 * @param rigorous whether the value lies there for certain; else the error was estimated, with room to spare
 */
public record Estimate(double low, double high, boolean rigorous) implements RealValue {
    /**
     * The value of an expression that may hold definite integrals, limits, sums and products, finite or not.
     *
     * @param values of its symbols by plain name, taken exactly
     */
    public static RealValue of(Expr expr, Map<String, Double> values, Budget budget) {
        Analysis analysis = new Analysis();
        Map<String, Bounds> constants = new HashMap<>();
        values.forEach((name, value) -> constants.put(name, Bounds.point(value)));
        try {
            Bounds value = analysis.at(expr, constants, budget);
            return new Estimate(value.low(), value.high(), !analysis.isEstimated());
        } catch (Limits.NoLimit e) {
            return new RealValue.None("the limit from below is " + e.below().middle() + " and from above "
                    + e.above().middle());
        } catch (Limits.Infinite e) {
            return expr instanceof Expr.Limit
                    ? new RealValue.Infinite(e.isPositive())
                    : new RealValue.Unknown("a limit beyond all bounds in a calculation");
        } catch (Unbounded e) {
            return new RealValue.Unknown(String.valueOf(e.getMessage()));
        }
    }

    /** Half the width of the bounds. */
    public double error() {
        return high / 2 - low / 2;
    }

    public double middle() {
        return low / 2 + high / 2;
    }
}
