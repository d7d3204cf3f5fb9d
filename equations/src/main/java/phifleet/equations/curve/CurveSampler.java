package phifleet.equations.curve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import phifleet.equations.identity.RealFunction;

/**
 * Takes samples of two functions such that lines through them look as the functions do. Evenly spaced samples alone draw a line through
 * every pole and jump, and end a root well before it touches its axis. So between two neighbours that lie far apart the step is halved
 * towards where it is steep: of a steep but continuous function the difference dwindles on the way, of a jump or a pole it stays or
 * grows, and there a place without a value parts the line. Towards the edge of where a side is defined it is halved likewise, so that
 * the line is drawn up to that edge.
 */
final class CurveSampler {
    /** The part of the usual range of values by which neighbours may differ without a closer look. */
    private static final double FAR = 1.0 / 16;

    /** The part of a value below which a difference says nothing. */
    private static final double ROUNDING = 1e-9;

    /** By so many halvings a step of the picture comes near to rounding. */
    private static final int HALVINGS = 40;

    /** Of a continuous function one half of a step has at most so much of its difference, once the step is short. */
    private static final double DWINDLES = 0.8;

    /** Closer looks at one side, at most: what swings hundreds of times within a step is not drawn truly anyway. */
    private static final int MAX_LOOKS = 20_000;

    private final List<RealFunction> sides;

    /** Values by place, both sides in one array. */
    private final NavigableMap<Double, double[]> values = new TreeMap<>();

    private int looksLeft;

    CurveSampler(RealFunction left, RealFunction right) {
        this.sides = List.of(left, right);
    }

    /** Samples at these places, and where it is needed between them. */
    List<Curve.Sample> sample(double[] places, boolean betweenToo) {
        for (double place : places) {
            valuesAt(place);
        }
        if (betweenToo) {
            Double[] grid = values.keySet().toArray(Double[]::new);
            for (int side = 0; side < sides.size(); side++) {
                lookBetween(side, grid);
            }
        }
        List<Curve.Sample> samples = new ArrayList<>(values.size());
        values.forEach((x, both) -> samples.add(new Curve.Sample(x, both[0], both[1])));
        return samples;
    }

    private void lookBetween(int side, Double[] grid) {
        double far = far(side);
        looksLeft = MAX_LOOKS;
        for (int i = 0; i + 1 < grid.length; i++) {
            double low = grid[i];
            double high = grid[i + 1];
            double atLow = at(side, low);
            double atHigh = at(side, high);
            if (Double.isNaN(atLow) != Double.isNaN(atHigh)) {
                edge(side, low, high);
                continue;
            }
            double middle = evaluated(side, low / 2 + high / 2);
            double size = apart(atLow, middle, atHigh);
            if (size > far && !Double.isNaN(atLow)) {
                look(side, new Step(low, high, size, 0), far);
            }
        }
    }

    /**
     * A part of the picture that is looked at more closely.
     *
     * @param size how far apart the values were where the look began
     * @param depth how often it was halved
     */
    private record Step(double low, double high, double size, int depth) {
        Step first(double middle) {
            return new Step(low, middle, size, depth + 1);
        }

        Step second(double middle) {
            return new Step(middle, high, size, depth + 1);
        }
    }

    private void look(int side, Step step, double far) {
        double middle = step.low / 2 + step.high / 2;
        double atLow = evaluated(side, step.low);
        double atHigh = evaluated(side, step.high);
        if (step.depth == HALVINGS || middle <= step.low || middle >= step.high) {
            if (Math.abs(atHigh - atLow) > step.size / 2) {
                gap(side, step.low, step.high);
            }
            return;
        }
        double value = evaluated(side, middle);
        if (Double.isNaN(value)) {
            valuesAt(middle);
            edge(side, step.low, middle);
            edge(side, middle, step.high);
            return;
        }
        double whole = Math.abs(atHigh - atLow);
        double first = apart(atLow, evaluated(side, step.low / 2 + middle / 2), value);
        double second = apart(value, evaluated(side, middle / 2 + step.high / 2), atHigh);
        double most = Math.max(first, second) > whole ? far : whole * DWINDLES;
        if (first > most && looksLeft-- > 0) {
            look(side, step.first(middle), far);
        }
        if (second > most && looksLeft-- > 0) {
            look(side, step.second(middle), far);
        }
    }

    /** How far two values are apart, or the one in their middle from where a line between them would be: a pole may have equal flanks. */
    private static double apart(double atLow, double atMiddle, double atHigh) {
        double apart = Math.abs(atHigh - atLow);
        // Beyond all numbers where the middle has no value, so that it is looked at.
        return Double.isNaN(atMiddle)
                ? Double.MAX_VALUE
                : Math.max(apart, Math.abs(atMiddle - (atLow / 2 + atHigh / 2)));
    }

    /** Puts a place without a value between two, and both beside it; where no number is between them, it is the first of the two. */
    private void gap(int side, double low, double high) {
        valuesAt(low);
        valuesAt(high);
        valuesAt(low / 2 + high / 2)[side] = Double.NaN;
    }

    /** Adds the last place, of those between two, at which the function has a value; it has one at just one of the two. */
    private void edge(int side, double from, double to) {
        double known = Double.isNaN(at(side, from)) ? to : from;
        double unknown = known == from ? to : from;
        if (Double.isNaN(at(side, known))) {
            return;
        }
        for (int i = 0; i < HALVINGS; i++) {
            double middle = known / 2 + unknown / 2;
            if (middle == known || middle == unknown) {
                break;
            }
            if (Double.isNaN(evaluated(side, middle))) {
                unknown = middle;
            } else {
                known = middle;
            }
        }
        valuesAt(known);
        valuesAt(unknown);
    }

    /**
     * By how much neighbours differ to be looked at: a part of what nine of ten values lie within, so that a pole does not decide it, and
     * more than what rounding makes of a constant; 0 without values.
     */
    private double far(int side) {
        double[] known = values.values().stream()
                .mapToDouble(both -> both[side])
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        if (known.length == 0) {
            return 0;
        }
        double least = known[known.length / 20];
        double most = known[known.length - 1 - known.length / 20];
        return Math.max((most - least) * FAR, Math.max(Math.abs(least), Math.abs(most)) * ROUNDING);
    }

    private double at(int side, double place) {
        return valuesAt(place)[side];
    }

    private double[] valuesAt(double place) {
        // One key for both zeros.
        return values.computeIfAbsent(place + 0.0, x -> {
            double[] both = new double[sides.size()];
            Arrays.setAll(both, side -> evaluated(side, x));
            return both;
        });
    }

    private double evaluated(int side, double place) {
        return sides.get(side).at(place);
    }
}
