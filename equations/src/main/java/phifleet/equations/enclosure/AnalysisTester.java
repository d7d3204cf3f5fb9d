package phifleet.equations.enclosure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;
import phifleet.equations.budget.Budget;
import phifleet.equations.identity.Assumption;
import phifleet.equations.identity.Counterexample;
import phifleet.equations.identity.IdentityOutcome;
import phifleet.equations.identity.RealFunction;

/**
 * Whether {@code left = right} for real values of the symbols, where the sides hold definite integrals, limits or series: both are calculated
 * between bounds, which meet or do not. Stateless; the same seed gives the same answer.
 */
public final class AnalysisTester {
    /** Points drawn in a region, and those of them that have to tell. */
    private static final int DRAWS = 24;

    private static final int ENOUGH = 6;
    /** Digits of the numbers shown, as of double precision. */
    private static final int DIGITS = 15;
    /** Bounds wider than this, relative to the value, say nothing of equality. */
    private static final double NARROW = 1e-9;
    /** The same for bounds that are estimates. */
    private static final double FAIR = 2e-6;
    /** Decimals with so many places may be such a value, rounded. */
    private static final int ROUNDED_PLACES = 5;

    private final Map<String, Assumption> assumptions;
    private final long seed;

    public AnalysisTester(Map<String, Assumption> assumptions, long seed) {
        this.assumptions = Map.copyOf(assumptions);
        this.seed = seed;
    }

    private enum Region {
        REAL(-3, 3, "real"),
        POSITIVE(0, 3, "> 0"),
        SMALL(0, 0.5, "small (tried between 0 and 1/2)");

        private final double low;
        private final double high;
        private final String text;

        Region(double low, double high, String text) {
            this.low = low;
            this.high = high;
            this.text = text;
        }
    }

    private record Survey(int equal, @Nullable Counterexample difference, String reason) {}

    /** Whether it is a matter for this tester at all. */
    public static boolean isAnalysis(Expr left, Expr right) {
        return Trees.any(
                Relation.equal(left, right),
                node -> node instanceof Expr.Integral || node instanceof Expr.Limit || node instanceof Expr.Series);
    }

    public IdentityOutcome test(Expr left, Expr right, Budget budget) {
        List<String> names = RealFunction.symbols(left, right);
        try {
            return decide(left, right, names, budget);
        } catch (Budget.Spent e) {
            return new IdentityOutcome.Undetermined("the time or work allowed is spent");
        }
    }

    private IdentityOutcome decide(Expr left, Expr right, List<String> names, Budget budget) {
        Survey real = survey(left, right, names, Region.REAL, budget);
        Counterexample difference = real.difference();
        if (difference == null) {
            int needed = names.isEmpty() ? 1 : ENOUGH;
            return real.equal() < needed
                    ? new IdentityOutcome.Undetermined(real.reason())
                    : hasRoundedDecimal(left) || hasRoundedDecimal(right)
                            ? new IdentityOutcome.Undetermined("a long decimal may be a rounded one; “≈” would say so")
                            : new IdentityOutcome.Agreed(real.equal());
        }
        if (!names.isEmpty()) {
            for (Region region : List.of(Region.POSITIVE, Region.SMALL)) {
                Survey part = survey(left, right, names, region, budget);
                if (part.difference() == null && part.equal() >= ENOUGH) {
                    return new IdentityOutcome.OnDomain(
                            String.join(", ", names) + " " + region.text, false, false, part.equal(), difference);
                }
            }
        }
        return new IdentityOutcome.Refuted(difference);
    }

    private Survey survey(Expr left, Expr right, List<String> names, Region region, Budget budget) {
        SplittableRandom random = new SplittableRandom(seed ^ region.text.hashCode());
        Set<String> whole = whole(left, right);
        int equal = 0;
        String reason = "no point where both sides have a value that can be told";
        for (int draw = 0; draw < (names.isEmpty() ? 1 : DRAWS); draw++) {
            Map<String, Double> values = new HashMap<>();
            for (String name : names) {
                values.put(name, value(name, whole.contains(name), region, random));
            }
            RealValue a = Estimate.of(left, values, budget);
            RealValue b = Estimate.of(right, values, budget);
            Optional<Boolean> told = same(a, b, left, right);
            if (told.isPresent() && !told.get()) {
                return new Survey(equal, counterexample(values, a, b, left, right), "");
            }
            equal += told.isPresent() ? 1 : 0;
            reason = a instanceof RealValue.Unknown(String why)
                    ? why
                    : b instanceof RealValue.Unknown(String why) ? why : reason;
        }
        return new Survey(equal, null, reason);
    }

