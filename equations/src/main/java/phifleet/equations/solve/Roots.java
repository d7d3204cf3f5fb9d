package phifleet.equations.solve;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import phifleet.equations.budget.Budget;
import phifleet.equations.exact.Rational;
import phifleet.equations.exact.TooComplex;

/**
 * All roots of a polynomial, each once.
 *
 * <p>The Aberth iteration gives them to double precision; a rational root, or a quadratic factor, is then guessed from them and kept only
 * where exact division confirms it. For an integer polynomial with leading coefficient a, a rational root is a multiple of 1/a, and so are
 * the coefficients of a monic quadratic factor (Gauss's lemma).
 */
public final class Roots {
    private static final int ITERATIONS = 200;
    /** Relative to the size of the root. */
    private static final double PRECISE = 1e-15;

    private Roots() {}

    /**
     * In ascending order of their real parts; empty for a constant.
     *
     * @throws TooComplex where no double holds a coefficient or a root
     */
    public static List<Root> of(UnivariatePolynomial polynomial, Budget budget) {
        UnivariatePolynomial rest = polynomial.squareFree().monic();
        List<Root> roots = new ArrayList<>();
        List<Complex> numeric = numeric(rest, budget);
        List<Complex> open = new ArrayList<>();
        Rational scale = Rational.of(commonDenominator(rest));
        for (Complex z : numeric) {
            Optional<Rational> exact = z.isReal() ? nearby(z.re(), scale) : Optional.empty();
            if (exact.isPresent() && rest.at(exact.get()).isZero()) {
                roots.add(new Root.Exact(exact.get()));
                rest = rest.divide(linear(exact.get())).getFirst();
            } else {
                open.add(z);
            }
        }
        while (!open.isEmpty()) {
            Complex z = open.removeFirst();
            Optional<Complex> partner = Optional.empty();
            for (Complex w : open) {
                budget.spend(1);
                Optional<UnivariatePolynomial> factor = quadratic(z, w, scale);
                if (factor.isPresent() && rest.divide(factor.get()).get(1).isZero()) {
                    addQuadratic(factor.get(), roots);
                    rest = rest.divide(factor.get()).getFirst();
                    partner = Optional.of(w);
                    break;
                }
            }
            if (partner.isPresent()) {
                open.remove(partner.get());
            } else {
                roots.add(new Root.Numeric(z.re(), z.im()));
            }
        }
        roots.sort((a, b) -> a.re() != b.re() ? Double.compare(a.re(), b.re()) : Double.compare(a.im(), b.im()));
        return roots;
    }

    private static void addQuadratic(UnivariatePolynomial factor, List<Root> roots) {
        Rational center = factor.coefficients().get(1).times(Rational.HALF).negate();
        Rational radicand = center.times(center).minus(factor.coefficients().get(0));
        roots.add(new Root.Quadratic(center, radicand, false));
        roots.add(new Root.Quadratic(center, radicand, true));
    }

    private static UnivariatePolynomial linear(Rational root) {
        return new UnivariatePolynomial(List.of(root.negate(), Rational.ONE));
    }

    /** The monic quadratic with these two roots, where it can be rational. */
    private static Optional<UnivariatePolynomial> quadratic(Complex z, Complex w, Rational scale) {
        Complex sum = z.plus(w);
        Complex product = z.times(w);
        if (!sum.isNearlyReal() || !product.isNearlyReal()) {
            return Optional.empty();
        }
        Optional<Rational> linear = nearby(-sum.re(), scale);
        Optional<Rational> constant = nearby(product.re(), scale);
        return linear.isPresent() && constant.isPresent()
                ? Optional.of(new UnivariatePolynomial(List.of(constant.get(), linear.get(), Rational.ONE)))
                : Optional.empty();
    }

    /** The multiple of 1/scale that {@code value} may be. */
    private static Optional<Rational> nearby(double value, Rational scale) {
        double multiple = value * scale.doubleValue();
        double rounded = Math.rint(multiple);
        return Math.abs(multiple) < 1e14 && Math.abs(multiple - rounded) < 1e-6 * Math.max(1, Math.abs(multiple) * 1e-6)
                ? Optional.of(Rational.of((long) rounded).dividedBy(scale))
                : Optional.empty();
    }

