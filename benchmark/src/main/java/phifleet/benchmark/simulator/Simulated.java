package phifleet.benchmark.simulator;

/**
 * What a fleet did.
 *
 * @param size who chose it
 * @param served requests whose batch began
 * @param p50 milliseconds in the queue
 * @param p99 milliseconds in the queue
 * @param lost requests for which no worker came in time
 * @param refused requests that all workers refused
 * @param changes of the fleet's size
 * @param workerHours that were paid for, starts included
 */
public record Simulated(
        String trace,
        String size,
        long served,
        double p50,
        double p99,
        long lost,
        long refused,
        int changes,
        double workerHours) {}
