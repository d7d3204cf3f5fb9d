package phifleet.inference.model;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import java.io.IOException;
import java.io.Serial;
import java.util.Locale;

/** A model that could not be loaded or run; the message names the model and the reason. */
public final class ModelException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Fault fault;

    /** Whose fault it is, as far as that is known. */
    private enum Fault {
        MODEL,
        INPUTS,
        UNCLEAR
    }

    public ModelException(String message) {
        super(message);
        this.fault = Fault.MODEL;
    }

    public ModelException(String message, Throwable cause) {
        this(message, cause, Fault.MODEL);
    }

    private ModelException(String message, Throwable cause, Fault fault) {
        super(message, cause);
        this.fault = fault;
    }

    /** The model works, and these inputs are none that it can take. */
    public static ModelException ofInputs(String message, Throwable cause) {
        return new ModelException(message, cause, Fault.INPUTS);
    }

    /** The engine gave up, and tells by nothing whether for the inputs' shapes or because the device no longer works. */
    public static ModelException unclear(String message, Throwable cause) {
        return new ModelException(message, cause, Fault.UNCLEAR);
    }

    /** Whether others may fare better with the same model. */
    public boolean isOfInputs() {
        return fault == Fault.INPUTS;
    }

    /** Whether it may be the inputs' fault or the device's. */
    public boolean isUnclear() {
        return fault == Fault.UNCLEAR && !isOfMemory();
    }

    /** Whether the engine says that memory has ended: ONNX Runtime's arena, C++, CUDA, cuBLAS, PyTorch. */
    public boolean isOfMemory() {
        String lower = String.valueOf(getMessage()).toLowerCase(Locale.ROOT);
        return lower.contains("out of memory")
                || lower.contains("failed to allocate memory")
                || lower.contains("bad_alloc")
                || lower.contains("can't allocate memory")
                || lower.contains("alloc_failed")
                || lower.contains("available memory of");
    }

    /** Whether the engine names the device or its libraries, which it does of a GPU that no longer works. */
    public boolean isOfDevice() {
        String lower = String.valueOf(getMessage()).toLowerCase(Locale.ROOT);
        return lower.contains("cuda")
                || lower.contains("cudnn")
                || lower.contains("cublas")
                || lower.contains("cufft")
                || lower.contains("device-side");
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
