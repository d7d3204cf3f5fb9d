package phifleet.inference.model;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import java.io.IOException;
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
