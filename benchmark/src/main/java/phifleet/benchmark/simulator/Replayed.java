package phifleet.benchmark.simulator;

/**
 * What became of a list of requests.
 *
 * @param served requests that were answered
 * @param refused requests that all workers refused
 * @param lost requests for which no worker came in time
 * @param p50 milliseconds from a request to its answer
 * @param p99 milliseconds from a request to its answer
 * @param throughput answers a second, from the beginning to the last of them
 */
public record Replayed(long served, long refused, long lost, double p50, double p99, double throughput) {}
