package phifleet.worker.http;

import java.io.Serial;

/** The server could not listen; the message names address and reason. */
public final class ListenException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    ListenException(String message, Throwable cause) {
        super(message, cause);
    }
}
