package phifleet.equations.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random points. The same seed gives the same points. */
final class RandomPoints {
    /** Values are multiples of 1/64: exact in binary, and at most six decimals to write. */
    private static final double GRID = 64;

    private final List<Assumption> assumptions;
    private final SplittableRandom random;

    /** Where symbols are taken from, each further restricted by its own assumption. */
    enum Region {
        COMPLEX,
        REAL,
        POSITIVE,
        /** Between 0 and 1/4. */
        SMALL
    }

    RandomPoints(List<Assumption> assumptions, long seed) {
        this.assumptions = List.copyOf(assumptions);
        this.random = new SplittableRandom(seed);
    }

    /** Whether {@code region} takes a symbol from elsewhere than {@code other} does. */
    boolean isSame(Region region, Region other) {
        return assumptions.stream().allMatch(a -> effective(a, region) == effective(a, other));
    }

    /** What {@code region} assumes of each symbol. */
    List<Assumption> effective(Region region) {
        return assumptions.stream().map(declared -> effective(declared, region)).toList();
    }

    private static Assumption effective(Assumption declared, Region region) {
        return switch (region) {
            case COMPLEX -> declared;
            case REAL -> declared == Assumption.COMPLEX ? Assumption.REAL : declared;
            case POSITIVE, SMALL -> declared.isInteger() ? Assumption.POSITIVE_INTEGER : Assumption.POSITIVE;
        };
    }

    SamplePoint next(Region region) {
        List<SamplePoint.Value> values = new ArrayList<>(assumptions.size());
        for (Assumption declared : assumptions) {
            values.add(value(effective(declared, region), region == Region.SMALL));
        }
        return new SamplePoint(values);
    }

    /** A point of small integers, where functions with jumps show them. */
    SamplePoint nextWhole() {
        List<SamplePoint.Value> values = new ArrayList<>(assumptions.size());
        for (Assumption declared : assumptions) {
            values.add(SamplePoint.Value.real(declared.isPositive() ? random.nextInt(1, 5) : random.nextInt(-2, 4)));
        }
        return new SamplePoint(values);
    }

    private SamplePoint.Value value(Assumption assumption, boolean small) {
        return switch (assumption) {
            // Every fourth point lies beyond the strip in which exp, sin and their kin are one-to-one.
            case COMPLEX ->
                random.nextInt(4) == 0
                        ? new SamplePoint.Value(grid(-9, 9), grid(-9, 9))
                        : new SamplePoint.Value(grid(-2.5, 2.5), grid(-2.5, 2.5));
            case REAL -> SamplePoint.Value.real(random.nextInt(5) == 0 ? grid(-12, 12) : grid(-3, 3));
            case POSITIVE, NONNEGATIVE ->
                SamplePoint.Value.real(small ? grid(0, 0.25) : random.nextInt(5) == 0 ? grid(0, 12) : grid(0, 3));
            case INTEGER ->
                SamplePoint.Value.real(random.nextInt(3) == 0 ? random.nextInt(-24, 5) : random.nextInt(0, 31));
            case POSITIVE_INTEGER ->
                SamplePoint.Value.real(random.nextInt(3) == 0 ? random.nextInt(1, 6) : random.nextInt(1, 31));
        };
    }

    /** A multiple of the grid's step strictly between the bounds, and not 0. */
    private double grid(double low, double high) {
        double step = high - low < 1 ? GRID * 64 : GRID;
        int value = 0;
        while (value == 0) {
            value = random.nextInt((int) (low * step) + 1, (int) (high * step));
        }
        return value / step;
    }
}
