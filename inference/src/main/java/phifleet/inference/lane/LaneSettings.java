package phifleet.inference.lane;

/**
 * How much a lane takes and how it runs.
 *
 * @param limitUnits the most work that may wait or run; over it submissions are refused
 * @param batch what one batch may be
 * @param window how many waiting inputs the batch policy may choose from
 * @param loops threads that run batches at once: one a core on a CPU, one a GPU
 */
public record LaneSettings(long limitUnits, BatchLimits batch, int window, int loops) {}
