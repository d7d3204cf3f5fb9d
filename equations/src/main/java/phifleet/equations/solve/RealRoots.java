package phifleet.equations.solve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import phifleet.equations.ast.Expr;
import phifleet.equations.budget.Budget;
import phifleet.equations.identity.RealFunction;

/**
 * Real zeros of a function of one symbol, by changes of sign on a grid and halving.
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

    /** In ascending order; empty where there are none within reach, or a side has no numeric meaning. */
    static List<Found> of(Expr left, Expr right, String name, Budget budget) {
        Optional<RealFunction> a = RealFunction.of(left, List.of(name), budget);
        Optional<RealFunction> b = RealFunction.of(right, List.of(name), budget);
        return a.isEmpty() || b.isEmpty() ? List.of() : new RealRoots(a.get(), b.get()).search();
    }

    /** |left − right| at a value, relative to the sides; 0 where it cannot be calculated. */
    static double residual(Expr left, Expr right, String name, double x, Budget budget) {
        Optional<RealFunction> a = RealFunction.of(left, List.of(name), budget);
        Optional<RealFunction> b = RealFunction.of(right, List.of(name), budget);
        double residual = a.isEmpty() || b.isEmpty() ? 0 : new RealRoots(a.get(), b.get()).residual(x);
        return Double.isFinite(residual) ? residual : 0;
    }

    private List<Found> search() {
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

    private double difference(double x) {
        Optional<RealFunction.Approximation> a = left.at(List.of(x));
        Optional<RealFunction.Approximation> b = right.at(List.of(x));
        return a.isEmpty() || b.isEmpty()
                ? Double.NaN
                : a.get().value() - b.get().value();
    }

    private double residual(double x) {
        Optional<RealFunction.Approximation> a = left.at(List.of(x));
        Optional<RealFunction.Approximation> b = right.at(List.of(x));
        if (a.isEmpty() || b.isEmpty()) {
            return Double.POSITIVE_INFINITY;
        }
        double size =
                Math.max(1, Math.max(Math.abs(a.get().value()), Math.abs(b.get().value())));
        return Math.abs(a.get().value() - b.get().value()) / size;
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
