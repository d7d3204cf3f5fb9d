package phifleet.inference.lane;

import phifleet.inference.model.Padding;

/**
 * What a batch costs, in units: the time that one token of a usual text takes.
 *
 * <p>A transformer's linear layers cost a unit a row. Its attention compares each token with each other of its text, which adds
 * {@code length²} of a small share, or {@code longest²} where padding takes part; for short texts that is nothing, for long ones it is
 * what makes them dear company.
 *
 * @param fixed of starting a batch: to read the weights once, above all
 * @param squared of one pair of tokens
 * @param padding what is computed for padding
 */
public record BatchCost(double fixed, double squared, Padding padding) {
    /** Where nothing is known: a row is a row. */
    public static final BatchCost OF_ROWS = new BatchCost(0, 0, Padding.EVERYWHERE);

    /** The work of one input, without what it costs to start a batch. */
    double work(int units) {
        return units + squared * units * units;
    }

    /**
     * The same of several of which some are padded.
     *
     * @param items how many inputs
     * @param units the sum of their sizes
     * @param longest the largest size
     */
    double work(int items, long units, long longest) {
        return rows(items, units, longest) + squared * items * longest * longest;
    }

    /** Rows that are computed. */
    long rows(int items, long units, long longest) {
        return padding == Padding.EVERYWHERE ? items * longest : units;
    }
}
