package phifleet.equations.solve;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import phifleet.equations.exact.Kernel;
import phifleet.equations.exact.Monomial;
import phifleet.equations.exact.Polynomial;
import phifleet.equations.exact.Rational;

/**
 * A polynomial in one unknown with rational coefficients, lowest first, without a leading zero; the zero polynomial has none. Immutable.
 *
 * @param coefficients by power
 */
public record UnivariatePolynomial(List<Rational> coefficients) {
    /** The highest degree: the work grows with its square. */
    static final int MAX_DEGREE = 60;

    public UnivariatePolynomial {
        List<Rational> trimmed = new ArrayList<>(coefficients);
        while (!trimmed.isEmpty() && trimmed.getLast().isZero()) {
            trimmed.removeLast();
        }
        coefficients = List.copyOf(trimmed);
    }

    /**
     * Of a normal form, where it is one.
     *
     * @param name the unknown; negative powers of it are multiplied away
     */
    static Optional<UnivariatePolynomial> of(Polynomial polynomial, String name) {
        Kernel unknown = Kernel.named(name);
        int lowest = 0;
        int highest = 0;
        for (Monomial monomial : polynomial.terms().keySet()) {
            Rational exponent = monomial.exponent(unknown);
            boolean alone =
                    monomial.isOne() || (monomial.factors().size() == 1 && !exponent.isZero() && exponent.isInteger());
            if (!alone || exponent.asInt().isEmpty()) {
                return Optional.empty();
            }
            lowest = Math.min(lowest, exponent.asInt().get());
            highest = Math.max(highest, exponent.asInt().get());
        }
        if ((long) highest - lowest > MAX_DEGREE) {
            return Optional.empty();
        }
        List<Rational> coefficients = new ArrayList<>();
        for (int i = lowest; i <= highest; i++) {
            coefficients.add(Rational.ZERO);
        }
        for (Map.Entry<Monomial, Rational> term : polynomial.terms().entrySet()) {
            int power = term.getKey().exponent(unknown).asInt().orElseThrow();
            coefficients.set(power - lowest, term.getValue());
        }
        return Optional.of(new UnivariatePolynomial(coefficients));
    }

    public int degree() {
        return coefficients.size() - 1;
    }

    boolean isZero() {
        return coefficients.isEmpty();
    }

    Rational leading() {
        return coefficients.getLast();
    }

    /** The exact value at {@code x}. */
    Rational at(Rational x) {
        Rational value = Rational.ZERO;
        for (int i = degree(); i >= 0; i--) {
            value = value.times(x).plus(coefficients.get(i));
        }
        return value;
    }

    UnivariatePolynomial derivative() {
        List<Rational> result = new ArrayList<>();
        for (int i = 1; i <= degree(); i++) {
            result.add(coefficients.get(i).times(Rational.of(i)));
        }
        return new UnivariatePolynomial(result);
    }

    /** Quotient and remainder. */
    List<UnivariatePolynomial> divide(UnivariatePolynomial divisor) {
        List<Rational> rest = new ArrayList<>(coefficients);
        List<Rational> quotient = new ArrayList<>();
        for (int i = 0; i <= degree() - divisor.degree(); i++) {
            quotient.add(Rational.ZERO);
        }
        for (int i = degree(); i >= divisor.degree(); i--) {
            Rational factor = rest.get(i).dividedBy(divisor.leading());
            quotient.set(i - divisor.degree(), factor);
            for (int j = 0; j <= divisor.degree() && !factor.isZero(); j++) {
                int at = i - divisor.degree() + j;
                rest.set(at, rest.get(at).minus(factor.times(divisor.coefficients.get(j))));
            }
        }
        return List.of(new UnivariatePolynomial(quotient), new UnivariatePolynomial(rest));
    }

    /** The polynomial with the same roots, each once. */
    UnivariatePolynomial squareFree() {
        UnivariatePolynomial a = this;
        UnivariatePolynomial b = derivative();
        while (!b.isZero()) {
            UnivariatePolynomial rest = a.divide(b).get(1).monic();
            a = b;
            b = rest;
        }
        return a.degree() <= 0 ? this : divide(a).getFirst();
    }

    UnivariatePolynomial monic() {
        return isZero()
                ? this
                : new UnivariatePolynomial(
                        coefficients.stream().map(c -> c.dividedBy(leading())).toList());
    }
}
