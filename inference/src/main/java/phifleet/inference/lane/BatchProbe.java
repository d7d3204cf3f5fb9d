package phifleet.inference.lane;

import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Padding;

/**
 * Finds out, by running it, which batches a model likes on its device.
 *
 * <p>Batches of usual inputs are doubled until a unit of work no longer gets cheaper. A CPU is at its best from a few hundred
 * tokens on and then gets worse as the working set leaves its caches; a GPU wants tens of thousands. Two sizes are compared by
 * {@link TurnByTurn}.
 *
 * <p>For one thread, which is the caller's.
 */
public final class BatchProbe<I> {
    /** A larger batch must be this much cheaper a unit to be worth its latency. */
    private static final double WORTH = 0.97;

    /** How many sizes in a row may bring nothing before the search ends. */
    private static final int PATIENCE = 2;

    private final Model<I, ?> model;
    private final Examples<I> examples;
    private final TurnByTurn<I> turns;

    private BatchProbe(Model<I, ?> model, Examples<I> examples, LongSupplier nanoClock) {
        this.model = model;
        this.examples = examples;
        this.turns = new TurnByTurn<>(model, nanoClock);
    }

    /**
     * Runs the probe.
     *
     * @param padding what the model computes for padding
     * @param mostUnits the largest batch tried
     */
    public static <I> KnownBatches run(
            Model<I, ?> model,
            Examples<I> examples,
            Padding padding,
            int mostUnits,
            int mostItems,
            LongSupplier nanoClock)
            throws ModelException {
        return new BatchProbe<>(model, examples, nanoClock).find(padding, mostUnits, mostItems);
    }

    private KnownBatches find(Padding padding, int mostUnits, int mostItems) throws ModelException {
        int usual = examples.usualUnits();
        model.run(usual(1));
        int best = 1;
        int useless = 0;
        for (int items = 2; (long) items * usual <= mostUnits && items <= mostItems && useless < PATIENCE; items *= 2) {
            double perUnit = turns.ratio(usual(best), usual(items)).value() * best / items;
            boolean worth = perUnit < WORTH;
            useless = worth ? 0 : useless + 1;
            best = worth ? items : best;
        }
        TurnByTurn.Ratio toOne = turns.ratio(usual(best), usual(1));
        double fixed = best == 1 ? 0 : fixed(1 / toOne.value(), usual, (double) best * usual);
        double squared = examples.largeUnits() > usual && examples.largeUnits() <= mostUnits ? squared(mostItems) : 0;
        double units = (double) best * usual;
        double work = fixed + units + squared * units * usual;
        return new KnownBatches(
                best * usual, new BatchCost(fixed, squared, padding), toOne.leastNanos() / work, turns.spread());
    }

    /** The same work in usual inputs and in a large one differs in its pairs alone. */
    private double squared(int mostItems) throws ModelException {
        int large = examples.largeUnits();
        int usual = examples.usualUnits();
        int apart = large / usual;
        if (apart > mostItems) {
            return 0;
        }
        double more = turns.ratio(usual(apart), List.of(examples.large())).value() - 1;
        double pairs = (double) large * (large - usual);
        return Math.clamp(more * large / pairs, 0, 1.0 / large);
    }

    /** From a straight line through the smallest and the best batch: what it says a batch of nothing would cost. */
    private static double fixed(double ratio, double smallest, double best) {
        return ratio <= 1 ? smallest : Math.clamp((best - ratio * smallest) / (ratio - 1), 0, smallest);
    }

    private List<I> usual(int items) {
        return Collections.nCopies(items, examples.usual());
    }
}
