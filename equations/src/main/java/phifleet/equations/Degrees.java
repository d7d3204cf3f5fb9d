package phifleet.equations;

import java.util.List;
import java.util.Optional;
import phifleet.equations.ast.Expr;
import phifleet.equations.budget.Budget;
import phifleet.equations.identity.RealFunction;

/** How fast sums of powers of one symbol, and roots of such, grow with it. */
final class Degrees {
    private static final List<Double> FAR = List.of(1e7);
    private static final List<Double> FARTHER = List.of(1e9);
    private static final double ALIKE = 0.1;

    private Degrees() {}

    /** Whether both sides grow as the same power; true where that cannot be told. */
    static boolean areAlike(Expr left, Expr right, Budget budget) {
        List<String> names = RealFunction.symbols(left, right);
        if (names.size() != 1) {
            return true;
        }
        double a = degree(left, names, budget);
        double b = degree(right, names, budget);
        return Double.isNaN(a) || Double.isNaN(b) || Math.abs(a - b) < ALIKE;
    }

    private static double degree(Expr side, List<String> names, Budget budget) {
        Optional<RealFunction> function = RealFunction.of(side, names, budget);
        double far = value(function, FAR);
        double farther = value(function, FARTHER);
        return Math.log(Math.abs(farther / far)) / Math.log(FARTHER.getFirst() / FAR.getFirst());
    }

    private static double value(Optional<RealFunction> function, List<Double> at) {
        return function.flatMap(f -> f.at(at))
                .map(RealFunction.Approximation::value)
                .orElse(Double.NaN);
    }
}
