package phifleet.inference.lane;

/**
 * Where the time of a submission went.
 *
 * @param queueNanos from acceptance to the start of the first batch that held one of its inputs
 * @param inferenceNanos from that start to the end of the last batch
 * @param deviceNanos time of the whole device that its work is worth at the pace of whole batches, which is what it takes of a busy
 *     device: alone on an idle one it took more, of what nobody else wanted
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
