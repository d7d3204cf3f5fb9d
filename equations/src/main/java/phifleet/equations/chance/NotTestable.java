package phifleet.equations.chance;

/** Thrown where there is no rule for what an equation holds. Has no stack trace. */
final class NotTestable extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotTestable() {
        super("no rule for it with random quantities", null, false, false);
    }
}
