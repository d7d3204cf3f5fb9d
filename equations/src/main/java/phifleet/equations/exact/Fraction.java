package phifleet.equations.exact;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A polynomial over a product of polynomials: the normal form of an expression. Immutable.
 *
 * <p>The denominators are primitive (leading coefficient 1, no common monomial), have at least two terms each, and divide the numerator
 * nowhere that exact division could see. Two fractions of one value may still look different; {@link FractionField#isZero} of their
 * difference decides.
 */
public final class Fraction {
    public static final Fraction ZERO = of(Polynomial.ZERO);
    public static final Fraction ONE = of(Polynomial.ONE);

    private final Polynomial numerator;
    private final SortedMap<String, Divisor> divisors;

    /** A polynomial in the denominator and how often it stands there, at least once. */
    public record Divisor(Polynomial polynomial, int times) {}

    private Fraction(Polynomial numerator, SortedMap<String, Divisor> divisors) {
        this.numerator = numerator;
        this.divisors = divisors;
    }

    static Fraction of(Polynomial numerator) {
        return new Fraction(numerator, new TreeMap<>());
    }

    static Fraction of(Rational number) {
        return of(Polynomial.of(number));
    }

    static Fraction of(Kernel kernel) {
        return of(Polynomial.of(Monomial.of(kernel)));
    }

    static Fraction of(Polynomial numerator, Map<String, Divisor> divisors) {
        return new Fraction(numerator, numerator.isZero() ? new TreeMap<>() : new TreeMap<>(divisors));
    }

    public Polynomial numerator() {
        return numerator;
    }

    /** The denominators by their spelling. */
    public SortedMap<String, Divisor> divisors() {
        return Collections.unmodifiableSortedMap(divisors);
    }

    public boolean isPolynomial() {
        return divisors.isEmpty();
    }

    /** The value, where it is plainly a rational number. */
    public Optional<Rational> asRational() {
        return isPolynomial() ? numerator.asRational() : Optional.empty();
    }

    /** Whether every kernel is a number. */
    public boolean isNumber() {
        return numerator.isNumber()
                && divisors.values().stream()
                        .allMatch(divisor -> divisor.polynomial().isNumber());
    }

    Fraction times(Rational number) {
        return of(numerator.times(number), divisors);
    }

    Fraction negate() {
        return times(Rational.MINUS_ONE);
    }

    /** A spelling that is equal for equal normal forms. */
    String key() {
        StringBuilder key = new StringBuilder();
        spell(key);
        return key.toString();
    }

    void spell(StringBuilder text) {
        if (divisors.isEmpty()) {
            numerator.spell(text);
            return;
        }
        text.append('(');
        numerator.spell(text);
        text.append(')');
        for (Map.Entry<String, Divisor> divisor : divisors.entrySet()) {
            text.append("/(")
                    .append(divisor.getKey())
                    .append(")^")
                    .append(divisor.getValue().times());
        }
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof Fraction other
                && numerator.equals(other.numerator)
                && divisors.keySet().equals(other.divisors.keySet())
                && divisors.entrySet().stream()
                        .allMatch(entry -> entry.getValue().equals(other.divisors.get(entry.getKey())));
    }

    @Override
    public int hashCode() {
        return numerator.hashCode() * 31 + divisors.keySet().hashCode();
    }

    @Override
    public String toString() {
        return key();
    }
}
