package phifleet.common;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The headers of the fleet's own, spelled once. HTTP header names ignore case. */
public final class FleetHeaders {
    /** Names a request through every hop: taken from the request, else made. */
    public static final String REQUEST_ID = "X-Request-Id";

    /** The worker that answered. */
    public static final String WORKER_ID = "X-Worker-Id";

    /** A deadline in milliseconds from the arrival of the request. */
    public static final String REQUEST_TIMEOUT_MS = "X-Request-Timeout-Ms";

    /** {@code interactive} (the default) or {@code batch}. */
    public static final String PRIORITY = "X-Priority";

    /**
     * Set by a proxy that would send the request elsewhere: where a gateway has no worker for it, it hangs up without an answer,
     * as a proxy takes an answer for final.
     */
    public static final String FALLBACK = "X-Phi-Fallback";

    /**
     * On a worker's answer: the time of its whole device that the request takes in whole batches, in milliseconds with a fraction. A
     * device that is never idle gives a second of it a second.
     */
    public static final String DEVICE_MS = "X-Device-Ms";

    /** The stamp of a {@link FleetChange}, on a load or an unload that all workers are asked for. */
    public static final String CHANGE = "X-Fleet-Change";

    /** On a gateway's question for {@code /info}: {@link CopyWishes}. Of the fleet's own: a gateway passes on no client's. */
    public static final String COPIES = "X-Fleet-Copies";

    /**
     * On a scaler's question for {@code /fleet/demand}: how many replicas the workers' service has to have. A gateway forgets it when it is
     * said no more, so that nobody has to take it back.
     */
    public static final String REPLICAS = "X-Fleet-Replicas";

    private static final double LONGEST_DEVICE_MS = 86_400_000;

    private FleetHeaders() {}

    /** A time as {@link #DEVICE_MS} has it. */
    public static String deviceMillis(long nanos) {
        return Double.toString(TimeUnit.NANOSECONDS.toMicros(Math.max(0, nanos)) / 1e3);
    }

    /** What {@link #DEVICE_MS} says, in nanoseconds; -1 where it says nothing that could be a time. */
    public static long deviceNanos(@Nullable String millis) {
        if (millis == null) {
            return -1;
        }
        try {
            double value = Double.parseDouble(millis);
            return value >= 0 && value <= LONGEST_DEVICE_MS ? (long) (value * 1e6) : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
