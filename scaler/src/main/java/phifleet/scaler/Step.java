package phifleet.scaler;

/** What one look comes to. */
sealed interface Step {
    /** In words, for the log. */
    String reason();

    /** The replicas are left as they are. */
    record Leave(String reason) implements Step {}

    /** The replicas are set. */
    record Set(int replicas, String reason) implements Step {}
}
