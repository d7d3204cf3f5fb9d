package phifleet.common;

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

    /** The stamp of a {@link FleetChange}, on a load or an unload that all workers are asked for. */
    public static final String CHANGE = "X-Fleet-Change";

    private FleetHeaders() {}
}
