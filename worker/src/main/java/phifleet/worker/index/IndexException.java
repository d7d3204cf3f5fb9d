package phifleet.worker.index;

import java.io.Serial;

/** An index cannot do what it was asked for. Its message is for people. */
public final class IndexException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    public IndexException(String message) {
        super(message);
    }

    public IndexException(String message, Throwable cause) {
        super(message, cause);
    }
}
