package phifleet.equations.identity;

/** Thrown where an expression has no value that can be told at a point: a pole, a branch cut within rounding, an overflow. No stack trace. */
final class Undefined extends RuntimeException {
    private static final long serialVersionUID = 1;

    Undefined(String what) {
        super(what, null, false, false);
    }
}
