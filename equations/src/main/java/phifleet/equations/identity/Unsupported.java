package phifleet.equations.identity;

/** Thrown where an expression has no numeric meaning here at all, such as an unknown function or a unit. Has no stack trace. */
final class Unsupported extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unsupported(String what) {
        super(what, null, false, false);
    }
}
