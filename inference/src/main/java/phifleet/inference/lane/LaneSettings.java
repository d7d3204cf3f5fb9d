package phifleet.inference.lane;

import java.time.Duration;

/**
 * How much a lane takes and how it runs.
 *
 * @param limitUnits the most work that may wait or run; over it submissions are refused
 * @param queueLimit how long others' work may delay a submission that somebody waits for; past it submissions are refused
 * @param batch what one batch may be
 * @param window how many waiting inputs the batch policy may choose from
 * @param weight the lane's share of its device against that of other lanes, while both have work
 * @param company how long a free loop waits for a batch to fill; zero to take what there is
 * @param instances the most of the device's loops that run the lane's batches at once, 1 or more
 * @param nanosPerUnit what a unit of work takes on one loop, as probed; 0 where it is not known yet
 */
public record LaneSettings(
        long limitUnits,
        Duration queueLimit,
        BatchLimits batch,
        int window,
        double weight,
        Duration company,
        int instances,
        double nanosPerUnit) {

    /** On as many loops as there are. */
    public LaneSettings(
            long limitUnits,
            Duration queueLimit,
            BatchLimits batch,
            int window,
            double weight,
            Duration company,
            double nanosPerUnit) {
        this(limitUnits, queueLimit, batch, window, weight, company, Integer.MAX_VALUE, nanosPerUnit);
    }
}
