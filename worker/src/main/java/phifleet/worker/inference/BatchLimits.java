package phifleet.worker.inference;

/**
 * What one batch may be.
 *
 * @param units the most work, padding included; an input that is larger alone still runs alone
 * @param items the most inputs
 * @param fixedUnits what starting a batch costs, in units of work
 */
public record BatchLimits(int units, int items, double fixedUnits) {
    BatchLimits withUnits(int newUnits) {
        return new BatchLimits(newUnits, items, fixedUnits);
    }
}
