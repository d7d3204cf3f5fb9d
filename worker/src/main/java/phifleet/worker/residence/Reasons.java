package phifleet.worker.residence;

/** Failures in words. */
final class Reasons {
    private Reasons() {}

    static String of(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
