package phifleet.gateway.history;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in the fleet.
 *
 * @param number greater than those of all events before, at this gateway
 * @param worker whom it happened to; null where to none
 * @param model which model; null where none
 * @param text one line for a person
 * @param by the name of the key by which a person did it; null where nobody did
 */
public record FleetEvent(
        long number,
        Instant at,
        Kind kind,
        @Nullable String worker,
        @Nullable String model,
        String text,
        @Nullable String by) {

    /** What happened. */
    public enum Kind {
        JOINED,
        READY,
        DRAINING,
        PASSED_OVER,
        LEFT,
        DIED,
        RETRIED,
        MODEL_LOADED,
        MODEL_UNLOADED,
        MODEL_SWAPPED,
        ACTION;

        /** As answers name it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
