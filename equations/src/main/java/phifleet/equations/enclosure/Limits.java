package phifleet.equations.enclosure;

import java.util.HashMap;
import java.util.Map;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Limit;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.budget.Budget;

/**
 * Limits from one side and from both: by the Laurent series of the function in the distance t from the target, and where it has none by the
 * values at t = 2⁻ᵏ, which have to settle.
 */
final class Limits {
    private static final int FIRST = 4;
    private static final int LAST = 44;
    /** Off the powers of two, where functions with a period may all have one value. */
    private static final double SKEW = 0.8125 + 1.0 / 1024;
    /** By how much each change must be smaller than the one before to count as settling. */
    private static final double SHRINKING = 0.9;

    private final Analysis analysis;
    private final Map<String, Bounds> constants;
    private final Budget budget;

    Limits(Analysis analysis, Map<String, Bounds> constants, Budget budget) {
        this.analysis = analysis;
        this.constants = constants;
        this.budget = budget;
    }

    Bounds value(Limit limit) {
        if (!(limit.variable() instanceof Symbol symbol)) {
            throw new Unbounded("no variable");
        }
        String variable = symbol.plain().name();
        double infinite = Analysis.infinite(limit.target());
        if (infinite != 0) {
            return side(limit.body(), variable, Bounds.ZERO, infinite > 0 ? 1 : -1, true);
        }
        Bounds target = analysis.at(limit.target(), constants, budget);
        return switch (limit.side()) {
            case ABOVE -> side(limit.body(), variable, target, 1, false);
            case BELOW -> side(limit.body(), variable, target, -1, false);
            case BOTH -> {
                Bounds above = side(limit.body(), variable, target, 1, false);
                Bounds below = side(limit.body(), variable, target, -1, false);
                if (!above.meets(below)) {
                    throw new NoLimit(below, above);
                }
                yield above.hull(below);
            }
        };
    }

    private Bounds side(Expr body, String variable, Bounds target, int sign, boolean atInfinity) {
        try {
            Laurent t = Laurent.variable();
            Laurent x = atInfinity
                    ? new LaurentField().dividedBy(Laurent.constant(Bounds.point(sign)), t)
                    : Laurent.constant(target).plus(sign > 0 ? t : t.negate());
            Map<String, Laurent> values = new HashMap<>();
            constants.forEach((name, value) -> values.put(name, Laurent.constant(value)));
            values.put(variable, x);
            double[] limit = new Evaluation<>(new LaurentField(), values, analysis, budget)
                    .of(body)
                    .limit();
            if (Double.isInfinite(limit[0])) {
                throw new Infinite(limit[0] > 0);
            }
            return Bounds.of(limit[0], limit[1]);
        } catch (Infinite e) {
            throw e;
        } catch (Unbounded e) {
            return settling(body, variable, target.middle(), sign, atInfinity);
        }
    }

    private Bounds settling(Expr body, String variable, double target, int sign, boolean atInfinity) {
        double last = Double.NaN;
        double change = Double.POSITIVE_INFINITY;
        double best = Double.NaN;
        double error = Double.POSITIVE_INFINITY;
        int run = 0;
        for (int k = FIRST; k <= LAST; k++) {
            double t = SKEW * Math.scalb(1.0, -k);
            double x = atInfinity ? sign / t : target + sign * t;
            Bounds value;
            try {
                value = analysis.jet(body, constants, variable, Bounds.point(x), 0, budget)
                        .value();
            } catch (Unbounded e) {
                last = Double.NaN;
                continue;
            }
            double next = Math.abs(value.middle() - last);
            boolean shrinks = next <= SHRINKING * change || next <= value.width();
            run = shrinks ? run + 1 : 0;
            double guess = 4 * next + value.width();
            if (run >= 4 && guess < error) {
                error = guess;
                best = value.middle();
            }
            change = Double.isNaN(next) ? change : Math.max(next, value.width());
            last = value.middle();
        }
        if (!(error <= 1e-4 * Math.max(1, Math.abs(best)))) {
            throw new Unbounded("a limit that does not settle");
        }
        analysis.estimate();
        return Bounds.point(best).widened(error);
    }

    /** The limits from the two sides differ. */
    static final class NoLimit extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Bounds below;
        private final transient Bounds above;

        NoLimit(Bounds below, Bounds above) {
            super("the limits from the two sides differ", null, false, false);
            this.below = below;
            this.above = above;
        }

        Bounds below() {
            return below;
        }

        Bounds above() {
            return above;
        }
    }

    /** The function grows beyond all bounds. */
    static final class Infinite extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final boolean positive;

        Infinite(boolean positive) {
            super("no finite limit", null, false, false);
            this.positive = positive;
        }

        boolean isPositive() {
            return positive;
        }
    }
}