    private double value(String name, boolean whole, Region region, SplittableRandom random) {
        Assumption assumption = assumptions.getOrDefault(name, Assumption.REAL);
        if (whole || assumption.isInteger()) {
            return random.nextInt(1, 7);
        }
        double low = assumption.isPositive() ? Math.max(0, region.low) : region.low;
        long steps = Math.round((region.high - low) * 64);
        return low + random.nextLong(1, steps) / 64.0;
    }

    /** Names that count something: in the bounds of a sum. */
    private static Set<String> whole(Expr left, Expr right) {
        Set<String> whole = new HashSet<>();
        for (Expr side : List.of(left, right)) {
            Trees.visit(side, node -> {
                if (node instanceof Expr.Series series) {
                    List<Expr> bounds = new ArrayList<>();
                    bounds.add(series.index().lower());
                    bounds.add(series.index().upper());
                    bounds.stream()
                            .filter(java.util.Objects::nonNull)
                            .forEach(bound -> Trees.symbols(bound)
                                    .forEach(s -> whole.add(s.plain().name())));
                }
            });
        }
        return whole;
    }

    /** Empty where it cannot be told. */
    private static Optional<Boolean> same(RealValue a, RealValue b, Expr left, Expr right) {
        if (a instanceof RealValue.None || b instanceof RealValue.None) {
            return Optional.of(false);
        }
        double infiniteLeft = infinite(a, left);
        double infiniteRight = infinite(b, right);
        if (infiniteLeft != 0 && infiniteRight != 0) {
            return Optional.of(infiniteLeft == infiniteRight);
        }
        if (infiniteLeft != 0 || infiniteRight != 0) {
            boolean finite = (infiniteLeft == 0 ? a : b) instanceof Estimate;
            return finite ? Optional.of(false) : Optional.empty();
        }
        if (!(a instanceof Estimate one) || !(b instanceof Estimate other)) {
            return Optional.empty();
        }
        double size = Math.max(Math.abs(one.middle()), Math.abs(other.middle()));
        double error = one.error() + other.error();
        double gap = Math.max(one.low() - other.high(), other.low() - one.high());
        boolean rigorous = one.rigorous() && other.rigorous();
        if (gap > 0 && (rigorous || gap > 4 * error + 1e-9 * size)) {
            return Optional.of(false);
        }
        boolean narrow = error <= (rigorous ? NARROW : FAIR) * Math.max(size, 1e-3);
        return gap <= 0 && narrow ? Optional.of(true) : Optional.empty();
    }

    private static double infinite(RealValue value, Expr expr) {
        return value instanceof RealValue.Infinite(boolean positive)
                ? (positive ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY)
                : Analysis.infinite(expr);
    }

    private static Counterexample counterexample(
            Map<String, Double> values, RealValue a, RealValue b, Expr left, Expr right) {
        SortedMap<String, String> named = new TreeMap<>();
        values.forEach((name, value) -> named.put(
                name, new java.math.BigDecimal(value).stripTrailingZeros().toPlainString()));
        String difference =
                a instanceof Estimate one && b instanceof Estimate other ? text(one.middle() - other.middle()) : "";
        return new Counterexample(named, text(a, left), text(b, right), difference, DIGITS);
    }

    private static String text(RealValue value, Expr expr) {
        return switch (value) {
            case Estimate estimate -> text(estimate.middle());
            case RealValue.Infinite(boolean positive) -> positive ? "∞" : "-∞";
            case RealValue.None(String why) -> "no value (" + why + ")";
            case RealValue.Unknown _ -> Analysis.infinite(expr) > 0 ? "∞" : "-∞";
        };
    }

    private static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.valueOf((long) value)
                : String.valueOf(value);
    }

    private static boolean hasRoundedDecimal(Expr expr) {
        return Trees.any(
                expr, node -> node instanceof Expr.Num number && number.value().scale() >= ROUNDED_PLACES);
    }
}
