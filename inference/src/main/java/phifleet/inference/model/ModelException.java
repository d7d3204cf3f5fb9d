package phifleet.inference.model;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import java.io.IOException;
import java.io.Serial;

/** A model that could not be loaded or run; the message names the model and the reason. */
public final class ModelException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean ofInputs;

    public ModelException(String message) {
        super(message);
        this.ofInputs = false;
    }

    public ModelException(String message, Throwable cause) {
        this(message, cause, false);
    }

    private ModelException(String message, Throwable cause, boolean ofInputs) {
        super(message, cause);
        this.ofInputs = ofInputs;
    }

    /** The model works, and these inputs are none that it can take. */
    public static ModelException ofInputs(String message, Throwable cause) {
        return new ModelException(message, cause, true);
    }

    /** Whether others may fare better with the same model. */
    public boolean isOfInputs() {
        return ofInputs;
    }

    /**
     * A file of JSON that cannot be read, with the place where it stops to be JSON. The parser's own words are left out: they name its
     * flags.
     */
    public static ModelException ofJson(String file, IOException cause) {
        if (!(cause instanceof JacksonException fault)) {
            return new ModelException(file + " cannot be read: " + cause.getMessage(), cause);
        }
        JsonLocation where = fault.getLocation();
        return new ModelException(
                file + " cannot be read: it is not valid JSON"
                        + (where == null ? "" : ", at line " + where.getLineNr() + ", column " + where.getColumnNr()),
                cause);
    }
}
