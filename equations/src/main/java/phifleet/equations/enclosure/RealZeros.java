package phifleet.equations.enclosure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.budget.Budget;
import phifleet.equations.identity.Derivatives;

/**
 * Where a real function of one variable is 0, with certainty, by intervals that are halved (R. E. Moore, 1979, chapter 7).
 *
 * <p>A part of the line is left out where all values on it have one sign, or where the function grows or falls on all of it and has that
 * sign at its end; towards infinity a derivative's own derivative may tell, as for e^x − x². A zero is one where the function is
 * continuous and changes its sign. What could be neither left out nor proved stays open.
 *
 * @param zeros those that were found, in ascending order
 * @param open where zeros may be that are not among them: parts that were not decided
 * @param complete whether {@code zeros} are all, each once
 */
public record RealZeros(List<Zero> zeros, List<Part> open, boolean complete) {
    /** A zero between two numbers: the function changes its sign there. */
    public record Zero(double low, double high) {
        public double middle() {
            return low / 2 + high / 2;
        }
    }

    /** A part of the line. */
    public record Part(double low, double high) {
        /** The distance from 0, near which zeros are looked for first. */
        private double distance() {
            return low <= 0 && high >= 0 ? 0 : Math.min(Math.abs(low), Math.abs(high));
        }

        private boolean isInfinite() {
            return Double.isInfinite(low) || Double.isInfinite(high);
        }

        private double width() {
            return high - low;
        }
    }

    /** The line is first cut at distances from 0 that are multiples of this, and no zeros of what people write. */
    private static final double STEP = 1.0309;

    /** Beyond so many steps the rest is one part on each side. */
    private static final int STEPS = 32;
    /** Farther than this an infinite part is not halved. */
    private static final double FAR = 1e6;

    private static final double FARTHER = 3.7;
    /** Where a part is cut, as a share: the middle may be a zero. */
    private static final double CUT = 0.4871;
    /** Parts that are looked at, at most. */
    private static final int MAX_PARTS = 1_500;
    /** As many zeros are enough of what may have infinitely many. */
    private static final int MAX_ZEROS = 12;
    /** A part that is narrower, relatively, is not halved further. */
    private static final double NARROW = 1e-7;

    private static final int HALVINGS = 80;
    private static final int MAX_ORDER = 3;

    public RealZeros {
        zeros = List.copyOf(zeros);
        open = List.copyOf(open);
    }

    /** The zeros of {@code function} between two numbers or infinities, both included. */
    public static RealZeros of(Expr function, Symbol variable, double low, double high, Budget budget) {
        return isNeverZero(function)
                ? new RealZeros(List.of(), List.of(), true)
                : new Search(function, variable, budget).between(low, high);
    }

    /** Powers of positive numbers come as near to 0 as one likes, so that no bounds tell it. */
    private static boolean isNeverZero(Expr expr) {
        return switch (expr) {
            case Expr.Negation(Expr operand) -> isNeverZero(operand);
            case Expr.Product(List<Expr> factors) -> factors.stream().allMatch(RealZeros::isNeverZero);
            case Expr.Power(Expr base, Expr _) -> base == Expr.Constant.E || isNeverZero(base);
            case Expr.Num number -> number.value().signum() != 0;
            case Expr.Call call -> call.function() == Function.EXP;
            default -> expr == Expr.Constant.E || expr == Expr.Constant.PI;
        };
    }

    /** Whether it is nowhere 0, whatever real numbers its symbols are. */
    public static boolean isNowhereZero(Expr function, Collection<Symbol> variables, Budget budget) {
        Map<String, Extent> everything = new HashMap<>();
        variables.forEach(symbol ->
                everything.put(symbol.plain().name(), Extent.of(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)));
        try {
            return !new Evaluation<>(new ExtentField(), everything, new Analysis(), budget)
                    .of(function)
                    .mayBeZero();
        } catch (Unbounded e) {
            return false;
        }
    }

    /** One search. */
    private static final class Search {
        private final List<Expr> derivatives = new ArrayList<>();
        private final Symbol variable;
        private final Budget budget;
        private final List<Zero> zeros = new ArrayList<>();
        private final List<Part> open = new ArrayList<>();
        private boolean unique = true;

        Search(Expr function, Symbol variable, Budget budget) {
            this.variable = variable;
            this.budget = budget;
            derivatives.add(function);
            for (int order = 1; order <= MAX_ORDER; order++) {
                Expr.Derivative by =
                        new Expr.Derivative(derivatives.getLast(), List.of(new Expr.Derivative.By(variable, 1)), false);
                Expr next = Derivatives.carryOut(by, budget);
                if (next.equals(by)) {
                    break;
                }
                derivatives.add(next);
            }
        }

