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
    /** A last term, relative to the sum of absolute values, that is nothing. */
    private static final double VANISHED = 1e-10;
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
            double[] total = new double[3];
            add(a, b, 0, total);
            boolean above = run(a, b, step, total);
            boolean below = run(a, b, -step, total);
            double sum = total[0];
            double size = total[1];
            double value = sum * step;
            double scale = size * step;
            if (level > 3 && Math.abs(value - last) <= SETTLED * scale && above && below) {
                return Bounds.point(value).widened(10 * Math.abs(value - last) + 1e-12 * scale);
            }
            last = value;
        }
        throw new Unbounded("an integral that does not settle");
    }

    /** Outwards in one direction; whether the terms have vanished where it ends. */
    private boolean run(double a, double b, double step, double[] total) {
        int vanished = 0;
        for (double t = step; Math.abs(t) <= REACH && vanished < 4; t += step) {
            budget.spend(10);
            if (!add(a, b, t, total)) {
                // Without a value far out, as where e^x overflows: then what came before has to be nothing already.
                return total[2] <= VANISHED * total[1];
            }
            vanished = total[2] <= 1e-22 * total[1] ? vanished + 1 : 0;
        }
        return total[2] <= VANISHED * total[1];
    }

    /** Into the sum, the sum of sizes and the last size. */
    private boolean add(double a, double b, double t, double[] total) {
        double term = term(a, b, t);
        if (Double.isNaN(term)) {
            return false;
        }
        total[0] += term;
        total[1] += Math.abs(term);
        total[2] = Math.abs(term);
        return true;
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
