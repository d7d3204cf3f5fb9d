package phifleet.equations.exact;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import phifleet.equations.budget.Budget;

/**
 * Numbers made of roots of −1 and square roots of integers, such as 2 cos(π/5) − (1 + √5)/2.
 *
 * <p>They are written as polynomials in one root of unity ζ = e^{2πi/n}, where √p is a Gauss sum: √2 = ζ₈ + ζ₈⁻¹, and for an odd prime
 * Σ (a/p) ζₚᵃ is √p where p mod 4 = 1 and i√p otherwise (Ireland and Rosen, "A Classical Introduction to Modern Number Theory", ch. 6).
 * Modulo the n-th cyclotomic polynomial such a form is unique, so the number is 0 exactly where the remainder is. Other kernels beside
 * them count as independent, which can miss a zero and never invents one.
 */
final class RootsOfUnity {
    /** The order of ζ, at most: the work grows with its square. */
    private static final int MAX_ORDER = 1_000;

    private final int order;
    private final Budget budget;
    private final Rational[] cyclotomic;

    private RootsOfUnity(int order, Budget budget) {
        this.order = order;
        this.budget = budget;
        this.cyclotomic = cyclotomic(order, budget);
    }

    static boolean isZero(Polynomial polynomial, Budget budget) {
        if (polynomial.isZero()) {
            return true;
        }
        boolean onlyRealAndImaginary = polynomial.terms().keySet().stream()
                .flatMap(monomial -> monomial.factors().stream())
                .noneMatch(factor -> factor.kernel() instanceof Kernel.MinusOne
                        && !factor.exponent().equals(Rational.HALF));
        if (onlyRealAndImaginary) {
            // Distinct products of real roots of primes, and i times them, are independent over Q (Besicovitch, 1940).
            return false;
        }
        Optional<Integer> order = order(polynomial);
        if (order.isEmpty()) {
            return false;
        }
        RootsOfUnity field = new RootsOfUnity(order.get(), budget);
        return field.coordinates(polynomial).values().stream()
                .allMatch(vector -> Arrays.stream(vector).allMatch(Rational::isZero));
    }

    /** {@code number} as a + b√5, where it lies in Q(√5). */
    static Optional<Sqrt5> asSqrt5(Polynomial number, Budget budget) {
        Optional<Integer> own = order(number);
        if (own.isEmpty() || lcm(own.get(), 5) > MAX_ORDER) {
            return Optional.empty();
        }
        RootsOfUnity field = new RootsOfUnity(lcm(own.get(), 5), budget);
        Map<Monomial, Rational[]> parts = field.coordinates(number);
        Rational[] root = field.coordinates(Polynomial.of(Sqrt5.ROOT)).get(Monomial.ONE);
        Rational[] value = parts.remove(Monomial.ONE);
        boolean others = parts.values().stream()
                .anyMatch(vector -> !Arrays.stream(vector).allMatch(Rational::isZero));
        if (others || root == null) {
            return Optional.empty();
        }
        if (value == null) {
            return Optional.of(Sqrt5.of(Rational.ZERO));
        }
        int pivot = 1;
        while (root[pivot].isZero()) {
            pivot++;
        }
        Rational b = value[pivot].dividedBy(root[pivot]);
        Rational a = value[0].minus(b.times(root[0]));
        for (int i = 1; i < value.length; i++) {
            if (!value[i].equals(b.times(root[i]))) {
                return Optional.empty();
            }
        }
        return Optional.of(new Sqrt5(a, b));
    }

