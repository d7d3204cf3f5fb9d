package phifleet.inference.lane;

/**
 * What one batch may be, and what it costs.
 *
 * @param units the most work of one batch; an input that is larger alone still runs alone
 * @param items the most inputs
 * @param cost what a batch costs
 */
public record BatchLimits(int units, int items, BatchCost cost) {
    BatchLimits withUnits(int newUnits) {
        return new BatchLimits(newUnits, items, cost);
    }
}
