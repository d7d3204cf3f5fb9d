package phifleet.equations.enclosure;

import java.util.ArrayList;
import java.util.List;

/**
 * A function of t &gt; 0 near 0 as {@code t^valuation} times a Taylor series, of which some coefficients are kept. Where the valuation is not
 * 0 the first of them is not 0, or nothing is known.
 *
 * @param valuation the power of the first coefficient
 */
record Laurent(int valuation, Jet jet) {
    /** Coefficients kept. */
    static final int ORDER = 10;

    static Laurent constant(Bounds value) {
        return new Laurent(0, Jet.constant(value, ORDER));
    }

    /** t itself. */
    static Laurent variable() {
        return new Laurent(0, Jet.variable(Bounds.ZERO, ORDER));
    }

    boolean isZero() {
        return jet.coefficients().stream().allMatch(Bounds::isZero);
    }

    /** Shifted until the first coefficient is not an exact 0. */
    Laurent stripped() {
        List<Bounds> c = jet.coefficients();
        int zeros = 0;
        while (zeros < c.size() && c.get(zeros).isZero()) {
            zeros++;
        }
        if (zeros == 0 || zeros == c.size()) {
            return this;
        }
        List<Bounds> rest = new ArrayList<>(c.subList(zeros, c.size()));
        return new Laurent(valuation + zeros, new Jet(rest));
    }

    private static Jet cut(Jet jet, int length) {
        return new Jet(jet.coefficients().subList(0, length));
    }

    Laurent plus(Laurent other) {
        if (isZero()) {
            return other;
        }
        if (other.isZero()) {
            return this;
        }
        int low = Math.min(valuation, other.valuation);
        int end = Math.min(valuation + jet.order() + 1, other.valuation + other.jet.order() + 1);
        List<Bounds> c = new ArrayList<>();
        for (int k = low; k < end; k++) {
            c.add(coefficient(k).plus(other.coefficient(k)));
        }
        if (c.isEmpty()) {
            throw new Unbounded("too few terms of a series");
        }
        return new Laurent(low, new Jet(c));
    }

    private Bounds coefficient(int power) {
        int k = power - valuation;
        return k < 0 ? Bounds.ZERO : jet.at(k);
    }

    Laurent negate() {
        return new Laurent(valuation, jet.negate());
    }

    Laurent times(Laurent other) {
        if (isZero() || other.isZero()) {
            return constant(Bounds.ZERO);
        }
        int length = Math.min(jet.order(), other.jet.order()) + 1;
        return new Laurent(valuation + other.valuation, cut(jet, length).times(cut(other.jet, length)));
    }

    Laurent dividedBy(Laurent other) {
        Laurent below = other.stripped();
        if (below.isZero() || below.jet.value().mayBeZero()) {
            throw new Unbounded("a division by what may be 0");
        }
        if (isZero()) {
            return this;
        }
        int length = Math.min(jet.order(), below.jet.order()) + 1;
        return new Laurent(valuation - below.valuation, cut(jet, length).dividedBy(cut(below.jet, length)));
    }

    Laurent power(int exponent) {
        Laurent base = stripped();
        return base.isZero() && exponent <= 0
                ? constant(Bounds.ONE.dividedBy(exponent == 0 ? Bounds.ONE : Bounds.ZERO))
                : new Laurent(base.valuation * exponent, base.jet.power(exponent));
    }

    /** The square root, where that is a series in whole powers. */
    Laurent sqrt() {
        Laurent base = stripped();
        if (base.isZero()) {
            return base;
        }
        if (base.valuation % 2 != 0) {
            throw new Unbounded("a root of t");
        }
        return new Laurent(base.valuation / 2, base.jet.sqrt());
    }

    /** The absolute value for small t &gt; 0: the first coefficient tells the sign. */
    Laurent abs() {
        Laurent base = stripped();
        if (base.isZero()) {
            return base;
        }
        if (base.jet.value().mayBeZero()) {
            throw new Unbounded("an unknown sign");
        }
        return base.jet.value().low() > 0 ? base : base.negate();
    }

    /** The series in powers from 0, for functions that are analytic at its value. */
    Jet analytic() {
        Laurent base = stripped();
        if (base.isZero()) {
            return Jet.constant(Bounds.ZERO, ORDER);
        }
        if (base.valuation < 0) {
            throw new Unbounded("a function at infinity");
        }
        List<Bounds> c = new ArrayList<>();
        int end = Math.min(ORDER + 1, base.valuation + base.jet.order() + 1);
        for (int k = 0; k < end; k++) {
            c.add(base.coefficient(k));
        }
        return new Jet(c);
    }

    /** Its limit for t → 0 from above; an infinite one has infinite bounds of one sign. */
    double[] limit() {
        Laurent base = stripped();
        if (base.isZero() || base.valuation > 0) {
            return new double[] {0, 0};
        }
        Bounds first = base.jet.value();
        if (base.valuation == 0) {
            return new double[] {first.low(), first.high()};
        }
        if (first.mayBeZero()) {
            throw new Unbounded("an unknown sign");
        }
        double infinite = first.low() > 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        return new double[] {infinite, infinite};
    }
}
