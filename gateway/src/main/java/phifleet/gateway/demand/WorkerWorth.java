package phifleet.gateway.demand;

import java.util.List;

/**
 * What goes with a worker, in one number by which workers are put in order: where one has to go, let it be the least. Pure.
 *
 * <p>A model that goes with it is loaded elsewhere, and what is asked of it waits for so long: {@code asked × seconds to load}, in seconds of
 * devices; of a model that others hold too it is the part that this worker's copy has. A hundredth of such a second counts as much as one
 * request in flight.
 */
public final class WorkerWorth {
    private static final double HUNDREDTHS = 100;

    private WorkerWorth() {}

    /**
     * A model that is loaded on demand and is there.
     *
     * @param asked of it in the fleet: seconds of devices a second
     * @param loadSeconds that it takes to be loaded anew
     * @param copies workers that hold it, this one among them
     */
    public record Held(double asked, double loadSeconds, long copies) {
        private double lost() {
            return asked * loadSeconds / Math.max(1, copies);
        }
    }

    /**
     * Of a worker.
     *
     * @param inFlight requests that it has of this gateway
     * @return 0 or more
     */
    public static int of(long inFlight, List<Held> models) {
        double lost = models.stream().mapToDouble(Held::lost).sum();
        double worth = Math.max(0, inFlight) + HUNDREDTHS * lost;
        // A cast gives the most that there is where it is more, and 0 where it is no number.
        return Math.max(0, (int) worth);
    }
}
