package phifleet.inference.lane;

import phifleet.inference.model.WorkUnit;

/**
 * A lane at one moment.
 *
 * @param unit what work is counted in
 * @param queuedItems inputs that wait
 * @param queuedUnits the work they are
 * @param runningItems inputs on the device
 * @param runningUnits the work they are
 * @param limitUnits the most that may wait or run
 * @param batchUnits the most that one batch may hold, padding included
 * @param usedNanos time of the whole device that all it has run is worth at the pace of whole batches
 * @param loadNanos time of the whole device that what waits and runs will take, as the pace has it
 */
public record LaneState(
        WorkUnit unit,
        int queuedItems,
        long queuedUnits,
        int runningItems,
        long runningUnits,
        long limitUnits,
        int batchUnits,
        long usedNanos,
        long loadNanos) {

    /** Of a lane that has run nothing, and of whose pace nothing is known. */
    public LaneState(
            WorkUnit unit,
            int queuedItems,
            long queuedUnits,
            int runningItems,
            long runningUnits,
            long limitUnits,
            int batchUnits) {
        this(unit, queuedItems, queuedUnits, runningItems, runningUnits, limitUnits, batchUnits, 0, 0);
    }
}
