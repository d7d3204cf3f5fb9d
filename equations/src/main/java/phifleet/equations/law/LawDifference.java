package phifleet.equations.law;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.exact.CanonicalEquation;
import phifleet.equations.exact.Kernel;
import phifleet.equations.exact.Monomial;
import phifleet.equations.exact.Rational;
import phifleet.equations.units.Dimension;

/**
 * In what two equations of the same letters differ, where it is little: numbers, signs, or one exponent. The numbers of a
 * term (its coefficient, roots, π) are compared in floating point, as ratios: an equation times √2 is the same equation.
 */
final class LawDifference {
    /** Relative rounding error that is forgiven. */
    private static final double TOLERANCE = 1e-12;

    record Found(LawMatch.Difference difference, String detail) {}

    private LawDifference() {}

    /** Whether two equations are the same but for a common numeric factor. */
    static boolean isNone(CanonicalEquation mine, CanonicalEquation its) {
        if (mine.equals(its)) {
            return true;
        }
        Map<Map<String, Rational>, Double> one = terms(mine);
        Map<Map<String, Rational>, Double> other = terms(its);
        return one.keySet().equals(other.keySet()) && numbers(one, other).isEmpty();
    }

    static Optional<Found> between(LawForm equation, LawForm law) {
        if (!agree(equation.dimensions(), law.dimensions())) {
            return Optional.empty();
        }
        Map<Map<String, Rational>, Double> mine = terms(equation.canonical());
        Map<Map<String, Rational>, Double> its = terms(law.canonical());
        if (mine.size() != its.size()) {
            return Optional.empty();
        }
        return mine.keySet().equals(its.keySet()) ? numbers(mine, its) : exponent(mine.keySet(), its.keySet());
    }

    /** Whether no symbol has two dimensions. */
    static boolean agree(Map<String, Dimension> mine, Map<String, Dimension> its) {
        for (Map.Entry<String, Dimension> entry : mine.entrySet()) {
            if (!entry.getValue().equals(its.get(entry.getKey()))) {
                return false;
            }
        }
        return true;
    }

    /** The numeric factor of each product of symbols. */
    private static Map<Map<String, Rational>, Double> terms(CanonicalEquation equation) {
        Map<Map<String, Rational>, Double> terms = new HashMap<>();
        equation.polynomial().terms().forEach((monomial, coefficient) -> {
            Map<String, Rational> powers = new TreeMap<>();
            double number = coefficient.doubleValue();
            for (Monomial.Factor factor : monomial.factors()) {
                double value = value(factor.kernel());
                if (Double.isNaN(value)) {
                    powers.put(factor.kernel().key(), factor.exponent());
                } else {
                    number *= Math.pow(value, factor.exponent().doubleValue());
                }
            }
            terms.merge(powers, number, Double::sum);
        });
        return terms;
    }

    /** The value of a positive real number, NaN for all else. */
    private static double value(Kernel kernel) {
        return switch (kernel) {
            case Kernel.Prime(var prime) -> prime.doubleValue();
            case Kernel.MathConstant(Expr.Constant constant) ->
                switch (constant) {
                    case PI -> Math.PI;
                    case E -> Math.E;
                    case GOLDEN, I, INFINITY -> Double.NaN;
                };
            case Kernel.MinusOne _, Kernel.Named _, Kernel.Exponential _, Kernel.Radicand _, Kernel.Applied _ ->
                Double.NaN;
        };
    }

    /** In which numbers or signs two equations differ whose terms are of the same symbols; empty where in others, or in none. */
    static Optional<Found> ofNumbers(CanonicalEquation mine, CanonicalEquation its) {
        Map<Map<String, Rational>, Double> one = terms(mine);
        Map<Map<String, Rational>, Double> other = terms(its);
        return one.keySet().equals(other.keySet()) ? numbers(one, other) : Optional.empty();
    }

    /** The numbers of one equation over those of the other, term by term, up to a common one: alike where two equations differ alike from a third. */
    static String ratios(CanonicalEquation mine, CanonicalEquation its) {
        Map<Map<String, Rational>, Double> other = terms(its);
        List<Double> ratios = new ArrayList<>();
        terms(mine).forEach((powers, number) -> ratios.add(number / other.getOrDefault(powers, Double.NaN)));
        double first = ratios.stream().mapToDouble(Math::abs).max().orElse(1);
        return ratios.stream()
                .map(ratio -> String.format(Locale.ROOT, "%.9f", ratio / first))
                .sorted()
                .toList()
                .toString();
    }

    private static Optional<Found> numbers(
            Map<Map<String, Rational>, Double> mine, Map<Map<String, Rational>, Double> its) {
        boolean sign = false;
        double reference = Double.NaN;
        for (Map.Entry<Map<String, Rational>, Double> entry : mine.entrySet()) {
            double ratio = entry.getValue() / its.getOrDefault(entry.getKey(), Double.NaN);
            reference = Double.isNaN(reference) ? ratio : reference;
            if (Math.abs(Math.abs(ratio / reference) - 1) > TOLERANCE) {
                return Optional.of(new Found(LawMatch.Difference.FACTOR, "has another numeric factor"));
            }
            sign |= ratio / reference < 0;
        }
        return sign ? Optional.of(new Found(LawMatch.Difference.SIGN, "has another sign")) : Optional.empty();
    }

    private static Optional<Found> exponent(Set<Map<String, Rational>> mine, Set<Map<String, Rational>> its) {
        Set<Map<String, Rational>> onlyMine = new HashSet<>(mine);
        onlyMine.removeAll(its);
        Set<Map<String, Rational>> onlyIts = new HashSet<>(its);
        onlyIts.removeAll(mine);
        if (onlyMine.size() != 1 || onlyIts.size() != 1) {
            return Optional.empty();
        }
        Map<String, Rational> one = onlyMine.iterator().next();
        Map<String, Rational> other = onlyIts.iterator().next();
        if (!one.keySet().equals(other.keySet())) {
            return Optional.empty();
        }
        @Nullable Found found = null;
        for (Map.Entry<String, Rational> power : one.entrySet()) {
            Rational expected = other.getOrDefault(power.getKey(), Rational.ZERO);
            if (!power.getValue().equals(expected)) {
                if (found != null) {
                    return Optional.empty();
                }
                found = new Found(
                        LawMatch.Difference.EXPONENT,
                        "has " + power.getKey() + "^" + expected + ", not " + power.getKey() + "^" + power.getValue());
            }
        }
        return Optional.ofNullable(found);
    }
}
