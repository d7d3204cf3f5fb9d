package phifleet.gateway.demand;

/**
 * What a worker last said of its device.
 *
 * @param worker whose word it is, in this incarnation
 * @param deviceSeconds that all its work since its start is worth, for whomever
 * @param loadSeconds that what it has in hand will take
 * @param atNanos when it said so
 */
public record WorkerWord(Object worker, double deviceSeconds, double loadSeconds, long atNanos) {}
