package phifleet.equations.enclosure;

/** There is no value, or none that can be bounded. Has no stack trace. */
final class Unbounded extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unbounded(String what) {
        super(what, null, false, false);
    }
}
