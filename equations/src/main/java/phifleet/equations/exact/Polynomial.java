package phifleet.equations.exact;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import phifleet.equations.budget.Budget;

/** A sum of rational numbers times monomials, whose exponents may be negative and fractional. Immutable, equal by content. */
public final class Polynomial {
    /** Terms in one polynomial, at most; more is refused with {@link TooComplex}. */
    static final int MAX_TERMS = 2_000;

    /** Characters in the spelling of one form; more is refused with {@link TooComplex}. */
    static final int MAX_SPELLING = 4_000;

    public static final Polynomial ZERO = new Polynomial(new TreeMap<>());
    public static final Polynomial ONE = of(Rational.ONE);

    private final SortedMap<Monomial, Rational> terms;

    private Polynomial(SortedMap<Monomial, Rational> terms) {
        if (terms.size() > MAX_TERMS) {
            throw new TooComplex("polynomial of more than " + MAX_TERMS + " terms");
        }
        this.terms = terms;
    }

    static Polynomial of(Rational number) {
        return of(number, Monomial.ONE);
    }

    static Polynomial of(Monomial monomial) {
        return of(Rational.ONE, monomial);
    }

    static Polynomial of(Rational coefficient, Monomial monomial) {
        TreeMap<Monomial, Rational> terms = new TreeMap<>();
        if (!coefficient.isZero()) {
            terms.put(monomial, coefficient);
        }
        return new Polynomial(terms);
    }

    static Polynomial of(Monomial.Term term) {
        return of(term.coefficient(), term.monomial());
    }

    /** The coefficients by monomial, in the order of monomials. */
    public SortedMap<Monomial, Rational> terms() {
        return Collections.unmodifiableSortedMap(terms);
    }

    public boolean isZero() {
        return terms.isEmpty();
    }

    public boolean isOne() {
        return equals(ONE);
    }

    public int size() {
        return terms.size();
    }

    /** The value, where it is a rational number. */
    public Optional<Rational> asRational() {
        if (terms.isEmpty()) {
            return Optional.of(Rational.ZERO);
        }
        return terms.size() == 1 && terms.firstKey().isOne()
                ? Optional.of(terms.firstEntry().getValue())
                : Optional.empty();
    }

    /** The only term, where there is exactly one. */
    public Optional<Monomial.Term> asTerm() {
        return terms.size() == 1
                ? Optional.of(new Monomial.Term(terms.firstEntry().getValue(), terms.firstKey()))
                : Optional.empty();
    }

    Monomial.Term leading() {
        return new Monomial.Term(terms.lastEntry().getValue(), terms.lastKey());
    }

    Polynomial plus(Polynomial other) {
        TreeMap<Monomial, Rational> sum = new TreeMap<>(terms);
        other.terms.forEach((monomial, coefficient) -> add(sum, monomial, coefficient));
        return new Polynomial(sum);
    }

    Polynomial minus(Polynomial other) {
        return plus(other.times(Rational.MINUS_ONE));
    }

    Polynomial times(Rational number) {
        if (number.equals(Rational.ONE)) {
            return this;
        }
        TreeMap<Monomial, Rational> product = new TreeMap<>();
        if (!number.isZero()) {
            terms.forEach((monomial, coefficient) -> product.put(monomial, coefficient.times(number)));
        }
        return new Polynomial(product);
    }

    Polynomial times(Monomial.Term term) {
        TreeMap<Monomial, Rational> product = new TreeMap<>();
        terms.forEach((monomial, coefficient) -> addProduct(product, monomial, coefficient, term));
        return new Polynomial(product);
    }

    Polynomial times(Polynomial other, Budget budget) {
        if (isZero() || other.isZero()) {
            return ZERO;
        }
        budget.spend(2L * size() * other.size() * (1 + (bits() + other.bits()) / 128));
        TreeMap<Monomial, Rational> product = new TreeMap<>();
        for (Map.Entry<Monomial, Rational> entry : other.terms.entrySet()) {
            Monomial.Term term = new Monomial.Term(entry.getValue(), entry.getKey());
            terms.forEach((monomial, coefficient) -> addProduct(product, monomial, coefficient, term));
            if (product.size() > MAX_TERMS) {
                throw new TooComplex("polynomial of more than " + MAX_TERMS + " terms");
            }
        }
        return new Polynomial(product);
    }

    private static void addProduct(
            Map<Monomial, Rational> sum, Monomial monomial, Rational coefficient, Monomial.Term term) {
        Monomial.Term product = monomial.times(term.monomial());
        add(sum, product.monomial(), coefficient.times(term.coefficient()).times(product.coefficient()));
    }

    private static void add(Map<Monomial, Rational> sum, Monomial monomial, Rational coefficient) {
        Rational before = sum.get(monomial);
        Rational after = before == null ? coefficient : before.plus(coefficient);
        if (after.isZero()) {
            sum.remove(monomial);
        } else {
            sum.put(monomial, after);
        }
    }

    /** The length of the longest coefficient, in bits; 0 where all fit into ints. */
    private int bits() {
        int bits = 0;
        for (Rational coefficient : terms.values()) {
            bits = Math.max(bits, coefficient.bits());
        }
        return bits;
    }

    /** Each term replaced by what {@code f} makes of it. */
    Polynomial mapTerms(Function<Monomial.Term, Polynomial> f) {
        Polynomial sum = ZERO;
        for (Map.Entry<Monomial, Rational> entry : terms.entrySet()) {
            sum = sum.plus(f.apply(new Monomial.Term(entry.getValue(), entry.getKey())));
        }
        return sum;
    }

    /** Whether every kernel is a number. */
    public boolean isNumber() {
        return terms.keySet().stream().allMatch(Monomial::isNumber);
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof Polynomial other && terms.equals(other.terms);
    }

    @Override
    public int hashCode() {
        return terms.hashCode();
    }

    /** Such as {@code 1/2*m*v^2+E}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        spell(text);
        return text.toString();
    }

    /** Appends the spelling; one that grows too long is refused with {@link TooComplex}. */
    void spell(StringBuilder text) {
        int start = text.length();
        for (Map.Entry<Monomial, Rational> term : terms.entrySet()) {
            Rational coefficient = term.getValue();
            if (text.length() > start && coefficient.signum() > 0) {
                text.append('+');
            }
            if (term.getKey().isOne()) {
                text.append(coefficient);
            } else {
                if (coefficient.equals(Rational.MINUS_ONE)) {
                    text.append('-');
                } else if (!coefficient.equals(Rational.ONE)) {
                    text.append(coefficient).append('*');
                }
                term.getKey().spell(text);
            }
            if (text.length() > MAX_SPELLING) {
                throw new TooComplex("a form of more than " + MAX_SPELLING + " characters");
            }
        }
        if (text.length() == start) {
            text.append('0');
        }
    }
}
