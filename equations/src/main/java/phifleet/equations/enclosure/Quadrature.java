package phifleet.equations.enclosure;

import phifleet.equations.budget.Budget;

/**
 * A definite integral over a finite interval, between rigorous bounds.
 *
 * <p>On a part of the interval with the middle m and the half width h the integrand is its Taylor polynomial at m plus a remainder
 * {@code c (x − m)^N}, where c lies in the N-th coefficient of the series over the whole part; both are integrated in closed form. A part
 * whose bounds are too wide is halved. Parts that cannot be halved further, as at the root of √x, count with the bounds of their values.
 *
 * <p>Source: W. Tucker, Validated Numerics, 2011, chapter 5. Cost: two series of {@link #ORDER} terms a part.
 */
final class Quadrature {
    /** Of the remainder; even, so that its integral does not vanish by symmetry. */
    private static final int ORDER = 14;
    /** Halvings of the whole interval, at most. */
    private static final int MAX_DEPTH = 44;

    private static final int MAX_PARTS = 1_500;
    /** Width of the bounds that is aimed at, relative to the integral of the absolute value. */
    private static final double AIM = 1e-14;

    /** The integrand. */
    interface Integrand {
        /** Its series for x over {@code x}, with the terms up to {@code order}. */
        Jet at(Bounds x, int order);
    }

    private final Integrand integrand;
    private final Budget budget;
    private int parts;

    Quadrature(Integrand integrand, Budget budget) {
        this.integrand = integrand;
        this.budget = budget;
    }

    /** Between ends that may themselves be known between bounds only. */
    Bounds between(Bounds from, Bounds to) {
        double a = from.middle();
        double b = to.middle();
        Bounds whole = a == b ? Bounds.ZERO : a < b ? part(a, b, 0, b - a) : part(b, a, 0, a - b).negate();
        return whole.plus(sliver(from, a)).minus(sliver(to, b));
    }

    /** The integral from anywhere in {@code end} to its middle. */
    private Bounds sliver(Bounds end, double middle) {
        return end.isPoint()
                ? Bounds.ZERO
                : integrand.at(end, 0).value().times(Bounds.point(middle).minus(end));
    }

    private Bounds part(double a, double b, int depth, double whole) {
        budget.spend(ORDER);
        if (++parts > MAX_PARTS) {
            throw new Unbounded("an integrand too wild");
        }
        double middle = a / 2 + b / 2;
        Bounds smooth = null;
        try {
            smooth = smooth(a, b, middle);
            if (smooth.width() <= AIM * Math.max(1e-3, smooth.size()) * Math.max((b - a) / whole, 1e-3)
                    || smooth.width() <= 0x1p-48 * smooth.size()) {
                return smooth;
            }
        } catch (Unbounded e) {
            if (depth >= MAX_DEPTH) {
                return integrand.at(Bounds.of(a, b), 0).value().times(Bounds.point(b).minus(Bounds.point(a)));
            }
        }
        if (depth >= MAX_DEPTH || middle <= a || middle >= b) {
            return smooth == null
                    ? integrand.at(Bounds.of(a, b), 0).value().times(Bounds.point(b).minus(Bounds.point(a)))
                    : smooth;
        }
        return part(a, middle, depth + 1, whole).plus(part(middle, b, depth + 1, whole));
    }

    private Bounds smooth(double a, double b, double middle) {
        Bounds half = Bounds.point(b).minus(Bounds.point(middle)).hull(Bounds.point(middle).minus(Bounds.point(a)));
        Jet rest = integrand.at(Bounds.of(a, b), ORDER);
        Jet series = integrand.at(Bounds.point(middle), ORDER - 1);
        Bounds sum = term(rest.at(ORDER), half, ORDER);
        for (int k = ORDER - 2; k >= 0; k -= 2) {
            sum = sum.plus(term(series.at(k), half, k));
        }
        // The middle is exact but for one rounding; where it is off, odd terms do not cancel quite.
        return half.isPoint() ? sum : sum.widened(half.width() * integrand.at(Bounds.of(a, b), 0).value().size());
    }

    /** ∫ c x^k over [−h, h]. */
    private static Bounds term(Bounds c, Bounds h, int k) {
        return c.times(h.power(k + 1)).times(Bounds.point(2)).dividedBy(Bounds.point(k + 1));
    }
}
