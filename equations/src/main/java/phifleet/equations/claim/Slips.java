package phifleet.equations.claim;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;
import phifleet.equations.budget.Budget;
import phifleet.equations.identity.RealFunction;

/**
 * Whether an equation in one symbol that is no identity would be one but for a slip: then it is more likely a wrong claim than a
 * question for the value of its symbol. {@code sin 2x = 2 sin x} lacks a factor, {@code sin²x − cos²x = 1} has a wrong sign, and in
 * {@code (x+1)² = x² + 1} the largest terms agree; {@code sin 2x = cos x/2} is near to nothing.
 */
public final class Slips {
    /** Numbers at which sides are compared, the first where both have values: no ends of anything, below one, above it. */
    private static final List<List<Double>> PLACES = List.of(
            List.of(0.3719, 0.7331, 1.1927, 0.1313),
            List.of(0.3719, 0.7331, 0.5727, 0.1313),
            List.of(1.3719, 1.7331, 2.1927, 3.1313));
    /** Numbers at which the largest terms tell all. */
    private static final double LARGE = 1e7;

    private static final double LARGER = 1e8;
    private static final double ALIKE = 1e-3;
    private static final double SAME = 1e-9;
    /** Signs and functions that are tried, at most. */
    private static final int MAX_TRIALS = 40;

    /** What is often left out beside a function of the same thing. */
    private static final List<Function> PARTNERS = List.of(Function.SIN, Function.COS, Function.SINH, Function.COSH);

    private final Relation relation;
    private final Symbol symbol;
    private final Budget budget;
    /** Empty where the sides have no values. */
    private final List<Double> points;

    private final List<Double> left;
    private final List<Double> right;

    private Slips(Relation relation, Symbol symbol, Budget budget) {
        this.relation = relation;
        this.symbol = symbol;
        this.budget = budget;
        Compared compared = PLACES.stream()
                .map(this::compared)
                .filter(Compared::haveValues)
                .findFirst()
                .orElse(Compared.NOWHERE);
        this.points = compared.points();
        this.left = compared.left();
        this.right = compared.right();
    }

    /** The sides at some points. */
    private record Compared(List<Double> points, List<Double> left, List<Double> right) {
        static final Compared NOWHERE = new Compared(List.of(), List.of(), List.of());

        boolean haveValues() {
            return Stream.concat(left.stream(), right.stream()).noneMatch(value -> Double.isNaN(value));
        }
    }

    private Compared compared(List<Double> places) {
        return new Compared(places, values(relation.left(), places), values(relation.right(), places));
    }

    /** How near it is to an identity. */
    public enum Nearness {
        /** But for a number as a factor, or the sign of a side: it says next to nothing of its symbol. */
        FACTOR,
        /** But for one thing that people get wrong. */
        SLIP,
        NONE
    }

    /** Of two sides in one symbol. */
    public static Nearness of(Relation relation, Symbol symbol, Budget budget) {
        return new Slips(relation, symbol, budget).nearness();
    }

    private Nearness nearness() {
        // Nobody asks for the value of a letter on both sides by imaginary numbers.
        if (Trees.any(relation, node -> node == Expr.Constant.I)
                && relation.sides().stream().allMatch(this::isOfSymbol)) {
            return Nearness.SLIP;
        }
        if (points.isEmpty()) {
            return Nearness.NONE;
        }
        if (isConstant((a, b) -> a / b)) {
            return Nearness.FACTOR;
        }
        if (isDrawnOut(relation.left(), right) || isDrawnOut(relation.right(), left)) {
            return Nearness.SLIP;
        }
        if (isPlain()) {
            return isWrongReciprocal(relation.left(), relation.right())
                            || isWrongReciprocal(relation.right(), relation.left())
                    ? Nearness.SLIP
                    : Nearness.NONE;
        }
        return isConstant((a, b) -> Math.log(Math.abs(a)) / Math.log(Math.abs(b)))
                        || isLedAlike()
                        || lacksSomething()
                        || hasOtherCoefficients()
                        || isOtherwiseWritten()
                ? Nearness.SLIP
                : Nearness.NONE;
    }

    /** Whether each side holds the symbol once, in a function of the same, {@code sin x = cos x}: then it claims nothing. */
    private boolean isPlain() {
        int[] count = {0};
        boolean[] sum = {false};
        List<Set<Expr>> arguments = List.of(new LinkedHashSet<>(), new LinkedHashSet<>());
        for (int i = 0; i < 2; i++) {
            Set<Expr> own = arguments.get(i);
            Trees.visit(relation.sides().get(i), node -> {
                count[0] += node.equals(symbol) ? 1 : 0;
                boolean nested = node instanceof Expr.Power(Expr base, Expr _) && base instanceof Expr.Power;
                sum[0] |= nested || (node instanceof Expr.Sum && isOfSymbol(node));
                if (node instanceof Expr.Call call && isOfSymbol(call)) {
                    own.addAll(call.arguments());
                }
            });
        }
        return count[0] == 2 && !sum[0] && arguments.get(0).equals(arguments.get(1));
    }

    /** Whether the other side is what comes of one in the way of beginners. */
    private boolean isDrawnOut(Expr side, List<Double> other) {
        return Distributed.drawnOut(side).stream().anyMatch(drawn -> same(values(drawn), other));
    }

