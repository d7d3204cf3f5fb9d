package phifleet.inference.lane;

/** Hears what a lane does; for metrics. Called on the lane's threads: must be quick and must not throw. */
public interface LaneObserver {

    /** An observer that does nothing. */
    LaneObserver NONE = new LaneObserver() {};

    /**
     * A batch ran.
     *
     * @param items inputs
     * @param units their work
     * @param paddedUnits the work with padding
     * @param inferenceNanos time inside the model
     */
    default void ranBatch(int items, long units, long paddedUnits, long inferenceNanos) {}

    /** A submission's first input left the queue after this time. */
    default void waited(long queueNanos) {}

    /** A submission ended without an answer; the reason is one word: {@code expired}, {@code cancelled}, {@code rejected}, {@code failed}. */
    default void dropped(String reason) {}
}
