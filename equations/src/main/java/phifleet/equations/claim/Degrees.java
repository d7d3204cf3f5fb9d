package phifleet.equations.claim;

import java.util.List;
import phifleet.equations.ast.Expr;
import phifleet.equations.budget.Budget;
import phifleet.equations.identity.RealFunction;

/** How fast sums of powers of one symbol, and roots of such, grow with it. */
final class Degrees {
    private static final double FAR = 1e7;
    private static final double FARTHER = 1e9;
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
        return RealFunction.of(side, names, budget)
                .map(function -> Math.log(Math.abs(function.at(FARTHER) / function.at(FAR))) / Math.log(FARTHER / FAR))
                .orElse(Double.NaN);
    }
}
