package phifleet.equations.exact;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A product of kernels with rational exponents, none of them 0. Immutable, equal by content.
 *
 * <p>The order is lexicographic by kernels and exponents; it is kept by multiplication.
 */
public final class Monomial implements Comparable<Monomial> {
    /** Kernels in one product; more is refused with {@link TooComplex}. */
    private static final int MAX_FACTORS = 64;

    public static final Monomial ONE = new Monomial(List.of());

    private final List<Factor> factors;
    private final int hash;

    /** A kernel and its exponent, which is not 0. */
    public record Factor(Kernel kernel, Rational exponent) {}

    /** A number times a monomial. */
    public record Term(Rational coefficient, Monomial monomial) {}

    private Monomial(List<Factor> factors) {
        if (factors.size() > MAX_FACTORS) {
            throw new TooComplex("a product of more than " + MAX_FACTORS + " factors");
        }
        this.factors = factors;
        this.hash = factors.hashCode();
    }

    static Monomial of(Kernel kernel) {
        return of(kernel, Rational.ONE);
    }

    /** The plain power, without any rule applied. */
    static Monomial of(Kernel kernel, Rational exponent) {
        return exponent.isZero() ? ONE : new Monomial(List.of(new Factor(kernel, exponent)));
    }

    /** The factors in the order of their kernels. */
    public List<Factor> factors() {
        return factors;
    }

    /** The exponent of {@code kernel}, 0 where it is absent. */
    public Rational exponent(Kernel kernel) {
        for (Factor factor : factors) {
            if (factor.kernel().equals(kernel)) {
                return factor.exponent();
            }
        }
        return Rational.ZERO;
    }

    public boolean isOne() {
        return factors.isEmpty();
    }

    /** Whether every kernel is a number. */
    public boolean isNumber() {
        return factors.stream().allMatch(factor -> factor.kernel().isNumber());
    }

    /** The product, with roots of −1 and of primes brought back into range. */
    Term times(Monomial other) {
        if (isOne()) {
            return new Term(Rational.ONE, other);
        }
        if (other.isOne()) {
            return new Term(Rational.ONE, this);
        }
        List<Factor> product = new ArrayList<>(factors.size() + other.factors.size());
        Rational coefficient = Rational.ONE;
        int i = 0;
        int j = 0;
        while (i < factors.size() || j < other.factors.size()) {
            Factor a = i < factors.size() ? factors.get(i) : null;
            Factor b = j < other.factors.size() ? other.factors.get(j) : null;
            int order = a == null ? 1 : b == null ? -1 : a.kernel().compareTo(b.kernel());
            if (order < 0 && a != null) {
                product.add(a);
                i++;
            } else if (order > 0 && b != null) {
                product.add(b);
                j++;
            } else if (a != null && b != null) {
                coefficient =
                        coefficient.times(push(product, a.kernel(), a.exponent().plus(b.exponent())));
                i++;
                j++;
            }
        }
        return new Term(coefficient, product.isEmpty() ? ONE : new Monomial(List.copyOf(product)));
    }

    /** Adds the factor with its exponent in range; the number that leaves the range is returned. */
    private static Rational push(List<Factor> product, Kernel kernel, Rational exponent) {
        Rational rest = exponent;
        Rational number = Rational.ONE;
        if (kernel instanceof Kernel.MinusOne) {
            rest = exponent.fraction();
            number = exponent.floor().testBit(0) ? Rational.MINUS_ONE : Rational.ONE;
        } else if (kernel instanceof Kernel.Prime prime) {
            rest = exponent.fraction();
            number =
                    Rational.of(prime.value()).pow(Rational.of(exponent.floor()).toInt());
        }
        if (!rest.isZero()) {
            product.add(new Factor(kernel, rest));
        }
        return number;
    }

    /** Every exponent multiplied; for −1 and primes only where the result is brought back into range. */
    Term power(Rational exponent) {
        List<Factor> power = new ArrayList<>(factors.size());
        Rational coefficient = Rational.ONE;
        for (Factor factor : factors) {
            coefficient = coefficient.times(
                    push(power, factor.kernel(), factor.exponent().times(exponent)));
        }
        return new Term(coefficient, power.isEmpty() ? ONE : new Monomial(List.copyOf(power)));
    }

    /** Only the factors whose kernel passes. */
    Monomial only(Predicate<Kernel> test) {
        List<Factor> kept =
                factors.stream().filter(factor -> test.test(factor.kernel())).toList();
        return kept.isEmpty() ? ONE : kept.size() == factors.size() ? this : new Monomial(kept);
    }

    @Override
    public int compareTo(Monomial other) {
        int i = 0;
        int j = 0;
        while (i < factors.size() || j < other.factors.size()) {
            Factor a = i < factors.size() ? factors.get(i) : null;
            Factor b = j < other.factors.size() ? other.factors.get(j) : null;
            int order = a == null ? 1 : b == null ? -1 : a.kernel().compareTo(b.kernel());
            if (order < 0 && a != null) {
                return a.exponent().signum();
            }
            if (order > 0 && b != null) {
                return -b.exponent().signum();
            }
            if (a != null && b != null) {
                int byExponent = a.exponent().compareTo(b.exponent());
                if (byExponent != 0) {
                    return byExponent;
                }
            }
            i++;
            j++;
        }
        return 0;
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof Monomial other && hash == other.hash && factors.equals(other.factors);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** Such as {@code c^2*m}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        spell(text);
        return text.toString();
    }

    void spell(StringBuilder text) {
        String separator = "";
        for (Factor factor : factors) {
            text.append(separator).append(factor.kernel().key());
            if (!factor.exponent().equals(Rational.ONE)) {
                text.append('^').append(factor.exponent());
            }
            separator = "*";
        }
        if (factors.isEmpty()) {
            text.append('1');
        }
    }
}
