package phifleet.inference.hub.remote;

import java.io.Serial;

/** Why a model could not be had by its name; the message is for the user, in one or two sentences. */
public final class HubException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The kinds of reasons, each with the exit code of a program that ends of it. */
    public enum Reason {
        /** A name or an address is none. */
        INVALID(2),
        /** No such model, or a private one for which the token is not enough: the Hub does not tell them apart. */
        MISSING(10),
        /** The model is there, the revision is not. */
        NO_REVISION(11),
        /** Its owner wants terms to be accepted first. */
        GATED(12),
        /** It has another name today. */
        RENAMED(13),
        /** Too many requests. */
        RATE_LIMITED(14),
        /** Nobody was reached, or an answer broke off again and again. */
        NO_NETWORK(15),
        /** It is not in the cache, and the network is not to be used. */
        OFFLINE(16),
        /** No room. */
        DISK_FULL(17),
        /** What came is not what the Hub states. */
        BROKEN(18),
        /** The Hub answered with an error of its own, or with nothing that makes sense. */
        SERVER(19),
        /** It is there, but is no model that could be served. */
        UNSUITABLE(20),
        /** The cache's folder cannot be written or read. */
        CACHE(21);

        private final int exitCode;

        Reason(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }

    private final Reason reason;

    public HubException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public HubException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
