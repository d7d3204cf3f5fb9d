package phifleet.http;

import java.io.Serial;

/** The server could not listen; the message names address and reason. */
public final class ListenException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public ListenException(String address, Throwable cause) {
        super("cannot listen on " + address + ": " + reason(cause), cause);
    }

    /** The transports have no exception types for these, only the system's words. */
    private static String reason(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (message.contains("Address already in use")) {
            return "the port is taken";
        }
        if (message.contains("Permission denied")) {
            return "ports below 1024 need a privilege that this process has not";
        }
        if (message.contains("Cannot assign requested address")) {
            return "the address is none of this machine's";
        }
        return message;
    }
}
