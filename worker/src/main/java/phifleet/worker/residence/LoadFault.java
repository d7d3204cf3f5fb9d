package phifleet.worker.residence;

import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Locale;
import phifleet.common.Problem;
import phifleet.inference.hub.remote.HubException;
import phifleet.inference.model.ModelException;

/** Why a model cannot be loaded, as far as that decides when to try again and what to tell a client. */
enum LoadFault {
    MISSING(424, Duration.ofSeconds(30), "its files are not there"),
    GATED(424, Duration.ofMinutes(5), "its owner wants terms to be accepted first, or the token is not enough"),
    CORRUPT(424, Duration.ofMinutes(1), "it cannot be read or fails its checks"),
    UNKNOWN_ARCHITECTURE(424, Duration.ofMinutes(5), "its architecture is not known here"),
    /** Another worker may have room, and this one later. */
    NO_MEMORY(503, Duration.ofSeconds(10), "there is no room for it in memory"),
    NETWORK(503, Duration.ofSeconds(15), "where it comes from cannot be reached");

    /** Past so many in a row the pauses grow no more. */
    private static final int MOST_DOUBLINGS = 5;

    private final int status;
    private final Duration pause;
    private final String words;

    LoadFault(int status, Duration pause, String words) {
        this.status = status;
        this.pause = pause;
        this.words = words;
    }

    /** How long nobody tries again: twice as long after each failure in a row. */
    Duration coolDown(int failuresInARow) {
        return pause.multipliedBy(1L << Math.clamp(failuresInARow - 1, 0, MOST_DOUBLINGS));
    }

    /**
     * What a client is told.
     *
     * @param reason in the words of who failed
     */
    Problem problem(String id, String reason, Duration again) {
        return new Problem(
                status,
                "model_" + name().toLowerCase(Locale.ROOT),
                "the model " + id + " cannot be loaded: " + words + ": " + reason,
                null,
                again);
    }

    /** Which kind a failure is. */
    static LoadFault of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case HubException hub -> {
                    return of(hub.reason());
                }
                case ModelException model
                when model.isOfMemory() -> {
                    return NO_MEMORY;
                }
                case OutOfMemoryError memory -> {
                    return NO_MEMORY;
                }
                case NoSuchFileException file -> {
                    return MISSING;
                }
                default -> {
                    if (saysUnknown(String.valueOf(cause.getMessage()))) {
                        return UNKNOWN_ARCHITECTURE;
                    }
                }
            }
        }
        return CORRUPT;
    }

    private static LoadFault of(HubException.Reason reason) {
        return switch (reason) {
            case INVALID, MISSING, NO_REVISION, RENAMED -> MISSING;
            case GATED -> GATED;
            case RATE_LIMITED, NO_NETWORK, OFFLINE, SERVER -> NETWORK;
            case DISK_FULL, BROKEN, CACHE -> CORRUPT;
            case UNSUITABLE -> UNKNOWN_ARCHITECTURE;
        };
    }

    /** As config.json's readers and ONNX Runtime say it. */
    private static boolean saysUnknown(String message) {
        return (message.contains("model_type") && message.contains("is not known"))
                || message.contains("is not a registered function/op")
                || message.contains("No Op registered for");
    }
}
