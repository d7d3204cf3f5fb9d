package phifleet.worker.index;

import java.io.Serial;

/** An index cannot do what it was asked for. Its message is for people. */
public final class IndexException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    /** Whether it has too much to do, and not less than it should. */
    private final boolean busy;

    public IndexException(String message) {
        this(message, false);
    }

    private IndexException(String message, boolean busy) {
        super(message);
        this.busy = busy;
    }

    /** It has too much to do now, and what was asked for may be asked again a little later. */
    public static IndexException busy(String message) {
        return new IndexException(message, true);
    }

    public boolean isBusy() {
        return busy;
    }

    public IndexException(String message, Throwable cause) {
        super(message, cause);
        this.busy = false;
    }
}
