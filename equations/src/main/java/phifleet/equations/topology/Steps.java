package phifleet.equations.topology;

/** Counts work and ends it at a limit, so that the same input always gets the same answer whatever the machine does. */
final class Steps {
    /** Ends a computation that grew past its limit; carries no stack, for it is an outcome and not a fault. */
    static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1;

        Exhausted() {
            super("too large", null, false, false);
        }
    }

    private long left;

    Steps(long limit) {
        left = limit;
    }

    void take(long count) {
        left -= count;
        if (left < 0) {
            throw new Exhausted();
        }
    }
}
