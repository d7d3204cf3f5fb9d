package phifleet.equations.law;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import phifleet.equations.exact.CanonicalEquation;
import phifleet.equations.exact.Monomial;
import phifleet.equations.exact.Rational;
import phifleet.equations.units.Dimension;

/** In what two equations of the same letters differ, where it is little: numbers, signs, or one exponent. */
final class LawDifference {
    record Found(LawMatch.Difference difference, String detail) {}

    /** A term without its numbers, and its numbers. */
    private record Term(Map<String, Rational> powers, String numbers, Rational coefficient) {}

    private LawDifference() {}

    static Optional<Found> between(LawForm equation, LawForm law) {
        if (!agree(equation.dimensions(), law.dimensions())) {
            return Optional.empty();
        }
        Map<Map<String, Rational>, Term> mine = terms(equation.canonical());
        Map<Map<String, Rational>, Term> its = terms(law.canonical());
        if (mine.size() != its.size()) {
            return Optional.empty();
        }
        return mine.keySet().equals(its.keySet()) ? numbers(mine, its) : exponent(mine, its);
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

    private static Map<Map<String, Rational>, Term> terms(CanonicalEquation equation) {
        Map<Map<String, Rational>, Term> terms = new HashMap<>();
        equation.polynomial().terms().forEach((monomial, coefficient) -> {
            Map<String, Rational> powers = new TreeMap<>();
            StringBuilder numbers = new StringBuilder();
            for (Monomial.Factor factor : monomial.factors()) {
                if (factor.kernel().isNumber()) {
                    numbers.append(factor);
                } else {
                    powers.put(factor.kernel().key(), factor.exponent());
                }
            }
            terms.put(powers, new Term(powers, numbers.toString(), coefficient));
        });
        return terms;
    }

    private static Optional<Found> numbers(
            Map<Map<String, Rational>, Term> mine, Map<Map<String, Rational>, Term> its) {
        boolean sign = false;
        boolean factor = false;
        @Nullable Rational reference = null;
        @Nullable String referenceNumbers = null;
        for (Map.Entry<Map<String, Rational>, Term> entry : mine.entrySet()) {
            Term one = entry.getValue();
            Term other = its.get(entry.getKey());
            if (other == null) {
                return Optional.empty();
            }
            Rational ratio = one.coefficient().dividedBy(other.coefficient());
            String numbers = one.numbers() + "/" + other.numbers();
            if (reference == null) {
                reference = ratio;
                referenceNumbers = numbers;
            } else {
                sign |= ratio.signum() != reference.signum();
                factor |= !ratio.abs().equals(reference.abs()) || !numbers.equals(referenceNumbers);
            }
        }
        if (factor) {
            return Optional.of(new Found(LawMatch.Difference.FACTOR, "has another numeric factor"));
        }
        return sign ? Optional.of(new Found(LawMatch.Difference.SIGN, "has another sign")) : Optional.empty();
    }

    private static Optional<Found> exponent(
            Map<Map<String, Rational>, Term> mine, Map<Map<String, Rational>, Term> its) {
        Map<Map<String, Rational>, Term> onlyMine = new HashMap<>(mine);
        onlyMine.keySet().removeAll(its.keySet());
        Map<Map<String, Rational>, Term> onlyIts = new HashMap<>(its);
        onlyIts.keySet().removeAll(mine.keySet());
        if (onlyMine.size() != 1 || onlyIts.size() != 1) {
            return Optional.empty();
        }
        Map<String, Rational> one = onlyMine.keySet().iterator().next();
        Map<String, Rational> other = onlyIts.keySet().iterator().next();
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
