package phifleet.equations.exact;

/** Thrown where exact arithmetic would grow past its bounds, or meets what it has no rule for. Has no stack trace. */
public final class TooComplex extends RuntimeException {
    private static final long serialVersionUID = 1;

    public TooComplex(String what) {
        super(what, null, false, false);
    }
}
