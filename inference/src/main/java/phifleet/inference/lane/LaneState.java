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
 */
public record LaneState(
        WorkUnit unit,
        int queuedItems,
        long queuedUnits,
        int runningItems,
        long runningUnits,
        long limitUnits,
        int batchUnits) {}