    /** The order of a ζ in which all roots of −1, and all square roots of primes that fit, can be written. */
    private static Optional<Integer> order(Polynomial polynomial) {
        BigInteger order = BigInteger.TWO;
        for (Monomial monomial : polynomial.terms().keySet()) {
            for (Monomial.Factor factor : monomial.factors()) {
                if (factor.kernel() instanceof Kernel.MinusOne) {
                    order = lcm(order, factor.exponent().denominator().multiply(BigInteger.TWO));
                } else if (factor.kernel() instanceof Kernel.Prime prime
                        && factor.exponent().equals(Rational.HALF)) {
                    boolean small = prime.value().bitLength() < 10;
                    long p = small ? prime.value().longValue() : 0;
                    if (small) {
                        order = lcm(order, BigInteger.valueOf(p == 2 ? 8 : p % 4 == 1 ? p : 4 * p));
                    }
                }
                if (order.bitLength() > 10 || order.intValue() > MAX_ORDER) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(order.intValue());
    }

    private static int lcm(int a, int b) {
        return lcm(BigInteger.valueOf(a), BigInteger.valueOf(b)).intValue();
    }

    private static BigInteger lcm(BigInteger a, BigInteger b) {
        return a.divide(a.gcd(b)).multiply(b);
    }

    /** For each product of the other kernels its factor, as a remainder modulo the cyclotomic polynomial. */
    private Map<Monomial, Rational[]> coordinates(Polynomial polynomial) {
        Map<Monomial, Rational[]> byRest = new TreeMap<>();
        for (Map.Entry<Monomial, Rational> entry : polynomial.terms().entrySet()) {
            Rational[] value = zeros(order);
            value[0] = entry.getValue();
            Monomial rest = entry.getKey();
            for (Monomial.Factor factor : entry.getKey().factors()) {
                Optional<Rational[]> number = inField(factor);
                if (number.isPresent()) {
                    value = times(value, number.get());
                    rest = rest.only(kernel -> !kernel.equals(factor.kernel()));
                }
            }
            Rational[] sum = byRest.computeIfAbsent(rest, r -> zeros(order));
            for (int i = 0; i < order; i++) {
                sum[i] = sum[i].plus(value[i]);
            }
        }
        byRest.replaceAll((rest, value) -> remainder(value, cyclotomic, budget));
        return byRest;
    }

    private Optional<Rational[]> inField(Monomial.Factor factor) {
        if (factor.kernel() instanceof Kernel.MinusOne) {
            return Optional.of(
                    power(factor.exponent().times(Rational.of(order / 2)).toInt()));
        }
        if (!(factor.kernel() instanceof Kernel.Prime prime)
                || !factor.exponent().equals(Rational.HALF)
                || prime.value().bitLength() >= 10) {
            return Optional.empty();
        }
        int p = prime.value().intValueExact();
        if (p == 2) {
            Rational[] root = power(order / 8);
            root[order - order / 8] = Rational.ONE;
            return Optional.of(root);
        }
        Rational[] root = zeros(order);
        int turn = p % 4 == 1 ? 0 : order - order / 4;
        for (int a = 1; a < p; a++) {
            int at = (int) (((long) a * (order / p) + turn) % order);
            root[at] = root[at].plus(isSquare(a, p) ? Rational.ONE : Rational.MINUS_ONE);
        }
        return Optional.of(root);
    }

    private static boolean isSquare(int a, int p) {
        return BigInteger.valueOf(a)
                .modPow(BigInteger.valueOf((p - 1) / 2), BigInteger.valueOf(p))
                .equals(BigInteger.ONE);
    }

    private Rational[] power(int exponent) {
        Rational[] power = zeros(order);
        power[Math.floorMod(exponent, order)] = Rational.ONE;
        return power;
    }

    private Rational[] times(Rational[] a, Rational[] b) {
        Rational[] product = zeros(order);
        for (int i = 0; i < order; i++) {
            if (a[i].isZero()) {
                continue;
            }
            budget.spend(order / 8 + 1L);
            for (int j = 0; j < order; j++) {
                if (!b[j].isZero()) {
                    int at = (i + j) % order;
                    product[at] = product[at].plus(a[i].times(b[j]));
                }
            }
        }
        return product;
    }

    private static Rational[] zeros(int length) {
        Rational[] zeros = new Rational[length];
        Arrays.fill(zeros, Rational.ZERO);
        return zeros;
    }

    /** The remainder by a monic polynomial, lowest coefficient first. */
    private static Rational[] remainder(Rational[] dividend, Rational[] divisor, Budget budget) {
        Rational[] rest = dividend.clone();
        int degree = divisor.length - 1;
        for (int i = rest.length - 1; i >= degree; i--) {
            Rational factor = rest[i];
            if (factor.isZero()) {
                continue;
            }
            budget.spend(degree / 4 + 1L);
            for (int j = 0; j <= degree; j++) {
                rest[i - degree + j] = rest[i - degree + j].minus(factor.times(divisor[j]));
            }
        }
        return Arrays.copyOf(rest, Math.min(degree, rest.length));
    }

    /** Φₙ: xⁿ − 1 divided by Φ_d for every smaller divisor d of n. */
    private static Rational[] cyclotomic(int n, Budget budget) {
        List<Integer> divisors = new ArrayList<>();
        for (int d = 1; d <= n; d++) {
            if (n % d == 0) {
                divisors.add(d);
            }
        }
        Map<Integer, long[]> known = new TreeMap<>();
        for (int d : divisors) {
            long[] polynomial = new long[d + 1];
            polynomial[0] = -1;
            polynomial[d] = 1;
            for (int smaller : divisors) {
                long[] factor = known.get(smaller);
                if (factor != null && d % smaller == 0) {
                    budget.spend(d);
                    polynomial = quotient(polynomial, factor);
                }
            }
            known.put(d, polynomial);
        }
        long[] last = Objects.requireNonNull(known.get(n));
        return Arrays.stream(last).mapToObj(Rational::of).toArray(Rational[]::new);
    }

    private static long[] quotient(long[] dividend, long[] monic) {
        long[] rest = dividend.clone();
        int degree = monic.length - 1;
        long[] quotient = new long[dividend.length - degree];
        for (int i = dividend.length - 1; i >= degree; i--) {
            long factor = rest[i];
            quotient[i - degree] = factor;
            for (int j = 0; j <= degree && factor != 0; j++) {
                rest[i - degree + j] -= factor * monic[j];
            }
        }
        return quotient;
    }
}
