package phifleet.inference.lane;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;

/**
 * Holds the times of two batches against each other. On a machine that does other things too a time says little, so none is ever held
 * against one of another moment: the two run turn by turn, and the median of their {@value #TURNS} ratios counts. How far those lie
 * apart tells how much the machine was disturbed. For one thread.
 */
public final class TurnByTurn<I> {
    private static final int TURNS = 5;

    private final Model<I, ?> model;
    private final LongSupplier nanoClock;
    private double spreads;
    private int comparisons;

    /**
     * What the second took, for each time that the first took.
     *
     * @param leastNanos the least time of the first
     */
    public record Ratio(double value, double leastNanos) {}

    public TurnByTurn(Model<I, ?> model, LongSupplier nanoClock) {
        this.model = model;
        this.nanoClock = nanoClock;
    }

    public Ratio ratio(List<I> first, List<I> second) throws ModelException {
        double[] ratios = new double[TURNS];
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < TURNS; i++) {
            double one = time(first);
            double other = time(second);
            least = Math.min(least, one);
            ratios[i] = other / one;
        }
        double median = median(ratios);
        double[] apart =
                Arrays.stream(ratios).map(ratio -> Math.abs(ratio / median - 1)).toArray();
        spreads += median(apart);
        comparisons++;
        return new Ratio(median, least);
    }

    /** How far ratios of the same two batches lay apart, over all comparisons so far: 0.05 for 5 % of their size; 0 before the first. */
    public double spread() {
        return comparisons == 0 ? 0 : spreads / comparisons;
    }

    private double time(List<I> batch) throws ModelException {
        long start = nanoClock.getAsLong();
        model.run(batch);
        return Math.max(1, nanoClock.getAsLong() - start);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
