package phifleet.equations.solve;

import java.math.BigInteger;
import java.util.Optional;
import phifleet.equations.exact.Rational;
import phifleet.equations.exact.Sqrt5;

/** A root of a polynomial with rational coefficients. */
public sealed interface Root {

    /** Its real part, to double precision. */
    double re();

    /** Its imaginary part, 0 for a real root. */
    double im();

    /** ASCII: {@code 3/2}, {@code 1/2+sqrt(5)/2}, or decimals. */
    String text();

    default boolean isReal() {
        return im() == 0;
    }

    record Exact(Rational value) implements Root {
        @Override
        public double re() {
            return value.doubleValue();
        }

        @Override
        public double im() {
            return 0;
        }

        @Override
        public String text() {
            return value.toString();
        }
    }

    /**
     * {@code center ± √radicand}.
     *
     * @param radicand no square of a rational number; negative for a complex root
     */
    record Quadratic(Rational center, Rational radicand, boolean plus) implements Root {
        @Override
        public double re() {
            double root = radicand.signum() > 0 ? Math.sqrt(radicand.doubleValue()) : 0;
            return center.doubleValue() + (plus ? root : -root);
        }

        @Override
        public double im() {
            double root = radicand.signum() < 0 ? Math.sqrt(-radicand.doubleValue()) : 0;
            return plus ? root : -root;
        }

        /** The root as a + b√5, where it lies in Q(√5). */
        public Optional<Sqrt5> asSqrt5() {
            return radicand.dividedBy(Rational.of(5)).sqrt().map(b -> new Sqrt5(center, plus ? b : b.negate()));
        }

        @Override
        public String text() {
            // √(n/d) = √(n d)/d, and squares go in front.
            BigInteger d = radicand.denominator();
            BigInteger rest = radicand.numerator().abs().multiply(d);
            BigInteger front = BigInteger.ONE;
            for (long p = 2; p < 1_000; p++) {
                BigInteger square = BigInteger.valueOf(p * p);
                while (rest.mod(square).signum() == 0) {
                    rest = rest.divide(square);
                    front = front.multiply(BigInteger.valueOf(p));
                }
            }
            Rational factor = Rational.of(front, d);
            String root = rest.equals(BigInteger.ONE) ? "" : "sqrt(" + rest + ")";
            String unit = radicand.signum() < 0 ? (root.isEmpty() ? "i" : "i*" + root) : root;
            String top = factor.numerator().equals(BigInteger.ONE) ? unit : factor.numerator() + "*" + unit;
            String surd = factor.isInteger() ? top : top + "/" + factor.denominator();
            return (center.isZero() ? "" : center.toString()) + (plus ? (center.isZero() ? "" : "+") : "-") + surd;
        }
    }

    /** A root that is known to double precision only. */
    record Numeric(double re, double im) implements Root {
        @Override
        public String text() {
            return im == 0 ? Decimals.text(re) : Decimals.text(re) + (im > 0 ? "+" : "") + Decimals.text(im) + "i";
        }
    }
}