        RealZeros between(double low, double high) {
            PriorityQueue<Part> parts = new PriorityQueue<>(Comparator.comparingDouble(Part::distance));
            parts.addAll(cut(low, high));
            for (int count = 0; !parts.isEmpty() && count < MAX_PARTS && zeros.size() < MAX_ZEROS; count++) {
                parts.addAll(look(parts.remove()));
            }
            open.addAll(parts);
            zeros.sort(Comparator.comparingDouble(Zero::low));
            return new RealZeros(zeros, open, open.isEmpty() && unique);
        }

        private static List<Part> cut(double low, double high) {
            List<Part> parts = new ArrayList<>();
            double from = low;
            for (int k = -STEPS; k <= STEPS; k++) {
                double at = STEP * k + STEP / 3;
                if (at > from && at < high) {
                    parts.add(new Part(from, at));
                    from = at;
                }
            }
            parts.add(new Part(from, high));
            return parts;
        }

        /** What is left of a part to be looked at. */
        private List<Part> look(Part part) {
            Extent values = values(0, part.low(), part.high());
            if (values != null && !values.mayBeZero()) {
                return List.of();
            }
            boolean whole = values != null && values.whole();
            if (whole) {
                int slope = slope(part);
                int left = sign(0, part.low());
                int right = sign(0, part.high());
                if (slope != 0 && leavesOut(part, slope, left, right)) {
                    return List.of();
                }
                boolean changes = left * right < 0 && !part.isInfinite();
                if (changes && (slope != 0 || part.width() < narrow(part))) {
                    unique &= slope != 0;
                    zeros.add(zero(part, left));
                    return List.of();
                }
            }
            return halves(part);
        }

        private static boolean leavesOut(Part part, int slope, int left, int right) {
            boolean onlyUpwards = left == slope && Double.isFinite(part.low());
            boolean onlyDownwards = right == -slope && Double.isFinite(part.high());
            return onlyUpwards || onlyDownwards;
        }

        private static double narrow(Part part) {
            return NARROW * (1 + part.distance());
        }

        private List<Part> halves(Part part) {
            double at;
            if (Double.isInfinite(part.high())) {
                at = Math.max(1, part.low() * FARTHER);
            } else if (Double.isInfinite(part.low())) {
                at = Math.min(-1, part.high() * FARTHER);
            } else {
                at = part.low() + part.width() * CUT;
            }
            boolean small = !part.isInfinite() && part.width() < narrow(part);
            if (small || Math.abs(at) > FAR || !(at > part.low() && at < part.high())) {
                open.add(part);
                return List.of();
            }
            return List.of(new Part(part.low(), at), new Part(at, part.high()));
        }

        /** The sign of the slope where it is one on all of the part; else 0. */
        private int slope(Part part) {
            return sign(1, part);
        }

        /** The sign of a derivative on a part: by its values, or by its own derivative and its value at the end that is near. */
        private int sign(int order, Part part) {
            Extent values = values(order, part.low(), part.high());
            if (values == null || !values.whole()) {
                return 0;
            }
            if (values.sign() != 0 || !part.isInfinite() || bothInfinite(part)) {
                return values.sign();
            }
            int steeper = sign(order + 1, part);
            boolean upwards = Double.isFinite(part.low());
            int near = sign(order, upwards ? part.low() : part.high());
            return steeper != 0 && near == (upwards ? steeper : -steeper) ? near : 0;
        }

        private static boolean bothInfinite(Part part) {
            return Double.isInfinite(part.low()) && Double.isInfinite(part.high());
        }

        private int sign(int order, double at) {
            Extent value = Double.isInfinite(at) ? null : values(order, at, at);
            return value == null ? 0 : value.sign();
        }

        private @Nullable Extent values(int order, double low, double high) {
            if (order >= derivatives.size()) {
                return null;
            }
            try {
                return new Evaluation<>(
                                new ExtentField(),
                                Map.of(variable.plain().name(), Extent.of(low, high)),
                                new Analysis(),
                                budget)
                        .of(derivatives.get(order));
            } catch (Unbounded e) {
                return null;
            }
        }

        private Zero zero(Part part, int left) {
            double low = part.low();
            double high = part.high();
            for (int i = 0; i < HALVINGS; i++) {
                double at = low / 2 + high / 2;
                int sign = at > low && at < high ? sign(0, at) : 0;
                if (sign == 0) {
                    break;
                }
                if (sign == left) {
                    low = at;
                } else {
                    high = at;
                }
            }
            return new Zero(low, high);
        }
    }
}
