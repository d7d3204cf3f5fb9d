package phifleet.benchmark.simulator;

/**
 * What a batch takes of a device.
 *
 * @param batchSeconds however many are in it
 * @param requestSeconds more for each
 * @param mostInBatch requests
 */
public record CostCurve(double batchSeconds, double requestSeconds, int mostInBatch) {
    /** Of so many requests. */
    double seconds(int requests) {
        return batchSeconds + requests * requestSeconds;
    }

    /** What a request takes of a device that has whole batches, which is how a lane prices it. */
    double price() {
        return seconds(mostInBatch) / mostInBatch;
    }

    /** Requests a second of a device that always has a whole batch. */
    double most() {
        return 1 / price();
    }
}
