package phifleet.gateway.demand;

import java.util.Locale;

/** Whether a fleet that may sleep does. */
public enum Wakefulness {
    /** It serves, or should. */
    AWAKE,
    /** Somebody asks again, and the first worker has yet to come. */
    WAKING,
    /** Nobody asks, and no worker is wanted. */
    ASLEEP;

    /** As answers have it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
