package phifleet.equations.solve;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;
import phifleet.equations.budget.Budget;
import phifleet.equations.enclosure.RealZeros;
import phifleet.equations.exact.Fraction;
import phifleet.equations.exact.Normalizer;
import phifleet.equations.exact.Rational;
import phifleet.equations.exact.TooComplex;
import phifleet.equations.identity.Assumption;
import phifleet.equations.identity.RealFunction;

/**
 * For which values a relation of two sides holds. Meant for what is no identity; an identity is reported as holding.
 *
 * <p>Stateless, safe from any thread. Bounded by the budget given, and by 1 ms or so for the search of real roots.
 */
public final class Solver {
    /** Roots that are listed. */
    private static final int MAX_VALUES = 12;

    private Solver() {}

    /**
     * Solves {@code relation} for values that are {@code allowed}, by canonical name; a chain of relations is left undetermined unless it is numeric. Never
     * throws.
     */
    public static SolveOutcome solve(Relation relation, Map<String, Allowed> allowed, Budget budget) {
        try {
            if (relation.sides().size() == 2) {
                return pair(relation, allowed, budget);
            }
            SolveOutcome last = new SolveOutcome.Undetermined("a chain of relations");
            for (Relation pair : relation.pairs()) {
                budget.requireSome();
                last = pair(pair, allowed, budget);
                if (!(last instanceof SolveOutcome.Holds)) {
                    return last instanceof SolveOutcome.Fails || last instanceof SolveOutcome.NoSolution
                            ? last
                            : new SolveOutcome.Undetermined("a chain of relations");
                }
            }
            return last;
        } catch (Budget.Spent e) {
            return new SolveOutcome.Undetermined("the time or work allowed is spent");
        }
    }

    private static SolveOutcome pair(Relation relation, Map<String, Allowed> allowed, Budget budget) {
        Expr left = relation.left();
        Expr right = relation.right();
        Statement.Operator operator = relation.operators().getFirst();
        List<String> names = RealFunction.symbols(left, right);
        if (names.isEmpty()) {
            return NumericStatement.decide(left, operator, right, budget);
        }
        return switch (operator) {
            case EQUAL, IDENTICAL, APPROXIMATE -> equation(left, right, names, allowed, budget);
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, NOT_EQUAL ->
                Inequality.decide(left, operator, right, names, kinds(allowed), budget);
            case PROPORTIONAL, TENDS_TO -> new SolveOutcome.Undetermined("no equation");
        };
    }

    private static SolveOutcome equation(
            Expr left, Expr right, List<String> names, Map<String, Allowed> allowed, Budget budget) {
        try {
            Normalizer normalizer =
                    new Normalizer(PolynomialEquation.PLAIN, budget.part(PolynomialEquation.STEP_LIMIT));
            Fraction difference = normalizer.difference(left, right);
            if (normalizer.isZero(difference)) {
                return new SolveOutcome.Holds("both sides are the same", 0);
            }
            if (difference.asRational().isPresent()) {
                return new SolveOutcome.NoSolution(
                        "the sides differ by " + difference.asRational().get() + " whatever the values are");
            }
            Optional<SolveOutcome> exact = names.size() == 1
                    ? polynomial(
                            difference, names.getFirst(), allowed.getOrDefault(names.getFirst(), Allowed.ANY), budget)
                    : Isolation.of(difference, left, right, names, normalizer);
            if (exact.isPresent()) {
                return exact.get();
            }
        } catch (TooComplex | Budget.Spent e) {
            if (budget.isSpent()) {
                return new SolveOutcome.Undetermined("the time or work allowed is spent");
            }
        }
        if (names.size() == 1) {
            return RealSolutions.of(
                    left, right, names.getFirst(), allowed.getOrDefault(names.getFirst(), Allowed.ANY), budget);
        }
        List<Expr.Symbol> symbols = Stream.concat(Trees.symbols(left).stream(), Trees.symbols(right).stream())
                .toList();
        return RealZeros.isNowhereZero(new Expr.Sum(List.of(left, new Expr.Negation(right))), symbols, budget)
                ? new SolveOutcome.NoSolution("no real numbers make the sides equal")
                : new SolveOutcome.Undetermined("no symbol can be isolated");
    }

    private static Map<String, Assumption> kinds(Map<String, Allowed> allowed) {
        return allowed.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().kind()));
    }

    private static Optional<SolveOutcome> polynomial(Fraction difference, String name, Allowed allowed, Budget budget) {
        Optional<UnivariatePolynomial> numerator = UnivariatePolynomial.of(difference.numerator(), name);
        if (numerator.isEmpty()) {
            return Optional.empty();
        }
        List<Root> roots = new ArrayList<>(Roots.of(numerator.get(), budget));
        for (Fraction.Divisor divisor : difference.divisors().values()) {
            Optional<UnivariatePolynomial> pole = UnivariatePolynomial.of(divisor.polynomial(), name);
            if (pole.isPresent()) {
                List<Root> poles = Roots.of(pole.get(), budget);
                roots.removeIf(root -> poles.stream().anyMatch(p -> p.text().equals(root.text())));
            }
        }
        if (!allowed.isAny()) {
            roots.removeIf(
                    root -> allowed.isReal() ? !root.isReal() || !allowed.holds(root.re()) : isExcluded(root, allowed));
        }
        if (allowed.kind().isInteger()) {
            roots.removeIf(root -> !(root instanceof Root.Exact(Rational value) && value.isInteger()));
        }
        if (roots.isEmpty()) {
            return Optional.of(new SolveOutcome.NoSolution("no " + allowed.text(name) + " makes the sides equal"));
        }
        roots.sort((a, b) -> Boolean.compare(!a.isReal(), !b.isReal()));
        boolean exact = roots.stream().noneMatch(root -> root instanceof Root.Numeric);
        List<String> values = roots.stream().limit(MAX_VALUES).map(Root::text).toList();
        boolean complete = roots.size() <= MAX_VALUES;
        return Optional.of(new SolveOutcome.Values(
                name,
                values,
                exact ? SolveOutcome.Values.Certainty.EXACT : SolveOutcome.Values.Certainty.SEEN,
                complete,
                exact ? 0 : residual(numerator.get(), roots),
                complete ? nothingElse(roots, allowed, name) : "there may be more solutions",
                roots.stream().anyMatch(Root::isReal)));
    }

    private static boolean isExcluded(Root root, Allowed allowed) {
        return root.isReal() && !allowed.holds(root.re());
    }

    private static String nothingElse(List<Root> roots, Allowed allowed, String name) {
        String count = roots.size() == 1 ? "one value" : roots.size() + " values";
        String real = roots.stream().noneMatch(Root::isReal) ? "; no real number solves it" : "";
        return allowed.isAny()
                ? "nothing else does (" + count + ")" + real
                : "no other " + allowed.text(name) + " does";
    }

    /** The largest |p(x)| at the numeric real roots, relative to the terms there. */
    private static double residual(UnivariatePolynomial polynomial, List<Root> roots) {
        double worst = 0;
        for (Root root : roots) {
            if (root instanceof Root.Numeric && root.isReal()) {
                double value = 0;
                double size = 0;
                for (int i = polynomial.degree(); i >= 0; i--) {
                    double c = polynomial.coefficients().get(i).doubleValue();
                    value = value * root.re() + c;
                    size = size * Math.abs(root.re()) + Math.abs(c);
                }
                worst = Math.max(worst, Math.abs(value) / size);
            }
        }
        return worst;
    }
}
