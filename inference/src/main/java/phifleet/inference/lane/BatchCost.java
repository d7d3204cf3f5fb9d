package phifleet.inference.lane;

/**
 * What a batch costs, in units: the time that one token of a usual text takes.
 *
 * <p>A transformer's linear layers cost a unit a row. Its attention compares each token with each other of its text, padding
 * included, which adds {@code n · longest²} of a small share; for short texts that is nothing, for long ones it is what makes
 * them dear company.
 *
 * @param fixed of starting a batch: to read the weights once, above all
 * @param squared of one pair of tokens
 * @param padded whether the rows of padding are computed like those of tokens
 */
public record BatchCost(double fixed, double squared, boolean padded) {
    /** Where nothing is known: a row is a row. */
    public static final BatchCost OF_ROWS = new BatchCost(0, 0, true);

    /**
     * The work of a batch, without what it costs to start it.
     *
     * @param items how many inputs
     * @param units the sum of their sizes
     * @param longest the largest size
     */
    double work(int items, long units, long longest) {
        return (padded ? items * longest : units) + squared * items * longest * longest;
    }

    /** Rows that are computed. */
    long rows(int items, long units, long longest) {
        return padded ? items * longest : units;
    }
}
