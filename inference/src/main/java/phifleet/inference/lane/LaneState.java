package phifleet.inference.lane;

/**
 * A lane at one moment.
 *
 * @param queuedItems inputs that wait
 * @param queuedUnits the work they are, in units of work (tokens for texts)
 * @param runningItems inputs on the device
 * @param runningUnits the work they are
 * @param limitUnits the most that may wait or run
 * @param batchUnits the most that one batch may hold, padding included
 */
public record LaneState(
        int queuedItems, long queuedUnits, int runningItems, long runningUnits, long limitUnits, int batchUnits) {}
