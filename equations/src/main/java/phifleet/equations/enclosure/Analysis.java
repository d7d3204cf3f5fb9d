package phifleet.equations.enclosure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.budget.Budget;

/** The values of integrals, limits and series; remembers whether an error had to be estimated. One object an evaluation. */
final class Analysis {
    /** An inner part of an interval on which a function has to be smooth before its ends may be singular, as a share. */
    private static final double MARGIN = 1.0 / 1024;
    /** How far an infinite interval is looked at for poles. */
    private static final double FAR = 64;

    private boolean estimated;

    boolean isEstimated() {
        return estimated;
    }

    void estimate() {
        estimated = true;
    }

    /** The value of one of the three, for what is constant in it. */
    Bounds value(Expr expr, Map<String, Bounds> constants, Budget budget) {
        return switch (expr) {
            case Expr.Integral integral -> integral(integral, constants, budget);
            case Expr.Limit limit -> new Limits(this, constants, budget).value(limit);
            case Expr.Series series -> new Sums(this, constants, budget).value(series);
            default -> throw new Unbounded("nothing of analysis");
        };
    }

    /** A closed value, or one that depends on constants alone. */
    Bounds at(Expr expr, Map<String, Bounds> constants, Budget budget) {
        return jet(expr, constants, null, Bounds.ZERO, 0, budget).value();
    }

    /** The series of an expression in one variable. */
    Jet jet(
            Expr expr,
            Map<String, Bounds> constants,
            @Nullable String variable,
            Bounds at,
            int order,
            Budget budget) {
        JetField field = new JetField(order);
        Map<String, Jet> values = new HashMap<>();
        constants.forEach((name, value) -> values.put(name, field.constant(value)));
        if (variable != null) {
            values.put(variable, Jet.variable(at, order));
        }
        return new Evaluation<>(field, values, this, budget).of(expr);
    }

    /** The middle of the value at a point, NaN where there is none. */
    double near(Expr expr, Map<String, Bounds> constants, String variable, double at, Budget budget) {
        try {
            return jet(expr, constants, variable, Bounds.point(at), 0, budget).value().middle();
        } catch (Unbounded e) {
            return Double.NaN;
        }
    }

    private Bounds integral(Expr.Integral integral, Map<String, Bounds> constants, Budget budget) {
        List<Expr.Range> ranges = integral.ranges();
        Expr.Range range = ranges.getLast();
        Expr integrand = ranges.size() == 1
                ? integral.integrand()
                : new Expr.Integral(integral.integrand(), ranges.subList(0, ranges.size() - 1));
        Expr lower = range.lower();
        Expr upper = range.upper();
        if (lower == null || upper == null || !(range.variable() instanceof Symbol symbol)) {
            throw new Unbounded("an integral without bounds");
        }
        String variable = symbol.plain().name();
        double from = infinite(lower);
        double to = infinite(upper);
        boolean finite = from == 0 && to == 0;
        Bounds a = from == 0 ? at(lower, constants, budget) : Bounds.ZERO;
        Bounds b = to == 0 ? at(upper, constants, budget) : Bounds.ZERO;
        boolean inner = ranges.size() > 1;
        if (finite && !inner) {
            try {
                return new Quadrature((x, order) -> jet(integrand, constants, variable, x, order, budget), budget)
                        .between(a, b);
            } catch (Unbounded e) {
                // An end may be singular and the integral finite all the same.
            }
        }
        double left = from == 0 ? a.middle() : from;
        double right = to == 0 ? b.middle() : to;
        if (left == right) {
            return Bounds.ZERO;
        }
        boolean turned = left > right;
        double low = Math.min(left, right);
        double high = Math.max(left, right);
        if (!inner) {
            new Quadrature((x, order) -> jet(integrand, constants, variable, x, order, budget), budget)
                    .between(Bounds.point(insideLow(low, high)), Bounds.point(insideHigh(low, high)));
        }
        estimate();
        Bounds value = new DoubleExponential(x -> near(integrand, constants, variable, x, budget), budget)
                .between(low, high);
        return turned ? value.negate() : value;
    }

    private static double insideLow(double low, double high) {
        return Double.isInfinite(low)
                ? Math.min(-FAR, high - FAR)
                : Double.isInfinite(high) ? low + MARGIN : low + (high - low) * MARGIN;
    }

    private static double insideHigh(double low, double high) {
        return Double.isInfinite(high)
                ? Math.max(FAR, low + FAR)
                : Double.isInfinite(low) ? high - MARGIN : high - (high - low) * MARGIN;
    }

    /** ±∞ for what is written so, 0 for all else. */
    static double infinite(Expr bound) {
        return switch (bound) {
            case Expr.Constant constant when constant == Expr.Constant.INFINITY -> Double.POSITIVE_INFINITY;
            case Expr.Negation(Expr operand) -> -infinite(operand) + 0.0;
            default -> 0;
        };
    }
}
