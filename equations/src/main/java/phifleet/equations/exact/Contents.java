package phifleet.equations.exact;

import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;

/** What the terms of a polynomial have in common. */
final class Contents {
    private Contents() {}

    /** The product of kernels, to their smallest exponents, that divides every term; roots of numbers and of sums stay inside. */
    static Monomial monomial(Polynomial polynomial) {
        TreeMap<Kernel, Rational> least = new TreeMap<>();
        Map<Kernel, Integer> count = new TreeMap<>();
        for (Monomial monomial : polynomial.terms().keySet()) {
            for (Monomial.Factor factor : monomial.factors()) {
                least.merge(factor.kernel(), factor.exponent(), (a, b) -> a.compareTo(b) <= 0 ? a : b);
                count.merge(factor.kernel(), 1, Integer::sum);
            }
        }
        Monomial content = Monomial.ONE;
        for (Map.Entry<Kernel, Rational> entry : least.entrySet()) {
            Kernel kernel = entry.getKey();
            boolean inside = kernel instanceof Kernel.Prime
                    || kernel instanceof Kernel.MinusOne
                    || kernel instanceof Kernel.Radicand;
            // A term without the kernel holds its power 0.
            boolean everywhere = count.getOrDefault(kernel, 0) == polynomial.size();
            if (!inside && (everywhere || entry.getValue().signum() < 0)) {
                content = content.times(Monomial.of(kernel, entry.getValue())).monomial();
            }
        }
        return content;
    }

    /** The positive rational number that leaves coprime integers. */
    static Rational number(Polynomial polynomial) {
        BigInteger numerators = BigInteger.ZERO;
        BigInteger denominators = BigInteger.ONE;
        for (Rational coefficient : polynomial.terms().values()) {
            numerators = numerators.gcd(coefficient.numerator());
            BigInteger denominator = coefficient.denominator();
            denominators = denominators.divide(denominators.gcd(denominator)).multiply(denominator);
            if (denominators.bitLength() > Rational.MAX_BITS) {
                throw new TooComplex("number of more than " + Rational.MAX_BITS + " bits");
            }
        }
        return numerators.signum() == 0 ? Rational.ONE : Rational.of(numerators, denominators);
    }

    /** The primes of {@code value} with their exponents; a factor without a prime divisor below 10,000 counts as one. */
    static Map<BigInteger, Integer> primes(BigInteger value) {
        Map<BigInteger, Integer> primes = new TreeMap<>();
        BigInteger rest = value.abs();
        for (long p = 2; p < 10_000 && rest.bitLength() > 1; p += p == 2 ? 1 : 2) {
            BigInteger prime = BigInteger.valueOf(p);
            if (rest.bitLength() < 63 && p * p > rest.longValue()) {
                break;
            }
            while (true) {
                BigInteger[] parts = rest.divideAndRemainder(prime);
                if (parts[1].signum() != 0) {
                    break;
                }
                rest = parts[0];
                primes.merge(prime, 1, Integer::sum);
            }
        }
        if (rest.bitLength() > 1) {
            primes.merge(rest, 1, Integer::sum);
        }
        return primes;
    }
}
