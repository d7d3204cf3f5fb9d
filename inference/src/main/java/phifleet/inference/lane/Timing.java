package phifleet.inference.lane;

/**
 * Where the time of a submission went.
 *
 * @param queueNanos from acceptance to the start of the first batch that held one of its inputs
 * @param inferenceNanos from that start to the end of the last batch
 * @param deviceNanos its part of the batches that held it, by its work, in time of the whole device: half of it where one of
 *     two loops ran them
 */
public record Timing(long queueNanos, long inferenceNanos, long deviceNanos) {

    /** Of what took no device's time. */
    public Timing(long queueNanos, long inferenceNanos) {
        this(queueNanos, inferenceNanos, 0);
    }

    /** Of two that ran side by side as one. */
    public Timing beside(Timing other) {
        return new Timing(
                Math.max(queueNanos, other.queueNanos),
                Math.max(inferenceNanos, other.inferenceNanos),
                deviceNanos + other.deviceNanos);
    }
}
