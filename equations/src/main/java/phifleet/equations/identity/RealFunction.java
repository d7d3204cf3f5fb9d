package phifleet.equations.identity;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Trees;
import phifleet.equations.budget.Budget;

/** An expression as a real function of real symbols, in double precision with an error bound. Used by one thread at a time. */
public final class RealFunction {
    private final Code<Ball> code;
    private final Budget budget;
    private final long steps;

    private RealFunction(Code<Ball> code, Budget budget, long steps) {
        this.code = code;
        this.budget = budget;
        this.steps = steps;
    }

    /**
     * A value and how far the true one can be from it.
     *
     * @param error at least 0, of the order of rounding
     */
    public record Approximation(double value, double error) {}

    /** Of an expression in these symbols; empty where it has no numeric meaning. */
    public static Optional<RealFunction> of(Expr expr, List<String> names, Budget budget) {
        Map<String, Integer> slots = new HashMap<>();
        names.forEach(name -> slots.put(name, slots.size()));
        try {
            Expr plain = Derivatives.carryOut(expr, budget);
            Code<Ball> code = new Compiler<>(new BallArithmetic(), slots, budget).compile(plain);
            return Optional.of(new RealFunction(code, budget, Trees.nodeCount(plain)));
        } catch (Unsupported | Undefined e) {
            return Optional.empty();
        }
    }

    /** The value at a point, in the order of the names; empty where it is undefined, not real or not known to any digit. */
    public Optional<Approximation> at(List<Double> point) {
        budget.spend(steps);
        try {
            Ball value = code.at(point.stream().map(Ball::exact).toList());
            return value.isReal() && Double.isFinite(value.re()) && Double.isFinite(value.error())
                    ? Optional.of(new Approximation(value.re(), value.error()))
                    : Optional.empty();
        } catch (Undefined e) {
            return Optional.empty();
        }
    }

    /** The value of a function of one symbol; NaN where {@link #at(List)} has none. */
    public double at(double x) {
        return at(List.of(x)).map(Approximation::value).orElse(Double.NaN);
    }

    /** Whether a symbol has to be an integer for the expression to mean anything, as the bound of a sum. */
    public static boolean isOfIntegers(Expr expr, String name) {
        Set<String> names = new HashSet<>();
        Free.collectWhole(expr, names);
        return names.contains(name);
    }

    /** The names of the free symbols of both sides, in order. */
    public static List<String> symbols(Expr left, Expr right) {
        return Free.names(left, right);
    }
}
