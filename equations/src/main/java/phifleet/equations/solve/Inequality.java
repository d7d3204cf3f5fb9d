package phifleet.equations.solve;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Statement;
import phifleet.equations.budget.Budget;
import phifleet.equations.identity.Assumption;
import phifleet.equations.identity.RealFunction;

/** An inequality between real expressions, tried at real points. */
final class Inequality {
    private static final int POINTS = 96;
    /** Points that have to tell. */
    private static final int ENOUGH = 24;

    private static final long SEED = 17;
    /** The grid on which a single symbol is scanned. */
    private static final int REACH = 20;

    private static final int STEPS_PER_UNIT = 8;
    private static final int HALVINGS = 50;
    /** A positive number below all that are tried else. */
    private static final double SMALL = 1.0 / 512;
    /** A point off the grid. */
    private static final double NEITHER = 1.0 / 3;

    private final RealFunction left;
    private final RealFunction right;
    private final Statement.Operator operator;

    private enum Finding {
        TRUE,
        FALSE,
        UNCLEAR
    }

    private final List<String> names;
    private final Map<String, Assumption> assumptions;

    private Inequality(
            RealFunction left,
            RealFunction right,
            Statement.Operator operator,
            List<String> names,
            Map<String, Assumption> assumptions) {
        this.names = names;
        this.assumptions = assumptions;
        this.left = left;
        this.right = right;
        this.operator = operator;
    }

    static SolveOutcome decide(
            Expr left,
            Statement.Operator operator,
            Expr right,
            List<String> names,
            Map<String, Assumption> assumptions,
            Budget budget) {
        Optional<RealFunction> a = RealFunction.of(left, names, budget);
        Optional<RealFunction> b = RealFunction.of(right, names, budget);
        if (a.isEmpty() || b.isEmpty()) {
            return new SolveOutcome.Undetermined("a side has no numeric meaning");
        }
        return new Inequality(a.get(), b.get(), operator, names, assumptions).decide();
    }

    private SolveOutcome decide() {
        if (names.size() == 1) {
            return ofOne(names.getFirst());
        }
        int holds = 0;
        int fails = 0;
        int holdsWherePositive = 0;
        int failsWherePositive = 0;
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < POINTS; i++) {
            boolean positive = i % 2 == 0;
            List<Double> point = new ArrayList<>();
            for (int k = 0; k < names.size(); k++) {
                point.add(within(names.get(k), value(random, i, positive)));
            }
            switch (at(point)) {
                case TRUE -> {
                    holds++;
                    holdsWherePositive += positive ? 1 : 0;
                }
                case FALSE -> {
                    fails++;
                    failsWherePositive += positive ? 1 : 0;
                }
                case UNCLEAR -> {}
            }
        }
        if (holds + fails < ENOUGH) {
            return new SolveOutcome.Undetermined("too few points where both sides have real values");
        }
        if (fails == 0) {
            return new SolveOutcome.Holds("true at every point tried", holds);
        }
        if (holds == 0) {
            return new SolveOutcome.NoSolution("false at every point tried");
        }
        return failsWherePositive == 0 && holdsWherePositive >= ENOUGH
                ? new SolveOutcome.OnDomain(String.join(", ", names) + " > 0", holdsWherePositive)
                : new SolveOutcome.OnDomain(
                        "a part of the values: " + holds + " of " + (holds + fails) + " points", holds);
    }

    private static double value(SplittableRandom random, int index, boolean positive) {
        double size = index % 8 < 2 ? random.nextInt(0, 4) : random.nextInt(1, 1_280) / (index % 3 == 0 ? 64.0 : 256.0);
        return positive ? size + (index % 8 < 2 ? 1 : 0) : random.nextBoolean() ? size : -size;
    }

    /** A value that the symbol can take, near to {@code value} or to its opposite. */
    private double within(String name, double value) {
        Assumption assumption = assumptions.get(name);
        if (assumption == null) {
            return value;
        }
        double size = assumption.isInteger() ? Math.rint(value) : value;
        double least = assumption == Assumption.POSITIVE_INTEGER ? 1 : assumption == Assumption.POSITIVE ? SMALL : 0;
        return assumption.isPositive() ? Math.max(least, Math.abs(size)) : size;
    }

    private Finding at(List<Double> point) {
        Optional<RealFunction.Approximation> a = left.at(point);
        Optional<RealFunction.Approximation> b = right.at(point);
        if (a.isEmpty() || b.isEmpty()) {
            return Finding.UNCLEAR;
        }
        double gap = a.get().value() - b.get().value();
        double error = 2 * (a.get().error() + b.get().error());
        int order = gap == 0 && error == 0 ? 0 : Math.abs(gap) > error ? (int) Math.signum(gap) : 2;
        boolean strict = operator == Statement.Operator.LESS || operator == Statement.Operator.GREATER;
        return switch (order) {
            case 2 -> Finding.UNCLEAR;
            case 0 -> strict || operator == Statement.Operator.NOT_EQUAL ? Finding.FALSE : Finding.TRUE;
            default -> told(order);
        };
    }

    private Finding told(int order) {
        boolean less = operator == Statement.Operator.LESS || operator == Statement.Operator.LESS_OR_EQUAL;
        boolean holds = operator == Statement.Operator.NOT_EQUAL || (less ? order < 0 : order > 0);
        return holds ? Finding.TRUE : Finding.FALSE;
    }

    /** The intervals on which it holds, for a single symbol. */
    private SolveOutcome ofOne(String name) {
        List<String> parts = new ArrayList<>();
        int points = 0;
        boolean everywhere = true;
        double start = Double.NaN;
        Finding before = Finding.UNCLEAR;
        double previous = Double.NaN;
        for (int i = -REACH * STEPS_PER_UNIT; i <= REACH * STEPS_PER_UNIT; i++) {
            double x = (double) i / STEPS_PER_UNIT;
            if (within(name, x) != x) {
                continue;
            }
            Finding now = at(List.of(x));
            points += now == Finding.TRUE ? 1 : 0;
            everywhere &= now == Finding.TRUE;
            if (now == Finding.TRUE && before != Finding.TRUE) {
                start = Double.isNaN(previous) ? Double.NEGATIVE_INFINITY : edge(x, previous);
            } else if (now != Finding.TRUE && before == Finding.TRUE) {
                parts.add(part(name, start, edge(previous, x)));
            }
            before = now;
            previous = x;
        }
        if (everywhere) {
            return new SolveOutcome.Holds("true at every point tried", points);
        }
        if (points == 0) {
            return at(List.of(within(name, NEITHER))) == Finding.UNCLEAR
                    ? new SolveOutcome.Undetermined("no point where both sides have real values")
                    : new SolveOutcome.NoSolution("false at every point tried");
        }
        if (before == Finding.TRUE) {
            parts.add(part(name, start, Double.POSITIVE_INFINITY));
        }
        return parts.size() <= 6
                ? new SolveOutcome.OnDomain(String.join(" or ", parts), points)
                : new SolveOutcome.OnDomain("a part of the values: many intervals of " + name, points);
    }

    private double edge(double inside, double outside) {
        double in = inside;
        double out = outside;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (in + out) / 2;
            if (at(List.of(middle)) == Finding.TRUE) {
                in = middle;
            } else {
                out = middle;
            }
        }
        return (in + out) / 2;
    }

    private static String part(String name, double low, double high) {
        boolean open = Double.isInfinite(low);
        if (Double.isInfinite(high)) {
            return open ? name + " real" : name + " > " + Decimals.text(low);
        }
        return (open ? "" : Decimals.text(low) + " < ") + name + " < " + Decimals.text(high);
    }
}
