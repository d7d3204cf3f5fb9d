package phifleet.equations.solve;

import java.util.ArrayList;
import java.util.List;
import phifleet.equations.identity.Assumption;

/**
 * The values that a symbol may take: what is known of its kind, and what else is said of it, such as {@code 0 < x ≤ π}.
 *
 * @param low no value is below it; −∞ where nothing is said
 * @param lowIncluded whether it is a value itself
 * @param high no value is above it
 * @param highIncluded whether it is a value itself
 * @param excluded single values that are not among them
 */
public record Allowed(
        Assumption kind, double low, boolean lowIncluded, double high, boolean highIncluded, List<Double> excluded) {
    /** A bound is calculated, and so is a root: so near to each other, relatively, they are one. */
    private static final double SAME = 1e-11;

    /** Complex numbers, as nothing is said. */
    public static final Allowed ANY = of(Assumption.COMPLEX);

    public Allowed {
        excluded = List.copyOf(excluded);
    }

    public static Allowed of(Assumption kind) {
        boolean signed = kind.isPositive();
        boolean zero = kind != Assumption.POSITIVE && kind != Assumption.POSITIVE_INTEGER;
        return new Allowed(
                kind,
                signed ? 0 : Double.NEGATIVE_INFINITY,
                signed && zero,
                Double.POSITIVE_INFINITY,
                false,
                List.of());
    }

    public Allowed above(double bound, boolean included) {
        return bound > low || (bound == low && !included)
                ? new Allowed(realKind(), bound, included, high, highIncluded, excluded)
                : this;
    }

    public Allowed below(double bound, boolean included) {
        return bound < high || (bound == high && !included)
                ? new Allowed(realKind(), low, lowIncluded, bound, included, excluded)
                : this;
    }

    public Allowed without(double value) {
        List<Double> more = new ArrayList<>(excluded);
        more.add(value);
        return new Allowed(kind, low, lowIncluded, high, highIncluded, more);
    }

    private Assumption realKind() {
        return kind == Assumption.COMPLEX ? Assumption.REAL : kind;
    }

    /** The real numbers among them. */
    Allowed real() {
        return new Allowed(realKind(), low, lowIncluded, high, highIncluded, excluded);
    }

    boolean isUnbounded() {
        return Double.isInfinite(low) && Double.isInfinite(high) && !kind.isInteger() && excluded.isEmpty();
    }

    /** Whether there is no such value. */
    public boolean isNone() {
        return low > high || (low == high && !(lowIncluded && highIncluded));
    }

    boolean isReal() {
        return kind != Assumption.COMPLEX;
    }

    /** Whether anything is said of it at all. */
    public boolean isAny() {
        return kind == Assumption.COMPLEX && excluded.isEmpty();
    }

    /** Whether a real number is among them, its kind aside. */
    boolean holds(double value) {
        boolean aboveLow = value > low + room(low) || (lowIncluded && value >= low - room(low));
        boolean belowHigh = value < high - room(high) || (highIncluded && value <= high + room(high));
        return aboveLow && belowHigh && excluded.stream().noneMatch(one -> Math.abs(one - value) <= room(one));
    }

    private static double room(double bound) {
        return Double.isInfinite(bound) ? 0 : SAME * (1 + Math.abs(bound));
    }

    /** Where zeros are looked for: both ends, and a little more so that none is cut off. */
    double from() {
        return low - 2 * room(low);
    }

    double to() {
        return high + 2 * room(high);
    }

    /** Such as {@code whole number n between 0 and 5}. */
    String text(String name) {
        String what = kind.isInteger() ? "whole number " : isReal() ? "real number " : "number ";
        String where = Double.isInfinite(low)
                ? Double.isInfinite(high) ? "" : (highIncluded ? " up to " : " below ") + Decimals.text(high)
                : Double.isInfinite(high)
                        ? (lowIncluded ? " from " : " above ") + Decimals.text(low) + (lowIncluded ? " on" : "")
                        : " between " + Decimals.text(low) + " and " + Decimals.text(high);
        return what + name + where;
    }
}
