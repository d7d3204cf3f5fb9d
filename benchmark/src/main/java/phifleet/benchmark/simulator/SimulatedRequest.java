package phifleet.benchmark.simulator;

import java.util.function.LongConsumer;

/**
 * One request in hand of a worker.
 *
 * @param began hears that its batch begins
 * @param answered hears how many nanoseconds of the device it is said to have taken
 */
record SimulatedRequest(Runnable began, LongConsumer answered) {}