    private static BigInteger commonDenominator(UnivariatePolynomial monic) {
        BigInteger common = BigInteger.ONE;
        for (Rational coefficient : monic.coefficients()) {
            BigInteger denominator = coefficient.denominator();
            common = common.divide(common.gcd(denominator)).multiply(denominator);
        }
        return common;
    }

    private record Complex(double re, double im) {
        boolean isReal() {
            return im == 0;
        }

        boolean isNearlyReal() {
            return Math.abs(im) < 1e-9 * (1 + Math.abs(re));
        }

        double abs() {
            return Math.hypot(re, im);
        }

        Complex plus(Complex o) {
            return new Complex(re + o.re, im + o.im);
        }

        Complex minus(Complex o) {
            return new Complex(re - o.re, im - o.im);
        }

        Complex times(Complex o) {
            return new Complex(re * o.re - im * o.im, re * o.im + im * o.re);
        }

        Complex over(Complex o) {
            double square = o.re * o.re + o.im * o.im;
            return new Complex((re * o.re + im * o.im) / square, (im * o.re - re * o.im) / square);
        }
    }

    private static List<Complex> numeric(UnivariatePolynomial monic, Budget budget) {
        int degree = monic.degree();
        if (degree < 1) {
            return List.of();
        }
        double[] c =
                monic.coefficients().stream().mapToDouble(Rational::doubleValue).toArray();
        double radius = 0;
        for (int i = 0; i < degree; i++) {
            radius = Math.max(radius, Math.pow(Math.abs(c[i]), 1.0 / (degree - i)));
        }
        if (!Double.isFinite(radius)) {
            throw new TooComplex("a coefficient is larger than numbers of 64 bits");
        }
        // Powers of large roots would overflow: their sizes are made about 1, exactly.
        int scale = radius == 0 ? 0 : Math.getExponent(radius);
        for (int i = 0; i < degree; i++) {
            c[i] = Math.scalb(c[i], scale * (i - degree));
        }
        double about = Math.scalb(radius, -scale);
        Complex[] z = new Complex[degree];
        for (int i = 0; i < degree; i++) {
            double angle = 2 * Math.PI * i / degree + 0.7;
            z[i] = new Complex(about * Math.cos(angle), about * Math.sin(angle));
        }
        double worst = 1;
        for (int round = 0; round < ITERATIONS && worst > PRECISE; round++) {
            worst = 0;
            budget.spend((long) degree * degree);
            for (int i = 0; i < degree; i++) {
                Complex step = step(c, z, i);
                z[i] = z[i].minus(step);
                worst = Math.max(worst, step.abs() / (1e-300 + z[i].abs()));
            }
        }
        List<Complex> roots = new ArrayList<>();
        for (Complex root : z) {
            Complex told = root.isNearlyReal() && isRealRoot(root, z) ? new Complex(root.re(), 0) : root;
            Complex scaled = new Complex(Math.scalb(told.re(), scale), Math.scalb(told.im(), scale));
            if (!Double.isFinite(scaled.abs())) {
                throw new TooComplex("a root is larger than numbers of 64 bits, or was not found");
            }
            roots.add(scaled);
        }
        return roots;
    }

    /** A root so near the real line that its conjugate would be a second root there is real. */
    private static boolean isRealRoot(Complex root, Complex[] all) {
        int near = 0;
        for (Complex other : all) {
            near += root.minus(new Complex(other.re(), -other.im())).abs() < 1e-7 * (1 + root.abs()) ? 1 : 0;
        }
        return near <= 1;
    }

    private static Complex step(double[] c, Complex[] z, int i) {
        Complex value = new Complex(0, 0);
        Complex slope = new Complex(0, 0);
        for (int k = c.length - 1; k >= 0; k--) {
            slope = slope.times(z[i]).plus(value);
            value = value.times(z[i]).plus(new Complex(c[k], 0));
        }
        if (value.abs() == 0) {
            return value;
        }
        Complex newton = value.over(slope.abs() == 0 ? new Complex(1e-300, 0) : slope);
        Complex others = new Complex(0, 0);
        for (int k = 0; k < z.length; k++) {
            if (k != i) {
                Complex gap = z[i].minus(z[k]);
                others = others.plus(new Complex(1, 0).over(gap.abs() == 0 ? new Complex(1e-12, 1e-12) : gap));
            }
        }
        return newton.over(new Complex(1, 0).minus(newton.times(others)));
    }
}
