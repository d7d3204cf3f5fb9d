package phifleet.inference.lane;

/**
 * What is known of a model's batches on its device, mostly by a probe.
 *
 * @param units the work of the smallest batch whose work is within 3 % a doubling of the cheapest
 * @param cost what a batch costs
 * @param nanosPerUnit what a unit of that cost took on one loop; 0 where that is not known yet
 * @param spread how far apart measurements of the same thing were: 0.05 means 5 % of their size
 */
public record KnownBatches(int units, BatchCost cost, double nanosPerUnit, double spread) {
    private static final double QUIET = 0.05;

    /** Whether the machine was quiet enough for the figures to hold; otherwise they are to be taken again. */
    public boolean isSure() {
        return spread <= QUIET;
    }
}
