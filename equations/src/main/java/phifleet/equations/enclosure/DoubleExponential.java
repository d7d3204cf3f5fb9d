package phifleet.equations.enclosure;

import java.util.function.DoubleUnaryOperator;
import phifleet.equations.budget.Budget;

/**
 * Integrals over infinite intervals and up to singular ends by double exponential substitution. The error is estimated, not bounded: by the
 * change from one step width to its half.
 *
 * <p>Source: H. Takahasi and M. Mori, Double exponential formulas for numerical integration, 1974.
 */
final class DoubleExponential {
    private static final int LEVELS = 8;
    /** Beyond this the weights vanish in double precision. */
    private static final double REACH = 6.5;
    /** A change, relative to the sum of absolute values, that counts as settled. */
    private static final double SETTLED = 1e-11;

    private final DoubleUnaryOperator function;
    private final Budget budget;

    /** Of a function that answers NaN where it has no value. */
    DoubleExponential(DoubleUnaryOperator function, Budget budget) {
        this.function = function;
        this.budget = budget;
    }

    /** Ends may be infinite. */
    Bounds between(double a, double b) {
        double last = Double.NaN;
        for (int level = 1; level <= LEVELS; level++) {
            double step = Math.scalb(1.0, -level);
            double sum = 0;
            double size = 0;
            int steps = (int) (REACH / step);
            for (int k = -steps; k <= steps; k++) {
                budget.spend(10);
                double term = term(a, b, k * step);
                if (Double.isNaN(term)) {
                    throw new Unbounded("an integrand without value");
                }
                sum += term;
                size += Math.abs(term);
            }
            double value = sum * step;
            double scale = size * step;
            if (level > 3 && Math.abs(value - last) <= SETTLED * scale && tailsVanish(a, b, scale)) {
                return Bounds.point(value).widened(10 * Math.abs(value - last) + 1e-12 * scale);
            }
            last = value;
        }
        throw new Unbounded("an integral that does not settle");
    }

    /** Where the last terms count, the integral runs on: it diverges or falls too slowly. */
    private boolean tailsVanish(double a, double b, double scale) {
        double t = REACH;
        return Math.abs(term(a, b, t)) <= 1e-10 * scale && Math.abs(term(a, b, -t)) <= 1e-10 * scale;
    }

    private double term(double a, double b, double t) {
        double u = Math.PI / 2 * Math.sinh(t);
        double du = Math.PI / 2 * Math.cosh(t);
        double x;
        double weight;
        if (Double.isInfinite(a) && Double.isInfinite(b)) {
            x = Math.sinh(u);
            weight = Math.cosh(u) * du;
        } else if (Double.isInfinite(b)) {
            x = a + Math.exp(u);
            weight = Math.exp(u) * du;
        } else if (Double.isInfinite(a)) {
            x = b - Math.exp(u);
            weight = Math.exp(u) * du;
        } else {
            double half = (b - a) / 2;
            double near = half * 2 / (1 + Math.exp(2 * Math.abs(u)));
            x = u > 0 ? b - near : a + near;
            weight = half / Math.cosh(u) / Math.cosh(u) * du;
        }
        if (weight == 0 || x <= a || x >= b || Double.isInfinite(x)) {
            return 0;
        }
        double value = function.applyAsDouble(x);
        return Double.isInfinite(weight) ? (value == 0 ? 0 : Double.NaN) : value * weight;
    }
}
