package phifleet.equations.curve;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import phifleet.equations.ast.Expr;
import phifleet.equations.budget.Budget;
import phifleet.equations.identity.RealFunction;

/** Two expressions as functions of one real symbol. */
public final class Curves {
    private Curves() {}

    /**
     * Samples between two ends, as evenly spaced as so many points are, and closer where lines through those would mislead.
     *
     * @return empty where a side has no numeric meaning, as of an unknown function or a vector
     * @throws Budget.Spent where that takes too long
     */
    public static Optional<Curve> of(
            Expr left, Expr right, String variable, double from, double to, int points, Budget budget) {
        Optional<RealFunction> first = RealFunction.of(left, List.of(variable), budget);
        Optional<RealFunction> second = RealFunction.of(right, List.of(variable), budget);
        if (first.isEmpty() || second.isEmpty()) {
            return Optional.empty();
        }
        boolean whole = isWhole(left, right, variable);
        double[] places = whole ? integers(from, to, points) : even(from, to, points);
        return Optional.of(
                new Curve(variable, whole, new CurveSampler(first.get(), second.get()).sample(places, !whole)));
    }

    /** Whether the symbol has to be an integer for either side to mean anything. */
    public static boolean isWhole(Expr left, Expr right, String variable) {
        return RealFunction.isOfIntegers(left, variable) || RealFunction.isOfIntegers(right, variable);
    }

    private static double[] even(double from, double to, int points) {
        return IntStream.range(0, points)
                .mapToDouble(i -> i == points - 1 ? to : from + (to - from) / (points - 1) * i)
                .toArray();
    }

    /** All integers between the ends, or evenly chosen ones where those are too many. */
    private static double[] integers(double from, double to, int points) {
        double first = Math.ceil(from);
        double step = Math.max(1, Math.ceil((Math.floor(to) - first + 1) / points));
        return IntStream.range(0, points)
                .mapToDouble(i -> first + step * i)
                .filter(x -> x <= to)
                .toArray();
    }
}
