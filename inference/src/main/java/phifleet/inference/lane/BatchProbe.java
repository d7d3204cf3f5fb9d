package phifleet.inference.lane;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;

/**
 * Finds out, by running it, which batches a model likes on its device.
 *
 * <p>Batches of inputs of {@value #EXAMPLE_UNITS} units are doubled until one unit of work no longer gets cheaper. A CPU is
 * at its best from a few hundred tokens on and then gets worse as the working set leaves its caches; a GPU wants tens of
 * thousands. Each size is run {@value #RUNS} times and the fastest counts, since whatever disturbs only slows down.
 */
public final class BatchProbe {
    /** Tokens of a usual sentence. */
    private static final int EXAMPLE_UNITS = 32;

    /** Tokens of a long text, for the share of attention. */
    private static final int LONG_UNITS = 256;

    private static final int RUNS = 5;

    /** A larger batch must be this much cheaper a unit to be worth its latency. */
    private static final double WORTH = 0.97;

    /** How many sizes in a row may bring nothing before the search ends. */
    private static final int PATIENCE = 2;

    private BatchProbe() {}

    private record Point(int units, double nanos) {
        double perUnit() {
            return nanos / units;
        }
    }

    /**
     * Runs the probe on the calling thread.
     *
     * @param example makes an input of a number of units
     * @param padded whether the model computes padding
     * @param mostUnits the largest batch tried
     * @return the smallest batch whose work is within 3 % a doubling of the cheapest, and what a batch costs
     */
    public static <I> BatchLimits run(
            Model<I, ?> model,
            IntFunction<I> example,
            boolean padded,
            int mostUnits,
            int mostItems,
            LongSupplier nanoClock)
            throws ModelException {
        List<Point> points = new ArrayList<>();
        I input = example.apply(EXAMPLE_UNITS);
        Point best = null;
        int useless = 0;
        for (int items = 1;
                items * EXAMPLE_UNITS <= mostUnits && items <= mostItems && useless < PATIENCE;
                items *= 2) {
            Point point = new Point(items * EXAMPLE_UNITS, fastest(model, input, items, nanoClock));
            points.add(point);
            boolean worth = best == null || point.perUnit() < WORTH * best.perUnit();
            useless = worth ? 0 : useless + 1;
            best = worth ? point : best;
        }
        if (best == null) {
            return new BatchLimits(mostUnits, mostItems, new BatchCost(0, 0, padded));
        }
        double squared = 0;
        if (LONG_UNITS <= mostUnits && LONG_UNITS / EXAMPLE_UNITS <= mostItems) {
            double apart = fastest(model, input, LONG_UNITS / EXAMPLE_UNITS, nanoClock);
            double together = fastest(model, example.apply(LONG_UNITS), 1, nanoClock);
            squared = squaredUnits(apart, together);
        }
        return new BatchLimits(
                best.units(), mostItems, new BatchCost(fixedUnits(points.getFirst(), best), squared, padded));
    }

    private static <I> double fastest(Model<I, ?> model, I input, int items, LongSupplier nanoClock)
            throws ModelException {
        List<I> batch = Collections.nCopies(items, input);
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < RUNS; i++) {
            long start = nanoClock.getAsLong();
            model.run(batch);
            fastest = Math.min(fastest, nanoClock.getAsLong() - start);
        }
        return fastest;
    }

    /** The same tokens in short inputs and in one long one differ in their pairs alone. */
    private static double squaredUnits(double apart, double together) {
        double perUnit = apart / LONG_UNITS;
        double pairs = (double) LONG_UNITS * (LONG_UNITS - EXAMPLE_UNITS);
        return Math.clamp((together - apart) / perUnit / pairs, 0, 1.0 / LONG_UNITS);
    }

    /** From a straight line through the smallest and the best batch: what it says a batch of nothing would cost. */
    private static double fixedUnits(Point smallest, Point best) {
        if (best.units() == smallest.units() || best.nanos() <= smallest.nanos()) {
            return 0;
        }
        double slope = (best.nanos() - smallest.nanos()) / (best.units() - smallest.units());
        return Math.clamp(smallest.nanos() / slope - smallest.units(), 0, smallest.units());
    }
}
