package phifleet.equations.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The interval of a single real symbol on which the sides agree, such as −π/2 &lt; x &lt; π/2 for {@code atan(tan x) = x}.
 *
 * <p>The longest run of agreement on a grid is taken, its ends are found by halving, and named where they are simple multiples of π or simple
 * fractions.
 *
 * @param low the lower end; −∞ where the grid ends first
 * @param high the upper end; +∞ where the grid ends first
 */
record Interval(double low, double high) {
    private static final int REACH = 8;
    private static final int STEPS_PER_UNIT = 16;
    /** Grid points in a row that make an interval. */
    private static final int ENOUGH = 4;

    private static final int HALVINGS = 40;

    static Optional<Interval> find(Trial trial) {
        int size = 2 * REACH * STEPS_PER_UNIT;
        List<Boolean> agrees = new ArrayList<>(size + 1);
        for (int i = 0; i <= size; i++) {
            agrees.add(agrees(trial, at(i)));
        }
        int best = -1;
        int bestLength = 0;
        int start = 0;
        for (int i = 0; i <= size + 1; i++) {
            if (i <= size && agrees.get(i)) {
                continue;
            }
            if (i - start > bestLength) {
                best = start;
                bestLength = i - start;
            }
            start = i + 1;
        }
        if (bestLength < ENOUGH) {
            return Optional.empty();
        }
        int last = best + bestLength - 1;
        double low = best == 0 ? Double.NEGATIVE_INFINITY : end(trial, at(best), at(best - 1));
        double high = last == size ? Double.POSITIVE_INFINITY : end(trial, at(last), at(last + 1));
        return Optional.of(new Interval(low, high));
    }

    /** Off the round numbers, where ends and poles tend to lie. */
    private static double at(int i) {
        return (double) i / STEPS_PER_UNIT - REACH + 1.0 / 1024;
    }

    private static boolean agrees(Trial trial, double x) {
        return trial.at(new SamplePoint(List.of(SamplePoint.Value.real(x)))) == Trial.Finding.EQUAL;
    }

    private static double end(Trial trial, double inside, double outside) {
        double in = inside;
        double out = outside;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (in + out) / 2;
            if (agrees(trial, middle)) {
                in = middle;
            } else {
                out = middle;
            }
        }
        return in;
    }

    /** Points strictly inside, spread evenly. */
    List<SamplePoint> points(int count) {
        double from = Double.isInfinite(low) ? Math.min(-REACH, high - REACH) : low;
        double to = Double.isInfinite(high) ? Math.max(REACH, low + REACH) : high;
        List<SamplePoint> points = new ArrayList<>(count);
        for (int i = 1; i <= count; i++) {
            points.add(new SamplePoint(List.of(SamplePoint.Value.real(from + (to - from) * i / (count + 1)))));
        }
        return points;
    }

    /** Whether it has no ends. */
    boolean isWhole() {
        return Double.isInfinite(low) && Double.isInfinite(high);
    }

    /** Such as {@code -pi/2 < x < pi/2}. */
    String text(String symbol) {
        if (isWhole()) {
            return symbol + " real";
        }
        if (Double.isInfinite(low)) {
            return symbol + " < " + name(high);
        }
        return Double.isInfinite(high) ? symbol + " > " + name(low) : name(low) + " < " + symbol + " < " + name(high);
    }

    private static String name(double value) {
        for (int q = 1; q <= 12; q++) {
            double p = Math.rint(value * q);
            if (Math.abs(value * q - p) < 1e-7) {
                return fraction((long) p, q, "");
            }
            double turns = Math.rint(value / Math.PI * q);
            if (Math.abs(value / Math.PI * q - turns) < 1e-7) {
                return fraction((long) turns, q, "pi");
            }
        }
        return String.format(Locale.ROOT, "%.6g", value);
    }

    private static String fraction(long numerator, int denominator, String unit) {
        String number = unit.isEmpty()
                ? Long.toString(numerator)
                : numerator == 1 ? unit : numerator == -1 ? "-" + unit : numerator + "*" + unit;
        return denominator == 1 || numerator == 0 ? (numerator == 0 ? "0" : number) : number + "/" + denominator;
    }
}
