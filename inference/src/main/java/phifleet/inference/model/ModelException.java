package phifleet.inference.model;

import java.io.Serial;

/** A model that could not be loaded or run; the message names the model and the reason. */
public final class ModelException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    public ModelException(String message) {
        super(message);
    }

    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
