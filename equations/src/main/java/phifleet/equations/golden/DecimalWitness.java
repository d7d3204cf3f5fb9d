package phifleet.equations.golden;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * DecimalWitness that may be rounded numbers of φ.
 *
 * <p>The targets are φᵏ for 0 &lt; |k| ≤ 6 and a + bφ for |a|, |b| ≤ 3 with b ≠ 0. A decimal within half a unit of its last digit of a target
 * scores 1, one a whole unit off or more scores 0, with a line between. So that a score means something, it counts only where the targets
 * near the number are so few, and its digits so many, that a random number would score with a probability below 1 %.
 */
final class DecimalWitness {
    private static final int FEWEST_DIGITS = 4;
    private static final int HIGHEST_POWER = 6;
    private static final int LARGEST_FACTOR = 3;
    /** Probability of a chance hit from which on nothing is scored. */
    private static final double CHANCE = 0.01;
    /** Targets are counted this far to both sides. */
    private static final double NEIGHBOURHOOD = 0.5;

    private static final double PHI = (1 + Math.sqrt(5)) / 2;
    private static final List<Double> TARGETS = targets();

    private DecimalWitness() {}

    /** The score; empty where the number has no decimals, or fewer than four significant digits. */
    static OptionalDouble score(BigDecimal number) {
        if (number.scale() <= 0 || number.precision() < FEWEST_DIGITS || number.signum() == 0) {
            return OptionalDouble.empty();
        }
        double value = number.doubleValue();
        double unit = number.ulp().doubleValue();
        double nearest = Double.POSITIVE_INFINITY;
        int near = 0;
        for (double target : TARGETS) {
            double distance = Math.abs(value - target);
            nearest = Math.min(nearest, distance);
            near += distance <= NEIGHBOURHOOD ? 1 : 0;
        }
        if (near * 2 * unit / (2 * NEIGHBOURHOOD) >= CHANCE) {
            return OptionalDouble.of(0);
        }
        // Doubles are far finer than the last digit but for long decimals, where their own rounding must not count.
        double rounding = 4 * Math.ulp(value);
        double units = Math.max(0, nearest - rounding) / unit;
        return OptionalDouble.of(Math.clamp(2 * (1 - units), 0, 1));
    }

    private static List<Double> targets() {
        List<Double> targets = new ArrayList<>();
        for (int k = 1; k <= HIGHEST_POWER; k++) {
            targets.add(Math.pow(PHI, k));
            targets.add(Math.pow(PHI, -k));
        }
        for (int a = -LARGEST_FACTOR; a <= LARGEST_FACTOR; a++) {
            for (int b = -LARGEST_FACTOR; b <= LARGEST_FACTOR; b++) {
                double target = a + b * PHI;
                if (b != 0 && targets.stream().noneMatch(known -> Math.abs(known - target) < 1e-9)) {
                    targets.add(target);
                }
            }
        }
        return List.copyOf(targets);
    }
}
