package phifleet.inference.lane;

/**
 * Where the time of a submission went.
 *
 * @param queueNanos from acceptance to the start of the first batch that held one of its inputs
 * @param inferenceNanos from that start to the end of the last batch
 */
public record Timing(long queueNanos, long inferenceNanos) {}