    /** {@code sec x = 1/sin x}: each side is a function, but the one is the reciprocal of a relative of the other's. */
    private boolean isWrongReciprocal(Expr side, Expr other) {
        if (!(side instanceof Expr.Call call)
                || !(other instanceof Expr.Quotient(Expr.Num one, Expr.Call below))
                || !one.is(1)
                || call.function() == below.function()) {
            return false;
        }
        Function kin = Variants.relative(below.function());
        List<Double> meant = kin == null ? List.of() : values(new Expr.Call(kin, below.arguments()));
        List<Double> named = values(side);
        return kin != null
                && kin != call.function()
                && IntStream.range(0, points.size()).allMatch(i -> same(named.get(i) * meant.get(i), 1));
    }

    /** Of functions alone: numbers before powers make any question. */
    private boolean hasOtherCoefficients() {
        return SideKinds.isTranscendental(relation.left())
                && SideKinds.isTranscendental(relation.right())
                && (Coefficients.areMistaken(relation.left(), right, this::values)
                        || Coefficients.areMistaken(relation.right(), left, this::values));
    }

    private List<Double> values(Expr expr) {
        return values(expr, points);
    }

    private List<Double> values(Expr expr, List<Double> points) {
        Optional<RealFunction> function =
                RealFunction.of(expr, List.of(symbol.plain().name()), budget);
        return points.stream()
                .map(x -> function.map(f -> f.at(x)).orElse(Double.NaN))
                .toList();
    }

    private boolean isConstant(DoubleBinaryOperator comparison) {
        double first = comparison.applyAsDouble(left.getFirst(), right.getFirst());
        for (int i = 1; i < points.size(); i++) {
            if (!same(first, comparison.applyAsDouble(left.get(i), right.get(i)))) {
                return false;
            }
        }
        return first != 0;
    }

    private static boolean same(double a, double b) {
        return Math.abs(a - b) <= SAME * Math.max(1, Math.max(Math.abs(a), Math.abs(b)));
    }

    private static boolean same(List<Double> a, List<Double> b) {
        for (int i = 0; i < a.size(); i++) {
            if (!same(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether the sides are sums of powers, or roots of such, with the same largest term. */
    private boolean isLedAlike() {
        // Of one function of two things, |x + 1| = |x − 3|, nothing is claimed.
        boolean sameFunction = relation.left() instanceof Expr.Call call
                && relation.right() instanceof Expr.Call other
                && call.function() == other.function();
        if (sameFunction
                || SideKinds.isTranscendental(relation.left())
                || SideKinds.isTranscendental(relation.right())) {
            return false;
        }
        List<Double> far = List.of(LARGE, LARGER);
        List<Double> a = values(relation.left(), far);
        List<Double> b = values(relation.right(), far);
        return Math.abs(a.get(0) / b.get(0) - 1) < ALIKE
                && Math.abs(a.get(1) / b.get(1) - 1) < ALIKE
                && a.get(1) / a.get(0) > 2;
    }

    /** A factor or a term that is missing on a side. */
    private boolean lacksSomething() {
        Set<Expr> missing = new LinkedHashSet<>();
        missing.add(symbol);
        for (Expr side : relation.sides()) {
            Trees.visit(side, node -> {
                if (node instanceof Expr.Call call && call.arguments().size() == 1 && isOfSymbol(call)) {
                    missing.add(call);
                    if (PARTNERS.contains(call.function())) {
                        PARTNERS.forEach(partner -> {
                            missing.add(Expr.Call.of(partner, call.argument()));
                            missing.add(Expr.Call.of(partner, symbol));
                        });
                    }
                } else if (node instanceof Expr.Power power && isOfSymbol(power)) {
                    missing.add(power);
                }
            });
        }
        return missing.stream().limit(MAX_TRIALS).map(this::values).anyMatch(this::isMissing);
    }

    private boolean isOfSymbol(Expr expr) {
        return Trees.symbols(expr).contains(symbol);
    }

    private boolean isMissing(List<Double> one) {
        return isOne((a, b, c) -> a / (b * c), one)
                || isOne((a, b, c) -> b / (a * c), one)
                || isOne((a, b, c) -> (a - b) / c, one)
                || isOne((a, b, c) -> (a - b) / (c * c), one);
    }

    private interface Comparison {
        double of(double left, double right, double missing);
    }

    /** Whether it is 1 everywhere, or −1. */
    private boolean isOne(Comparison comparison, List<Double> missing) {
        double first = comparison.of(left.getFirst(), right.getFirst(), missing.getFirst());
        for (int i = 0; i < points.size(); i++) {
            double ratio = comparison.of(left.get(i), right.get(i), missing.get(i));
            if (!same(Math.abs(ratio), 1) || !same(ratio, first)) {
                return false;
            }
        }
        return true;
    }

    /** A sign, or a function of the same family, that is another. */
    private boolean isOtherwiseWritten() {
        List<Expr> ofLeft = Variants.of(relation.left(), MAX_TRIALS);
        List<Expr> ofRight = Variants.of(relation.right(), MAX_TRIALS - ofLeft.size());
        return ofLeft.stream().anyMatch(variant -> same(values(variant), right))
                || ofRight.stream().anyMatch(variant -> same(values(variant), left));
    }
}
