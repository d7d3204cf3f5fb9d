package phifleet.equations.law;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import phifleet.equations.exact.CanonicalEquation;
import phifleet.equations.exact.Monomial;
import phifleet.equations.exact.Rational;

/**
 * The exponents of a law that is a product, {@code h = f L v²/(2 g D)}, all on one side. Numbers are left out.
 *
 * @param powers by the text of what is raised, none of them 0
 */
record LawExponents(Map<String, Rational> powers) {
    /** Of fewer letters another law may be meant where one exponent is another, and where two are exchanged. */
    private static final int FEWEST_FOR_ONE = 3;

    private static final int FEWEST_FOR_TWO = 4;

    LawExponents {
        powers = Map.copyOf(powers);
    }

    /** Empty exponents where it is a sum. */
    static LawExponents of(CanonicalEquation equation) {
        Map<String, Rational> powers = new TreeMap<>();
        List<Monomial> terms = new ArrayList<>(equation.polynomial().terms().keySet());
        if (terms.size() != 2) {
            return new LawExponents(powers);
        }
        for (int term = 0; term < 2; term++) {
            Rational side = term == 0 ? Rational.ONE : Rational.MINUS_ONE;
            for (Monomial.Factor factor : terms.get(term).factors()) {
                if (!factor.kernel().isNumber()) {
                    powers.merge(factor.kernel().key(), side.times(factor.exponent()), Rational::plus);
                }
            }
        }
        powers.values().removeIf(power -> power.signum() == 0);
        return new LawExponents(powers);
    }

    /** Whether one exponent is another, or two are exchanged, and all else is the same. */
    boolean isNearly(LawExponents other) {
        return !powers.isEmpty()
                && powers.keySet().equals(other.powers.keySet())
                && (isNearly(other.powers) || isNearly(other.turned()));
    }

    private Map<String, Rational> turned() {
        Map<String, Rational> turned = new TreeMap<>();
        powers.forEach((name, power) -> turned.put(name, power.negate()));
        return turned;
    }

    private boolean isNearly(Map<String, Rational> other) {
        Set<String> unlike = new TreeSet<>();
        powers.forEach((name, power) -> {
            if (!power.equals(other.get(name))) {
                unlike.add(name);
            }
        });
        if (unlike.size() == 1) {
            return powers.size() >= FEWEST_FOR_ONE;
        }
        if (unlike.size() != 2 || powers.size() < FEWEST_FOR_TWO) {
            return false;
        }
        List<String> names = List.copyOf(unlike);
        String first = names.getFirst();
        String second = names.getLast();
        return power(first).equals(other.get(second)) && power(second).equals(other.get(first));
    }

    private Rational power(String name) {
        return powers.getOrDefault(name, Rational.ZERO);
    }
}
