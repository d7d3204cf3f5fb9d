package phifleet.equations.solve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import phifleet.equations.ast.Expr;
import phifleet.equations.budget.Budget;
import phifleet.equations.identity.RealFunction;

/**
 * Where two sides in one symbol are equal, by changes of sign of their difference on a grid and halving.
 *
 * <p>A change of sign counts as a zero only where the function gets small there (at a pole it grows) and the residual, relative to the two
 * sides, is of the order of rounding.
 */
final class RealRoots {
    /** The grid: fine near 0, and then growing by steps of a tenth. */
    private static final double NEAR = 10;

    private static final double STEP = 1.0 / 16;
    private static final double FAR = 1e6;
    private static final double GROWTH = 1.1;
    /** Off the round numbers, where poles tend to lie. */
    private static final double OFFSET = 1.0 / 1024;

    private static final int HALVINGS = 80;
    /** Relative residual of a root. */
    private static final double RESIDUAL = 1e-9;

    private final RealFunction left;
    private final RealFunction right;

    private RealRoots(RealFunction left, RealFunction right) {
        this.left = left;
        this.right = right;
    }

    /** A root and its residual: |left − right| relative to the sides. */
    record Found(double x, double residual) {}

    /** Empty where a side has no numeric meaning. */
    static Optional<RealRoots> of(Expr left, Expr right, String name, Budget budget) {
        List<String> names = List.of(name);
        return RealFunction.of(left, names, budget)
                .flatMap(a -> RealFunction.of(right, names, budget).map(b -> new RealRoots(a, b)));
    }

    /** In ascending order; empty where there are none within reach. */
    List<Found> search() {
        List<Found> found = new ArrayList<>();
        double before = Double.NaN;
        double valueBefore = Double.NaN;
        for (double x : grid()) {
            double value = difference(x);
            if (value * valueBefore < 0) {
                root(before, x).ifPresent(found::add);
            } else if (value == 0 && Math.abs(valueBefore) > 0) {
                found.add(new Found(x, 0));
            }
            before = x;
            valueBefore = value;
        }
        exactAt(0).ifPresent(found::add);
        found.sort((a, b) -> Double.compare(a.x(), b.x()));
        return distinct(found);
    }

    private static List<Double> grid() {
        List<Double> grid = new ArrayList<>();
        for (double x = -NEAR; x <= NEAR; x += STEP) {
            grid.add(x + OFFSET);
        }
        for (double x = NEAR * GROWTH; x < FAR; x *= GROWTH) {
            grid.add(x);
            grid.addFirst(-x);
        }
        return grid;
    }

    private Optional<Found> exactAt(double x) {
        return difference(x) == 0 ? Optional.of(new Found(x, 0)) : Optional.empty();
    }

    private Optional<Found> root(double from, double to) {
        double low = from;
        double high = to;
        double sign = Math.signum(difference(low));
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            double value = difference(middle);
            if (Double.isNaN(value)) {
                return Optional.empty();
            }
            if (value == 0) {
                low = middle;
                high = middle;
                break;
            }
            if (Math.signum(value) == sign) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double x = (low + high) / 2;
        double residual = residual(x);
        return residual < RESIDUAL ? Optional.of(new Found(x, residual)) : Optional.empty();
    }

    /** left − right; NaN where one has no value. */
    double difference(double x) {
        return left.at(x) - right.at(x);
    }

    /** |left − right|, relative to the sides; NaN where one has no value. */
    double residual(double x) {
        double a = left.at(x);
        double b = right.at(x);
        return Math.abs(a - b) / Math.max(1, Math.max(Math.abs(a), Math.abs(b)));
    }

    private static List<Found> distinct(List<Found> sorted) {
        List<Found> kept = new ArrayList<>();
        for (Found root : sorted) {
            if (kept.isEmpty() || root.x() - kept.getLast().x() > 1e-9 * (1 + Math.abs(root.x()))) {
                kept.add(root);
            }
        }
        return kept;
    }
}
